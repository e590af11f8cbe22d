import type { LanguageKind } from '../types.ts';
import { FileTree, type SharedTree } from '../wasi/index.ts';
import { WorkspaceFull } from './classify.ts';
import type { EngineJob, JobFile } from './job.ts';
import type { RunOutcome } from './outcome.ts';

/** Where the program is, and whether it stands there for this run only. */
export interface Program {
  /** Relative to the working directory. */
  readonly entrypoint: string;
  /** Absolute path of code that was given without a file. */
  readonly lent?: string;
}

const writable = ['/app', '/tmp'] as const;

/**
 * The files that a run begins with.
 *
 * @param shared what all runs share, by path.
 * @throws {WorkspaceFull} when the files of a stateless run do not fit.
 * @throws {FileError} when the working directory of a session is gone.
 */
export function workspaceOf(
  { workspace, mounts: own = [], limits, folder, code, entrypoint, language }: EngineJob,
  shared: ReadonlyMap<string, SharedTree>,
): { files: FileTree; program: Program } {
  const mounts = new Map([...shared, ...own.map(({ path, files }) => [path, () => treeOf(files)] as const)]);
  if (workspace.kind === 'image') {
    const files = FileTree.fromImage(workspace.image, { writable, mounts });
    const program = code === undefined ? { entrypoint } : lendCode(files, folder, language, code);
    // What is there already stays, even if this run may have less; and code that is lent takes nothing from it.
    const { files: count, workspaceBytes } = limits;
    const room = code === undefined ? {} : { files: count + 1, workspaceBytes: workspaceBytes + code.length };
    files.setLimits({ ...limits, ...room });
    return { files, program };
  }
  const files = new FileTree({ writable, mounts, limits });
  try {
    for (const { path, bytes } of workspace.files) files.write(path, bytes);
  } catch (error) {
    throw files.exceededLimit === undefined ? error : new WorkspaceFull(files.exceededLimit);
  }
  return { files, program: { entrypoint } };
}

function treeOf(files: readonly JobFile[]): FileTree {
  const tree = new FileTree({ writable: [] });
  for (const { path, bytes } of files) tree.write(path, bytes);
  return tree;
}

/** DEVIATION D31: code needs a file to be run from: a hidden one, under a name that nothing has. */
function lendCode(files: FileTree, folder: string, language: LanguageKind, code: Uint8Array): Program {
  const taken = new Set(files.list(folder).map(({ name }) => name));
  const ending = language === 'python' ? 'py' : 'js';
  let name = `.session_code.${ending}`;
  for (let number = 1; taken.has(name); number++) name = `.session_code_${number}.${ending}`;
  const lent = `${folder}/${name}`;
  files.write(lent, code);
  return { entrypoint: name, lent };
}

/** Where a component keeps the globals of a session (docs/SESSIONS.md). */
const globalsFile = '/app/.session_state.json';

/** The file that holds a session's globals, for {@link remainsOf} to tell whether it is another one after the run. */
export function globalsOf({ keepsGlobals }: EngineJob, files: FileTree): object | undefined {
  return keepsGlobals === true ? files.identity(globalsFile) : undefined;
}

/** What a run says of its files. `/tmp` belongs to the run and ends with it. */
export function remainsOf(
  job: EngineJob,
  { lent }: Program,
  files: FileTree,
  globalsBefore: object | undefined,
): Pick<RunOutcome, 'workspace' | 'exceededLimit' | 'savedGlobals'> {
  const { exceededLimit } = files;
  const globals = globalsOf(job, files);
  if (job.keepWorkspace) files.clear('/tmp');
  // The program may have put something of its own in its place: that stays.
  if (lent !== undefined && isFile(files, lent)) files.remove(lent);
  return {
    ...(exceededLimit === undefined ? {} : { exceededLimit }),
    ...(globals === undefined ? {} : { savedGlobals: globals !== globalsBefore }),
    ...(job.keepWorkspace ? { workspace: files.toSharedImage() } : {}),
  };
}

function isFile(files: FileTree, path: string): boolean {
  try {
    return files.stat(path, { follow: false }).kind === 'regular-file';
  } catch {
    return false;
  }
}
