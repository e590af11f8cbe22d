import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSessionStore } from '../../../host/src/store/index.ts';
import { FileTree } from '../../../host/src/wasi/index.ts';
import { imageOf, testFolder } from './support.ts';

const folder = await testFolder();
const script = new URL('./saver.ts', import.meta.url).pathname;

/** The files of the session's folder that are not finished. */
async function unfinishedFiles(): Promise<string[]> {
  return (await readdir(join(folder, 'session-a'))).filter((name) => name.endsWith('.tmp'));
}

/** Starts a process that saves a session over and over, and kills it after its first save: at once, or when it is seen to write. */
async function killWhileSaving(size: number, seen: boolean): Promise<void> {
  const child = spawn(process.execPath, [script, folder, 'a', String(size)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  while (seen && (await unfinishedFiles()).length === 0);
  child.kill('SIGKILL');
  await closed;
}

test('a process killed in the middle of a save leaves the old state or the new one, and no lock', async () => {
  const store = openSessionStore({ folder });
  await store.create(imageOf({ '/app/f': 'a', '/app/g': 'a' }), { id: 'a' });
  let unfinished = 0;
  // Between a look and the end the file may be finished: until it was not.
  for (let round = 0; round < 8 || (unfinished === 0 && round < 100); round++) {
    await killWhileSaving(4_000_000, round % 2 === 1);
    if ((await unfinishedFiles()).length > 0) unfinished++;
    const { image } = await store.load('a');
    const files = FileTree.fromImage(image.files);
    const f = files.read('/app/f');
    expect(f.every((byte) => byte === f[0])).toBe(true);
    expect(Buffer.compare(f, files.read('/app/g'))).toBe(0);
    // The lock of the dead process is free at once, and what it left unfinished goes.
    await using _held = await store.open('a', { waitMs: 0 });
    expect((await readdir(join(folder, 'session-a'))).filter((name) => !name.startsWith('lock.'))).toEqual(['image']);
  }
  // Else the test would not have been in the middle of anything.
  expect(unfinished).toBeGreaterThan(0);
}, 300_000);
