import { fail } from './codes.ts';

/** What a tree may hold. */
export interface FileLimits {
  /** Bytes of all files and symbolic links together; logical size, holes count. */
  readonly workspaceBytes: number;
  /** Directory entries: files, directories, symbolic links, each hard link. */
  readonly files: number;
  /** Bytes of a single file; logical size, holes count. */
  readonly fileSizeBytes: number;
}

/** No limits at all: for trees that only the host fills. */
export const unlimited: FileLimits = Object.freeze({
  workspaceBytes: Number.MAX_SAFE_INTEGER,
  files: Number.MAX_SAFE_INTEGER,
  fileSizeBytes: Number.MAX_SAFE_INTEGER,
});

/** Keeps account of a volume against its limits. */
export class Ledger {
  limits: FileLimits;
  bytes = 0;
  entries = 0;
  /** The limit that refused an operation most recently. */
  exceeded: keyof FileLimits | undefined;

  constructor(limits: FileLimits) {
    this.limits = limits;
  }

  addEntry(): void {
    if (this.entries >= this.limits.files) this.#refuse('files');
    this.entries++;
  }

  /** Checks that a file may grow from `from` to `to` bytes; `settle` books it once it did. */
  check(from: number, to: number): void {
    if (to <= from) return;
    if (to > this.limits.fileSizeBytes) this.#refuse('fileSizeBytes');
    this.checkBytes(to - from);
  }

  /** Checks that the tree may grow by `bytes`. */
  checkBytes(bytes: number): void {
    if (this.bytes + bytes > this.limits.workspaceBytes) this.#refuse('workspaceBytes');
  }

  settle(from: number, to: number): void {
    this.bytes += to - from;
  }

  /** Fails with the code of the limit. */
  #refuse(limit: keyof FileLimits): never {
    this.exceeded = limit;
    fail(limit === 'fileSizeBytes' ? 'file-too-large' : 'insufficient-space');
  }
}
