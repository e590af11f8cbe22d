export { Pool, type PoolOptions } from './pool.ts';
export type { FromWorker, ToWorker, WorkerListener, WorkerSetup, WorkerThread } from './protocol.ts';
export { clockMs, createSharedControl, flag, type OutputChunk, type SharedControl } from './ring.ts';
export { serveWorker } from './serve.ts';
export type { OutputConsumer } from './worker-handle.ts';
