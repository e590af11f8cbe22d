import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../../../host/src/node/make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'golem-exec-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is made with those above it, for the user alone, and may be there already', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(deep), makeFolder(deep)]);
  await makeFolder(deep);
  for (const path of [deep, join(folder, 'a')]) expect(statSync(path).mode & 0o077).toBe(0);
});

test('where nothing can be made the system error comes, and it does come', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

// Node's recursive mkdir goes round in circles there.
test.skipIf(!existsSync('/proc/self'))('a file system without room for folders is an error', async () => {
  await expect(makeFolder('/proc/golem-exec/x')).rejects.toMatchObject({ code: 'ENOENT' });
});
