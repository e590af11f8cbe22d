/** golem-exec for Node: runs untrusted JavaScript and Python programs in WebAssembly. */
export { type ErrorDetails, ExecError, type ExecErrorTag, InvalidRequestError } from './errors.ts';
export type { Executor, Session } from './executor/index.ts';
export { defaultLimits, type LimitRow, type Limits, limitTable } from './limits.ts';
export { createExecutor, type ExecutorOptions } from './node/create-executor.ts';
export { createSandbox } from './node/create-sandbox.ts';
export {
  type ExecuteOptions,
  type OutputPiece,
  RuntimeType,
  type Sandbox,
  type SandboxMetadata,
  type SandboxOptions,
  type SandboxPolicy,
  type SandboxResult,
  type TrapReason,
} from './sandbox/index.ts';
export {
  type CreateOptions,
  decodeImage,
  encodeImage,
  type HeldSession,
  type ListedSession,
  openSessionStore,
  type PruneResult,
  type SessionInfo,
  type SessionStore,
  type SessionStoreOptions,
  type StoredSession,
  StoreError,
  type StoreErrorCode,
  type WaitOptions,
} from './store/index.ts';
export type {
  DataValue,
  Encoding,
  EnvironmentInput,
  EvaluatedValue,
  EvaluateRequest,
  EvaluateResult,
  ExecEvent,
  ExecRequest,
  ExecResult,
  FileChanges,
  FileInfo,
  FileInput,
  LanguageKind,
  MountInput,
  Persistence,
  RunCounts,
  RunReport,
  SessionImage,
  SessionOptions,
  SessionRunRequest,
  StageResult,
} from './types.ts';
