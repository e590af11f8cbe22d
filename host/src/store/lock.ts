import { createHash, randomInt, randomUUID } from 'node:crypto';
import { open, readdir, readFile, readlink, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError, systemCode } from './errors.ts';

/** Times of a lock, in milliseconds. */
export interface LockTiming {
  /** How often its holder gives a sign of life. */
  readonly refreshMs: number;
  /** After so long without one, as the times of files say, … */
  readonly staleMs: number;
  /** … and none while we watched for so long, it is nobody's: clocks may differ, and machines wake up late. */
  readonly watchMs: number;
}

const lockTiming: LockTiming = { refreshMs: 2_000, staleMs: 60_000, watchMs: 6_000 };

/**
 * The exclusive right to change a session.
 *
 * Who wants it puts a file of a name never used again into the session's folder, and then looks for those of others:
 * of two, at least the one that looks later sees the other, and withdraws. So nobody ever has to take a file over,
 * and a file whose process is dead can be removed by anybody at any time.
 */
export class SessionLock {
  readonly #path: string;
  readonly #refresh: NodeJS.Timeout;

  private constructor(path: string, timing: LockTiming) {
    this.#path = path;
    this.#refresh = setInterval(() => {
      const now = new Date();
      // Taken for dead: `check` says so when it matters.
      utimes(path, now, now).catch(() => undefined);
    }, timing.refreshMs);
    this.#refresh.unref();
  }

  /**
   * @param folder the session's folder.
   * @param waitMs how long to wait for another holder.
   * @throws {StoreError} `in-use` when it has not ended by then; what the file system throws, `ENOENT` for one when
   * there is no such folder.
   */
  static async acquire(folder: string, waitMs: number, timing: LockTiming = lockTiming): Promise<SessionLock> {
    const end = performance.now() + waitMs;
    const here = await thisMachine();
    const began = await beginningOf(process.pid);
    const holder = began === undefined ? `${process.pid}` : `${process.pid}-${began}`;
    const watched: Watched = new Map();
    for (;;) {
      const name = `lock.${here}.${holder}.${randomUUID()}`;
      const path = join(folder, name);
      // Empty, so that a session can be removed when the disk is full.
      await (await open(path, 'wx', 0o600)).close();
      let other: string | undefined;
      try {
        other = await findOther(folder, name, here, watched, timing);
        if (other === undefined) return new SessionLock(path, timing);
        await rm(path, { force: true });
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined);
        throw error;
      }
      if (performance.now() >= end) {
        throw new StoreError('in-use', `the session is in use by ${other}; try again when that has ended, or --wait`);
      }
      await delay(randomInt(20, 80));
    }
  }

  /** @throws {StoreError} `in-use` when another process took this one, long silent, for dead. */
  async check(): Promise<void> {
    const there = await stat(this.#path).catch(() => undefined);
    if (there !== undefined) return;
    throw new StoreError('in-use', 'the session was taken over while this process did not answer; nothing was saved');
  }

  async release(): Promise<void> {
    clearInterval(this.#refresh);
    await rm(this.#path, { force: true });
  }
}

/** Locks that others hold, with the last sign of life and when it was first seen. */
type Watched = Map<string, { readonly sign: number; readonly since: number }>;

/** Who else holds a lock; removes those that are nobody's. */
async function findOther(
  folder: string,
  own: string,
  here: string,
  watched: Watched,
  timing: LockTiming,
): Promise<string | undefined> {
  const names = await readdir(folder);
  // The session was removed and made anew under our feet, or we were taken for dead: once more from the start.
  if (!names.includes(own)) return 'another process';
  const { mtimeMs: now } = await stat(join(folder, own));
  for (const name of names) {
    const [, machine, pid, began] = /^lock\.([0-9a-f]+)\.(\d+)(?:-(\d+))?\.[0-9a-f-]+$/.exec(name) ?? [];
    if (name === own || machine === undefined || pid === undefined) continue;
    const path = join(folder, name);
    const sign = await signOfLife(path);
    if (sign === undefined) continue;
    const dead = machine === here && !(await isRunning(Number(pid), began));
    if (!dead && !isStale(name, sign, now, watched, timing)) {
      return machine === here ? `process ${pid}` : `process ${pid} of another machine`;
    }
    await rm(path, { force: true });
  }
  return undefined;
}

function isStale(name: string, sign: number, now: number, watched: Watched, timing: LockTiming): boolean {
  const seen = watched.get(name);
  const since = seen?.sign === sign ? seen.since : performance.now();
  watched.set(name, { sign, since });
  return now - sign >= timing.staleMs && performance.now() - since >= timing.watchMs;
}

async function signOfLife(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param began when it began, where that is known: ids are used again, in a container most often the very same. */
async function isRunning(pid: number, began: string | undefined): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const now = began === undefined ? undefined : await beginningOf(pid);
  return now === undefined || now === began;
}

/** When a process began, in ticks since this machine did. Known on Linux only. */
async function beginningOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // proc_pid_stat(5), field 22; the second, a name in parentheses, may hold anything.
  const field = text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  return field !== undefined && /^\d+$/.test(field) ? field : undefined;
}

/** Tells where a process id means something: the machine, and on Linux its process id namespace (containers). */
async function thisMachine(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return createHash('sha256').update(`${hostname()}\0${namespace}`).digest('hex').slice(0, 16);
}
