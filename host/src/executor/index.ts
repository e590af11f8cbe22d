export { environmentLimits } from './environment.ts';
export { Executor } from './executor.ts';
export type { Session } from './session.ts';
