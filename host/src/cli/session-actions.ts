import { writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { createExecutor, InvalidRequestError } from '../index.ts';
import type { SessionRecord } from '../store/index.ts';
import { envPair, languageOf, reasonOf, uploadFiles } from './inputs.ts';
import { type LimitOptions, limitsOf } from './program-options.ts';
import { printable, showJson, table, write } from './show.ts';
import { changing, type ExclusiveOptions, looking, type StoreOptions, storeOf, waitOf } from './stored-session.ts';

export { runInSession } from './session-run.ts';
export { asFailure } from './stored-session.ts';

/** `session create` */
export async function createSession(
  id: string | undefined,
  options: StoreOptions & LimitOptions & { readonly lang: string; readonly persist: string },
): Promise<number> {
  await using executor = createExecutor({ workers: 1 });
  await using session = await executor.openSession({
    language: languageOf(options.lang, undefined),
    persist: persistenceOf(options.persist),
    env: (options.env ?? []).map(envPair),
    limits: limitsOf(options),
  });
  const record = await storeOf(options).create(await session.snapshot(), id);
  if (options.json === true) showJson({ ok: true, result: described(record) });
  else await write(process.stdout, `${record.id}\n`);
  return 0;
}

function persistenceOf(text: string): 'workspace' | 'globals' {
  if (text !== 'workspace' && text !== 'globals') {
    throw new InvalidRequestError('persist', `expected workspace or globals, got ${JSON.stringify(text)}`);
  }
  return text;
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
  if (dest === '-' && options.json === true) {
    throw new InvalidRequestError('json', 'standard output cannot take both the file and the line of JSON');
  }
  const bytes = await looking(id, options, (session) => session.download(path));
  if (dest === '-') {
    await write(process.stdout, bytes);
    return 0;
  }
  await writeFile(target, bytes).catch((error: unknown) => {
    throw new InvalidRequestError('DEST', `cannot write ${JSON.stringify(target)}: ${reasonOf(error)}`);
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
  for (const id of ids) await store.remove(id, waitOf(options));
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
      : [session.id, session.language, session.updated, `${session.files} files`, `${session.bytes} bytes`],
  );
  await write(process.stdout, table(rows.map((row) => row.map(printable))));
  return 0;
}

/** What the command line tells of a session; the values of its environment are not for a listing. */
function described({ env, ...record }: SessionRecord): object {
  return { ...record, env: env.map(([name]) => name) };
}
