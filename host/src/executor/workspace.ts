import { ExecError, emptyReport, InvalidRequestError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { FileInfo } from '../types.ts';
import { FileError, FileTree, type TreeImage } from '../wasi/index.ts';
import { quote, workspace } from './names.ts';

const kinds = { 'regular-file': 'file', directory: 'folder', 'symbolic-link': 'link' } as const;

/** The files of a session between its runs. All failures are arms of the contract's `error`. */
export class Workspace {
  readonly #limits: Limits;
  #files: FileTree;

  /**
   * @param image what it holds at first; nothing when absent.
   * @throws {InvalidRequestError} for an image that is malformed.
   */
  constructor(limits: Limits, image?: TreeImage) {
    this.#limits = limits;
    this.#files =
      image === undefined ? new FileTree({ writable: [workspace, '/tmp'], limits }) : restoreFiles(image, limits);
  }

  /** For the worker of the next run; the bytes are shared, not copied. */
  image(): TreeImage {
    return this.#files.toSharedImage();
  }

  /** For storage: the bytes are copied. */
  snapshot(): TreeImage {
    return this.#files.toImage();
  }

  /**
   * Takes over what a run left.
   *
   * @throws {ExecError} `internal` for what is no tree of files: a program has taken its worker over.
   */
  replace(image: TreeImage): void {
    try {
      this.#files = restoreFiles(image, this.#limits);
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      throw new ExecError('internal', 'the worker gave back no workspace; the files are as they were before the run');
    }
  }

  write(path: string, bytes: Uint8Array): void {
    answer(path, () => this.#files.write(path, bytes));
  }

  read(path: string): Uint8Array {
    return answer(path, () => this.#files.read(path));
  }

  /** The names in a folder, sorted. */
  list(path: string): string[] {
    return answer(path, () => this.#files.list(path).map((entry) => entry.name));
  }

  /** Checks that nothing but folders stands where something is to be mounted; what is in them is hidden meanwhile. */
  checkMountPoint(path: string): void {
    for (let slash = path.indexOf('/', 1); ; slash = path.indexOf('/', slash + 1)) {
      const folder = slash === -1 ? path : path.slice(0, slash);
      if (!this.#files.exists(folder)) {
        // A link that leads nowhere is something, too.
        if (!this.#isLink(folder)) return;
        throw notThere(path, `${quote(folder)} is a link`);
      }
      if (this.#isLink(folder)) throw notThere(path, `${quote(folder)} is a link`);
      if (this.#files.stat(folder).kind !== 'directory') throw notThere(path, 'Not a directory');
      if (slash === -1) return;
    }
  }

  #isLink(path: string): boolean {
    try {
      return this.#files.stat(path, { follow: false }).kind === 'symbolic-link';
    } catch (error) {
      if (error instanceof FileError) return false;
      throw error;
    }
  }

  /** All that is below a folder. */
  tree(path: string): FileInfo[] {
    return answer(path, () =>
      this.#files.list(path, { recursive: true }).map(({ path: full, kind, size, modified }) => ({
        path: full,
        kind: kinds[kind],
        size,
        modifiedMs: Number(modified.seconds) * 1000 + Math.floor(modified.nanoseconds / 1e6),
      })),
    );
  }

  remove(path: string): void {
    answer(path, () => {
      if (!path.startsWith(`${workspace}/`)) throw notThere(path, `it is not inside ${workspace}`);
      this.#files.remove(path);
    });
  }

  clear(): void {
    this.#files.clear(workspace);
  }

  /** The path itself, if it is a folder of the workspace. */
  folder(path: string): string {
    return answer(path, () => {
      if (path !== workspace && !path.startsWith(`${workspace}/`)) {
        throw notThere(path, `it is not inside ${workspace}`);
      }
      if (this.#files.stat(path).kind !== 'directory') throw notThere(path, 'Not a directory');
      return path;
    });
  }
}

function restoreFiles(image: TreeImage, limits: Limits): FileTree {
  try {
    const files = FileTree.fromImage(image, { writable: [workspace, '/tmp'] });
    // Last: a run may have been allowed more than the session is, and what is there stays.
    files.setLimits(limits);
    return files;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new InvalidRequestError('image.files', `malformed (${error.reason}); expected what Session.snapshot gave`);
  }
}

function answer<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'insufficient-space' || error.code === 'file-too-large') {
      const message = `${quote(path)} does not fit into the workspace (${error.reason}); remove files or raise its limits`;
      throw new ExecError('resource-exceeded', message, emptyReport, { reason: 'workspace' });
    }
    throw notThere(path, error.reason);
  }
}

/** A path that does not exist or cannot be used: `runtime-failed`, with the path and the reason on stderr. */
function notThere(path: string, reason: string): ExecError {
  const message = `golem-exec: cannot use ${quote(path)}: ${reason}`;
  const run = { stdout: '', stderr: `${message}\n`, exitCode: 1 };
  return new ExecError('runtime-failed', message, { ...emptyReport, run });
}
