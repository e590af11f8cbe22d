export { promises, timers } from '../node/timers.ts';
