import { emptyReport } from '../errors.ts';
import { environmentLimits } from '../executor/index.ts';
import {
  defaultLimits,
  ExecError,
  type ExecRequest,
  type ExecResult,
  type Executor,
  type FileInput,
  InvalidRequestError,
  type MountInput,
  type Session,
} from '../index.ts';
import {
  changesBelow,
  type HostFolder,
  type MountDefinition,
  parseMounts,
  readHostFolder,
  workspaceWith,
  writeBack,
} from './mounts/index.ts';
import { onReaderGone } from './reader.ts';
import { type OutputMode, perform, printable, showEnd } from './show.ts';

/** A mount with what is in its folder. */
interface Mounted extends MountDefinition {
  readonly content: HostFolder;
}

/**
 * Runs a program that finds folders of this machine: as read-only copies, or as copies whose changes go back.
 *
 * @returns the process's exit status.
 */
export async function runMounted(
  executor: Executor,
  request: ExecRequest,
  definitions: readonly string[],
  mode: OutputMode,
): Promise<number> {
  const limits = { ...defaultLimits, ...environmentLimits(process.env), ...request.limits };
  const mounted: Mounted[] = [];
  const copied = { files: 0, bytes: 0 };
  for (const mount of await parseMounts(definitions)) {
    mounted.push({ ...mount, content: await readHostFolder(mount.host, limits, copied) });
  }
  const mounts = mounted.flatMap(({ readOnly, guest, content }): MountInput[] =>
    readOnly ? [{ path: guest, files: content.files }] : [],
  );
  const written = mounted.filter(({ readOnly }) => !readOnly);
  if (written.length === 0) return showEnd(await perform(executor, { ...request, mounts }, mode), mode);
  const result = await runAndWriteBack(executor, { ...request, mounts }, written, mode);
  return result === undefined ? 0 : showEnd(result, mode);
}

/** The run is one of a session, whose files are looked at before and after it. */
async function runAndWriteBack(
  executor: Executor,
  { language, files, stdin, args, env, limits, mounts }: ExecRequest,
  mounted: readonly Mounted[],
  mode: OutputMode,
): Promise<ExecResult | undefined> {
  const [program] = files;
  if (program === undefined) throw new InvalidRequestError('FILE', 'give a program');
  await using session = await executor.restore({
    version: 1,
    language,
    persist: 'workspace',
    workingDir: '/app',
    limits: limits ?? {},
    env: [],
    files: workspaceWith(mounted),
  });
  for (const file of files) await lend(session, file);
  const before = await session.snapshot();
  const gone = new AbortController();
  onReaderGone(() => gone.abort());
  const request = {
    entrypoint: program.name,
    signal: gone.signal,
    ...(stdin === undefined ? {} : { stdin }),
    ...(args === undefined ? {} : { args }),
    ...(env === undefined ? {} : { env }),
    ...(mounts === undefined ? {} : { mounts }),
  };
  const ended = await perform(session, request, mode).catch((error: unknown) => {
    if (gone.signal.aborted) return undefined;
    if (!(error instanceof ExecError)) throw error;
    return error;
  });
  const after = await session.snapshot();
  const problems: string[] = [];
  for (const { host, guest } of mounted) {
    const changes = changesBelow(guest, before.files, after.files);
    if (changes === undefined) {
      problems.push(`${guest} is no folder any more; nothing of it was written back`);
      continue;
    }
    for (const link of changes.links)
      tell(`${guest}: ${printable(link)} is a symbolic link, which is not written back`);
    for (const problem of await writeBack(host, changes)) problems.push(`${guest}: ${problem}`);
  }
  if (ended instanceof ExecError) for (const problem of problems) tell(problem);
  else if (problems.length > 0) {
    const more = problems.length > 10 ? `; and ${problems.length - 10} more` : '';
    const text = `mount: ${problems.slice(0, 10).join('; ')}${more}`;
    throw new ExecError('internal', text, ended ?? emptyReport, { reason: 'mount' });
  }
  if (ended instanceof ExecError) throw ended;
  return ended;
}

/** Diagnostics beside the program's own output. */
function tell(text: string): void {
  process.stderr.write(`golem-exec: mount: ${text}\n`);
}

/** Puts the program, or a module, into the workspace; in a mounted folder only what is there already may have its name. */
async function lend(session: Session, file: FileInput): Promise<void> {
  const present = await session.download(file.name).catch((error: unknown) => {
    if (error instanceof ExecError) return undefined;
    throw error;
  });
  const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  if (present === undefined) await session.upload(file);
  else if (Buffer.compare(present, content) !== 0) {
    const problem = `${JSON.stringify(file.name)} is there already with another content, in a mounted folder or given before`;
    throw new InvalidRequestError('mount', `${problem}; rename one, or mount the folder elsewhere`);
  }
}
