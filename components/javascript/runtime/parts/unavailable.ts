export { unavailable } from '../node/unavailable-modules.ts';
