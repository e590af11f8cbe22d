import { emptyReport } from '../errors.ts';
import {
  createExecutor,
  ExecError,
  InvalidRequestError,
  openSessionStore,
  type RunReport,
  type Session,
  type SessionStore,
  StoreError,
} from '../index.ts';
import { parseInteger } from './units.ts';

/** Options of every session command. */
export interface StoreOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** Options of the commands that change a session. */
export interface ExclusiveOptions extends StoreOptions {
  readonly wait: string;
}

/** The store of `--dir`, else the user's. */
export function storeOf({ dir }: StoreOptions): SessionStore {
  return openSessionStore(dir === undefined ? {} : { folder: dir });
}

/** Milliseconds of `--wait`. */
export function waitOf({ wait }: ExclusiveOptions): number {
  return parseInteger(wait, 'wait');
}

/**
 * What the command line makes of an error of the store: another id may do, or it could not be helped.
 *
 * @param report of the run that came before it.
 */
export function asFailure(error: unknown, report: RunReport = emptyReport): unknown {
  if (!(error instanceof StoreError)) return error;
  switch (error.code) {
    case 'invalid-id':
    case 'not-found':
    case 'exists':
    case 'expired':
      return new InvalidRequestError('ID', error.message);
    default:
      return new ExecError('internal', error.message, report, { reason: error.code });
  }
}

/** Opens a stored session to look at it. */
export async function looking<T>(
  id: string,
  options: StoreOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { image } = await storeOf(options).load(id);
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.restore(image);
  return await work(session);
}

/**
 * Opens a stored session to change it; no other process can meanwhile.
 *
 * @param work calls `save` when the session is to be stored as it is then; without that it stays as it was.
 */
export async function changing<T>(
  id: string,
  options: ExclusiveOptions,
  work: (session: Session, save: () => Promise<void>) => Promise<T>,
): Promise<T> {
  await using held = await storeOf(options).open(id, { waitMs: waitOf(options) });
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.restore(await held.load());
  return await work(session, async () => {
    await held.save(await session.snapshot(), session.runCounts);
  });
}
