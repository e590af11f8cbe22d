import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionImage } from 'golem-exec';
import { afterAll } from 'vitest';
import { StoreError, type StoreErrorCode } from '../../../host/src/store/errors.ts';
import type { SessionStore } from '../../../host/src/store/index.ts';
import { FileTree } from '../../../host/src/wasi/index.ts';

/** A folder for the tests of a file, removed afterwards. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'golem-exec-store-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The image of a session that holds these files. */
export function imageOf(files: Readonly<Record<string, Uint8Array | string>>): SessionImage {
  const tree = new FileTree();
  for (const [path, content] of Object.entries(files)) {
    tree.write(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }
  return {
    version: 1,
    language: 'python',
    persist: 'workspace',
    workingDir: '/app',
    limits: { timeMs: 1234 },
    env: [['NAME', 'värde']],
    files: tree.toImage(),
  };
}

/** What a stored file holds. */
export async function contentOf(store: SessionStore, id: string, path: string): Promise<string> {
  const { image } = await store.load(id);
  return new TextDecoder().decode(FileTree.fromImage(image.files).read(path));
}

/** The code of the error that a call ends with. */
export async function codeOf(call: Promise<unknown>): Promise<StoreErrorCode | undefined> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined || error instanceof StoreError) return error?.code;
  throw error;
}

/** Changes a session's one file, if it can be had within `waitMs`. */
export async function saveFile(
  store: SessionStore,
  id: string,
  content: Uint8Array | string,
  waitMs = 0,
): Promise<void> {
  await using held = await store.open(id, { waitMs: waitMs });
  await held.save(imageOf({ '/app/f': content }));
}
