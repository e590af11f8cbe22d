export { promises, readline } from '../node/readline.ts';
