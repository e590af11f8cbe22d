import { fail, type Node, type Time } from '../files/index.ts';

/** `new-timestamp` of wasi:filesystem/types. */
export type NewTimestamp =
  | { readonly tag: 'no-change' }
  | { readonly tag: 'now' }
  | { readonly tag: 'timestamp'; readonly val: Time };

/** The latest second a file can have; images keep times as numbers. */
const maxSeconds = BigInt(Number.MAX_SAFE_INTEGER);

function pick(wanted: NewTimestamp, current: Time, now: Time): Time {
  if (wanted.tag === 'no-change') return current;
  if (wanted.tag === 'now') return now;
  const { seconds, nanoseconds } = wanted.val;
  if (nanoseconds >= 1e9) fail('invalid');
  return { seconds: seconds < maxSeconds ? seconds : maxSeconds, nanoseconds };
}

/** wasi:filesystem §set-times. */
export function setNodeTimes(node: Node, accessed: NewTimestamp, modified: NewTimestamp, now: Time): void {
  const nextAccessed = pick(accessed, node.accessed, now);
  node.modified = pick(modified, node.modified, now);
  node.accessed = nextAccessed;
  node.changed = now;
}
