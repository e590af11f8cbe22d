export { environmentLimits } from './environment.ts';
export { Executor } from './executor.ts';
export { checkFields } from './fields.ts';
export type { Session } from './session.ts';
