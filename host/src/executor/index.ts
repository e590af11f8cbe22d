export { environmentLimits } from './environment.ts';
export { Executor } from './executor.ts';
