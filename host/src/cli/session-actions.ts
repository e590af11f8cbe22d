import { readFile, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  createExecutor,
  decodeImage,
  encodeImage,
  InvalidRequestError,
  type Persistence,
  type SessionImage,
  type SessionInfo,
  StoreError,
} from '../index.ts';
import { envPair, languageOf, reasonOf, uploadFiles } from './inputs.ts';
import { type LimitOptions, limitsOf } from './program-options.ts';
import { printable, showJson, table, write } from './show.ts';
import { changing, type ExclusiveOptions, looking, type StoreOptions, storeOf, waitOf } from './stored-session.ts';
import { parseDuration } from './units.ts';

/** Options of the commands that make a session. */
interface NewOptions extends StoreOptions {
  readonly ttl?: string;
}

export { evaluateInSession } from './session-eval.ts';
export { runInSession } from './session-run.ts';
export { asFailure } from './stored-session.ts';

/** `session create` */
export async function createSession(
  id: string | undefined,
  options: NewOptions & LimitOptions & { readonly lang: string; readonly persist: Persistence },
): Promise<number> {
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.openSession({
    language: languageOf(options.lang, undefined),
    persist: options.persist,
    env: (options.env ?? []).map(envPair),
    limits: limitsOf(options),
  });
  return await makeSession(id, await session.snapshot(), options);
}

/** Stores a new session and prints its id. */
async function makeSession(id: string | undefined, image: SessionImage, options: NewOptions): Promise<number> {
  const ttlMs = options.ttl === undefined ? undefined : parseDuration(options.ttl, 'ttl');
  const info = await storeOf(options).create(image, {
    ...(id === undefined ? {} : { id }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
  });
  if (options.json === true) showJson({ ok: true, result: described(info) });
  else await write(process.stdout, `${info.id}\n`);
  return 0;
}

/** `session snapshot` */
export async function snapshot(id: string, file: string, options: StoreOptions): Promise<number> {
  if (file === '-' && options.json === true) throw bothOnStdout();
  const { image } = await storeOf(options).load(id);
  const bytes = encodeImage(image);
  if (file === '-') {
    await write(process.stdout, bytes);
    return 0;
  }
  await writeFile(file, bytes, { mode: 0o600 }).catch((error: unknown) => {
    throw new InvalidRequestError(
      'FILE',
      `cannot write ${JSON.stringify(file)}: ${reasonOf(error)}; choose another file`,
    );
  });
  if (options.json === true) showJson({ ok: true, result: { path: file, bytes: bytes.length } });
  return 0;
}

/** `session restore` */
export async function restore(id: string, file: string, options: NewOptions): Promise<number> {
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw new InvalidRequestError(
      'FILE',
      `cannot read ${JSON.stringify(file)}: ${reasonOf(error)}; give a file that "session snapshot" wrote`,
    );
  });
  let image: SessionImage;
  try {
    image = decodeImage(bytes);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InvalidRequestError(
      'FILE',
      `${JSON.stringify(file)} is no image of a session: ${error.message}; give a file that "session snapshot" wrote`,
    );
  }
  // Whoever made the file: only what a session can be is stored as one.
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.restore(image);
  return await makeSession(id, await session.snapshot(), options);
}

/** `session fork` */
export async function fork(id: string, newId: string, options: NewOptions): Promise<number> {
  const { info, image } = await storeOf(options).load(id);
  const ttl = options.ttl ?? (info.ttlMs === null ? 'never' : info.ttlMs === undefined ? undefined : `${info.ttlMs}ms`);
  return await makeSession(newId, image, { ...options, ...(ttl === undefined ? {} : { ttl }) });
}

/** `session prune` */
export async function prune(options: StoreOptions & { readonly dryRun?: boolean }): Promise<number> {
  const dryRun = options.dryRun === true;
  const result = await storeOf(options).prune({ dryRun });
  if (options.json === true) {
    showJson({ ok: true, result: { dryRun, ...result } });
    return 0;
  }
  const rows = [
    ...result.removed.map(({ id, expires, bytes }) => [id, `expired ${expires}`, `${bytes} bytes`]),
    ...result.inUse.map((id) => [id, 'expired, but in use: stays']),
  ];
  const total = `${dryRun ? 'would remove' : 'removed'} ${result.removed.length} sessions, ${result.reclaimedBytes} bytes\n`;
  await write(process.stdout, table(rows) + total);
  return 0;
}

/** `session info` */
export async function sessionInfo(id: string, options: StoreOptions): Promise<number> {
  const info = await storeOf(options).info(id);
  if (options.json === true) {
    showJson({ ok: true, result: described(info) });
    return 0;
  }
  const limits = Object.entries(info.limits).map(([name, value]) => `${name} ${value}`);
  const rows = [
    ['session', info.id],
    ['language', info.language],
    ['persist', info.persist],
    ['working directory', info.workingDir],
    ['created', info.created],
    ['saved', info.updated],
    ['expires', info.expired ? `${info.expires} (expired)` : (info.expires ?? 'never')],
    ['runs', `${info.runs.completed} completed, ${info.runs.failed} failed`],
    ['files', `${info.files}, ${info.bytes} bytes`],
    ['on disk', `${info.storedBytes} bytes`],
    ['limits', limits.length === 0 ? 'the defaults' : limits.join(', ')],
    ['environment', info.env.map(([name]) => name).join(' ') || 'none'],
  ];
  await write(process.stdout, table(rows.map((row) => row.map(printable))));
  return 0;
}

/** `session upload` */
export async function upload(
  id: string,
  path: string,
  name: string | undefined,
  options: ExclusiveOptions,
): Promise<number> {
  const files = await uploadFiles(path, name);
  const result = await changing(id, options, async (session, save) => {
    for (const file of files) await session.upload(file);
    await save();
    return files.map((file) => posix.resolve(session.workingDir, file.name));
  });
  if (options.json === true) showJson({ ok: true, result });
  return 0;
}

/** `session download` */
export async function download(
  id: string,
  path: string,
  dest: string | undefined,
  options: StoreOptions,
): Promise<number> {
  const target = dest ?? posix.basename(path);
  if (dest === undefined && (/^[.-]*$/.test(target) || /[/\\:]|\p{Cc}/u.test(target))) {
    throw new InvalidRequestError('DEST', `${JSON.stringify(path)} gives no name for a file here; add one`);
  }
  if (dest === '-' && options.json === true) throw bothOnStdout();
  const bytes = await looking(id, options, (session) => session.download(path));
  if (dest === '-') {
    await write(process.stdout, bytes);
    return 0;
  }
  await writeFile(target, bytes).catch((error: unknown) => {
    throw new InvalidRequestError(
      'DEST',
      `cannot write ${JSON.stringify(target)}: ${reasonOf(error)}; choose another file`,
    );
  });
  if (options.json === true) showJson({ ok: true, result: { path: target, bytes: bytes.length } });
  return 0;
}

/** `session ls` */
export async function listFiles(id: string, dir: string | undefined, options: StoreOptions): Promise<number> {
  const names = await looking(id, options, (session) => session.listFiles(dir));
  if (options.json === true) showJson({ ok: true, result: names });
  else await write(process.stdout, names.map((name) => `${printable(name)}\n`).join(''));
  return 0;
}

/** `session cd` */
export async function changeFolder(id: string, dir: string, options: ExclusiveOptions): Promise<number> {
  const workingDir = await changing(id, options, async (session, save) => {
    await session.setWorkingDir(dir);
    await save();
    return session.workingDir;
  });
  if (options.json === true) showJson({ ok: true, result: { workingDir } });
  else await write(process.stdout, `${printable(workingDir)}\n`);
  return 0;
}

/** `session rm` */
export async function removeSessions(ids: readonly string[], options: ExclusiveOptions): Promise<number> {
  const store = storeOf(options);
  for (const id of ids) await store.remove(id, { waitMs: waitOf(options) });
  if (options.json === true) showJson({ ok: true, result: ids });
  return 0;
}

/** `session list` */
export async function listSessions(options: StoreOptions): Promise<number> {
  const sessions = await storeOf(options).list();
  if (options.json === true) {
    const result = sessions.map((session) => ('problem' in session ? session : described(session)));
    showJson({ ok: true, result });
    return 0;
  }
  const rows = sessions.map((session) =>
    'problem' in session
      ? [session.id, `cannot be read: ${session.problem}`]
      : [
          session.id,
          session.language,
          session.updated,
          `${session.files} files`,
          `${session.bytes} bytes`,
          session.expired ? 'expired' : `expires ${session.expires ?? 'never'}`,
        ],
  );
  await write(process.stdout, table(rows.map((row) => row.map(printable))));
  return 0;
}

/** What the command line tells of a session; the values of its environment are not for a listing. */
function described({ env, ...info }: SessionInfo): object {
  return { ...info, env: env.map(([name]) => name) };
}

function bothOnStdout(): InvalidRequestError {
  return new InvalidRequestError(
    'json',
    'standard output cannot take both the file and the line of JSON; drop --json, or give a file',
  );
}
