export { type ComponentFiles, requiredExports } from './component.ts';
export { Engine, type EnginePlatform } from './engine.ts';
export { type HeapImage, isHeapImage } from './heap.ts';
export type { EngineJob, JobFile, JobMount } from './job.ts';
export { type RunOutcome, RunStopped, type StopReason, stopReason } from './outcome.ts';
