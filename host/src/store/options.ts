import { resolve } from 'node:path';
import { InvalidRequestError } from '../errors.ts';
import { defaultSessionsFolder } from './folder.ts';

/** Options of {@link openSessionStore}. What is absent comes from the environment, else from the default. */
export interface SessionStoreOptions {
  /** Where the sessions are; `EXEC_SESSIONS_DIR`, else `golem-exec/sessions` in the user's application data. */
  readonly folder?: string;
  /**
   * Milliseconds without a change after which a session expires that has no time of its own; `Infinity`: never.
   * `EXEC_SESSIONS_TTL_MS`, else 24 hours.
   */
  readonly ttlMs?: number;
  /** The most sessions; one more is refused. `EXEC_SESSIONS_MAX`, else 1,000. */
  readonly maxSessions?: number;
  /** Bytes that all of them may take on disk; what would need more is refused. `EXEC_SESSIONS_MAX_MB` (MiB), else 10 GiB. */
  readonly maxBytes?: number;
  /** The clock behind times and expiry, in milliseconds since 1970; `Date.now`. */
  readonly now?: () => number;
}

/** The options, checked and whole. */
export type StoreSettings = Required<SessionStoreOptions>;

const fields = ['folder', 'ttlMs', 'maxSessions', 'maxBytes', 'now'] as const satisfies (keyof SessionStoreOptions)[];

const dayMs = 24 * 60 * 60 * 1000;

/** @throws {InvalidRequestError} naming the option or the variable. */
export function checkStoreOptions(
  options: SessionStoreOptions,
  environment: Readonly<Record<string, string | undefined>>,
): StoreSettings {
  for (const name of Object.keys(options)) {
    if (fields.some((field) => field === name)) continue;
    throw new InvalidRequestError(name, `there is no such option; the options are ${fields.join(', ')}`);
  }
  const { folder, ttlMs, maxSessions, maxBytes, now = Date.now } = options;
  if (folder !== undefined && (typeof folder !== 'string' || folder === '' || folder.includes('\0'))) {
    throw new InvalidRequestError('folder', 'expected the path of a folder');
  }
  if (typeof now !== 'function') throw new InvalidRequestError('now', 'expected a function such as Date.now');
  return {
    folder: folder === undefined ? defaultSessionsFolder() : resolve(folder),
    ttlMs: ttlMs === undefined ? ttlOf(environment) : checkTtl(ttlMs, 'ttlMs'),
    maxSessions: checkCount(maxSessions ?? variable(environment, 'EXEC_SESSIONS_MAX') ?? 1_000, 'maxSessions'),
    maxBytes: checkCount(
      maxBytes ?? (variable(environment, 'EXEC_SESSIONS_MAX_MB') ?? 10 * 1024) * 1024 * 1024,
      'maxBytes',
    ),
    now,
  };
}

/** A time to live: whole milliseconds, or for ever. */
export function checkTtl(value: unknown, field: string): number {
  if (value === Number.POSITIVE_INFINITY) return value;
  return checkCount(value, field, ' of milliseconds, or Infinity for sessions that never expire');
}

function checkCount(value: unknown, field: string, more = ''): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidRequestError(field, `expected a positive integer${more}`);
}

function ttlOf(environment: Readonly<Record<string, string | undefined>>): number {
  if (environment['EXEC_SESSIONS_TTL_MS']?.trim() === 'never') return Number.POSITIVE_INFINITY;
  return variable(environment, 'EXEC_SESSIONS_TTL_MS') ?? dayMs;
}

function variable(environment: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = environment[name]?.trim();
  if (text === undefined || text === '') return undefined;
  const value = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (value >= 1) return value;
  const never = name.endsWith('TTL_MS') ? ' or "never"' : '';
  throw new InvalidRequestError(name, `expected a positive integer${never}, got ${JSON.stringify(text)}`);
}
