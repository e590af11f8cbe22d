import type { RunCounts, SessionImage } from '../types.ts';
import { damaged } from './container.ts';
import type { ImageHead, ImageRecord } from './image-parts.ts';
import { isCount } from './json.ts';

/** What a store keeps of a session beside its image. */
export interface StoredFacts {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** When it was saved last; ISO 8601, UTC. */
  readonly updated: string;
  /** Milliseconds after `updated` at which it expires, where that is its own affair; `null`: it never does. */
  readonly ttlMs?: number | null;
  /** Since it was made. */
  readonly runs: RunCounts;
  /** Bytes of all files of the workspace. */
  readonly bytes: number;
  /** Files, folders and links of the workspace. */
  readonly files: number;
}

/** What is known of a stored session without reading its files. */
export interface SessionInfo extends ImageHead, StoredFacts {
  /** When it expires if it is not used before; ISO 8601, UTC. Absent if it never does. */
  readonly expires?: string;
  /** Whether it has expired: it can be looked at, but no longer changed, and `prune` removes it. */
  readonly expired: boolean;
  /** Bytes that it takes on disk. */
  readonly storedBytes: number;
}

/** The facts of an image that is about to be stored. */
export function factsOf(
  { files }: SessionImage,
  facts: Pick<StoredFacts, 'id' | 'created' | 'updated' | 'ttlMs' | 'runs'>,
): StoredFacts {
  let bytes = 0;
  let count = 0;
  // What is beside the workspace is the host's: places where something was mounted.
  const inside = new Set([files.entries.findIndex(({ parent, name }) => parent === 0 && name === 'app')]);
  for (const [index, entry] of files.entries.entries()) {
    if (!inside.has(entry.parent)) continue;
    inside.add(index);
    count++;
    if (entry.kind === 'regular-file') bytes += entry.bytes.length;
  }
  return { ...facts, bytes, files: count };
}

/**
 * What a record says of a session.
 *
 * @param clock the time, and how long sessions of the store live that say nothing of it (`Infinity`: for ever).
 * @throws {StoreError} `damaged`.
 */
export function infoOf(
  { stored, ...head }: ImageRecord,
  storedBytes: number,
  clock: { readonly now: number; readonly ttlMs: number },
): SessionInfo {
  if (!isFacts(stored))
    throw damaged('it is an image without a session’s record; session restore makes a session of it');
  const ttlMs = stored.ttlMs === null ? Number.POSITIVE_INFINITY : (stored.ttlMs ?? clock.ttlMs);
  const end = Date.parse(stored.updated) + ttlMs;
  // The last moment that a date can hold.
  const ends = end <= 8.64e15;
  return {
    ...head,
    ...stored,
    ...(ends ? { expires: new Date(end).toISOString() } : {}),
    expired: ends && clock.now >= end,
    storedBytes,
  };
}

function isFacts(value: unknown): value is StoredFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { id, created, updated, ttlMs, runs, bytes, files } = value as Partial<StoredFacts>;
  return (
    typeof id === 'string' &&
    [created, updated].every((text) => typeof text === 'string' && !Number.isNaN(Date.parse(text))) &&
    (ttlMs === undefined || ttlMs === null || isCount(ttlMs)) &&
    typeof runs === 'object' &&
    runs !== null &&
    [runs.completed, runs.failed, bytes, files].every(isCount)
  );
}
