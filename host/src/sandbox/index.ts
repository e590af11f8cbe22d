/** Sandboxes: sessions with a policy and results that say what to do next, the same in both languages (seeds 000, 003). */
export { type Backing, MemoryBacking } from './backing.ts';
export { RuntimeType, type SandboxOptions, sandboxFactory } from './create.ts';
export { type CheckedPolicy, checkPolicy, defaultPolicy, type SandboxPolicy } from './policy.ts';
export type { SandboxMetadata, SandboxResult, TrapReason } from './result.ts';
export { type ExecuteOptions, type OutputPiece, Sandbox } from './sandbox.ts';
export { createStored, policyOf, StoreBacking } from './stored.ts';
