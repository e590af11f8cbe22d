export { environmentLimits } from './environment.ts';
export { Executor } from './executor.ts';
export { checkEnv, checkFields } from './fields.ts';
export type { Session } from './session.ts';
