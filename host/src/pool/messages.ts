import { isHeapImage, type RunOutcome } from '../engine/index.ts';
import type { ErrorDetails } from '../errors.ts';
import type { LanguageKind } from '../types.ts';
import type { FromWorker } from './protocol.ts';

/**
 * Reads a message of a worker. A program that has broken out of WebAssembly in its thread may send anything: what is none of
 * the protocol's, in the kinds and bounds that it has, is nothing.
 *
 * Messages are structured clones: they have no getters, and no objects of the worker.
 */
export function readMessage(message: unknown): FromWorker | undefined {
  if (!isRecord(message)) return undefined;
  switch (message['kind']) {
    case 'output':
      return { kind: 'output' };
    case 'loaded': {
      const language = languageOf(message['language']);
      return language && { kind: 'loaded', language };
    }
    case 'load-failed': {
      const language = languageOf(message['language']);
      const text = textOf(message['message']);
      return language && text !== undefined ? { kind: 'load-failed', language, message: text } : undefined;
    }
    case 'outcome': {
      const { id } = message;
      const outcome = readOutcome(message['outcome']);
      return isCount(id) && outcome !== undefined ? { kind: 'outcome', id, outcome } : undefined;
    }
    default:
      return undefined;
  }
}

const tags: readonly RunOutcome['tag'][] = [
  'ok',
  'unsupported-language',
  'compilation-failed',
  'runtime-failed',
  'timeout',
  'resource-exceeded',
  'internal',
];
const signals: readonly unknown[] = [undefined, 'SIGABRT', 'SIGSEGV', 'SIGKILL'];
const fileLimits: readonly unknown[] = [undefined, 'files', 'fileSizeBytes', 'workspaceBytes'];

/** Characters of a text at most. What the engine says is far shorter. */
const mostText = 100_000;
const mostDetails = 20;

function readOutcome(value: unknown): RunOutcome | undefined {
  if (!isRecord(value)) return undefined;
  const { compiled, exitCode, signal, timeMs, memoryBytes, fuel, exceededLimit, workspace, heap } = value;
  const tag = tags.find((known) => known === value['tag']);
  const message = value['message'] === undefined ? undefined : textOf(value['message']);
  const details = readDetails(value['details']);
  const { stdoutTruncated, stderrTruncated } = value;
  if (tag === undefined || details === false || (message === undefined) !== (value['message'] === undefined)) {
    return undefined;
  }
  if (typeof compiled !== 'boolean' || typeof stdoutTruncated !== 'boolean' || typeof stderrTruncated !== 'boolean') {
    return undefined;
  }
  if (!isAmount(timeMs) || !isCount(memoryBytes) || !(fuel === undefined || isAmount(fuel))) return undefined;
  if (!(exitCode === undefined || (isCount(exitCode) && exitCode <= 255))) return undefined;
  if (!signals.includes(signal) || !fileLimits.includes(exceededLimit)) return undefined;
  const { savedGlobals, value: answer } = value;
  // Not cut: who reads it bounds it, and half of it would be none.
  if (!(answer === undefined || typeof answer === 'string')) return undefined;
  if (!(savedGlobals === undefined || typeof savedGlobals === 'boolean')) return undefined;
  if (!(workspace === undefined || isTree(workspace)) || !(heap === undefined || isHeapImage(heap))) return undefined;
  return {
    tag,
    ...(message === undefined ? {} : { message }),
    compiled,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(typeof signal === 'string' ? { signal } : {}),
    timeMs,
    memoryBytes,
    ...(fuel === undefined ? {} : { fuel }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(heap === undefined ? {} : { heap }),
    ...(answer === undefined ? {} : { value: answer }),
    ...(savedGlobals === undefined ? {} : { savedGlobals }),
    ...(typeof exceededLimit === 'string' ? { exceededLimit } : {}),
    stdoutTruncated,
    stderrTruncated,
    ...(details === undefined ? {} : { details }),
  };
}

/** The details, nothing where there are none, or false for what is none. */
function readDetails(value: unknown): ErrorDetails | undefined | false {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return false;
  const entries = Object.entries(value);
  const plain = entries.every(
    ([, detail]) => textOf(detail) !== undefined || typeof detail === 'boolean' || typeof detail === 'number',
  );
  return plain && entries.length <= mostDetails && (value as ErrorDetails);
}

/** Whether it looks like a tree: what its entries say is checked where it is made one again. */
function isTree(value: unknown): value is NonNullable<RunOutcome['workspace']> {
  return isRecord(value) && value['version'] === 1 && Array.isArray(value['entries']);
}

function languageOf(value: unknown): LanguageKind | undefined {
  return value === 'javascript' || value === 'python' ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, mostText) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
