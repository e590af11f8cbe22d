import { createExecutor, type Executor, type MountInput } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, program } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const files = [
  { name: 'a.txt', content: 'one' },
  { name: 'deep/b.txt', content: 'dHdv', encoding: 'base64' as const },
];

describe.each(languages)('$language', ({ language }) => {
  const read = {
    python: 'print(open("/data/in/a.txt").read(), open("/data/in/deep/b.txt").read())',
    javascript:
      'const fs = await import("node:fs"); console.log(fs.readFileSync("/data/in/a.txt", "utf8"), fs.readFileSync("/data/in/deep/b.txt", "utf8"));',
  };
  const mounts = [{ path: '/data/in/', files }];

  test('a run finds what is mounted, and the next one does not', async () => {
    const request = { language, files: [program(language, read)] };
    expect((await executor.run({ ...request, mounts })).run.stdout).toBe('one two\n');
    await expect(executor.run(request)).rejects.toMatchObject({ tag: 'runtime-failed' });
  });

  test('a run of a session too; the session does not keep it, and what it hides comes back', async () => {
    await using session = await executor.openSession({ language });
    await session.upload({ name: 'd/own.txt', content: 'own' });
    const list = {
      python: 'import os; print(*sorted(os.listdir("d")))',
      javascript: 'console.log(require("node:fs").readdirSync("d").sort().join(" "));',
    };
    const code = list[language];
    expect((await session.run({ code, mounts: [{ path: '/app/d', files }] })).run.stdout).toBe('a.txt deep\n');
    expect((await session.run({ code })).run.stdout).toBe('own.txt\n');
    expect((await session.run({ code: read[language], mounts })).run.stdout).toBe('one two\n');
    await expect(session.run({ code: read[language] })).rejects.toMatchObject({ tag: 'runtime-failed' });
  });

  test('where a session has a file or a link nothing is mounted', async () => {
    await using session = await executor.openSession({ language });
    await session.upload({ name: 'file', content: '' });
    const link = {
      python: 'import os; os.symlink("/tmp", "link"); os.symlink("nowhere", "dangling")',
      javascript:
        'const fs = require("node:fs"); fs.symlinkSync("/tmp", "link"); fs.symlinkSync("nowhere", "dangling");',
    };
    await session.run({ code: link[language] });
    for (const path of ['/app/file', '/app/file/x', '/app/link', '/app/link/x', '/app/dangling']) {
      const run = session.run({ code: '1', mounts: [{ path, files }] });
      await expect(run, path).rejects.toMatchObject({ tag: 'runtime-failed', message: expect.stringContaining(path) });
    }
    expect(await session.listFiles()).toEqual(['dangling', 'file', 'link']);
  });
});

test('what is mounted counts as input', async () => {
  const mounts = [{ path: '/data/in', files: [{ name: 'a', content: 'x'.repeat(1000) }] }];
  const request = { language: 'javascript', files: [{ name: 'm.js', content: '' }], mounts } as const;
  await expect(executor.run({ ...request, limits: { inputBytes: 500 } })).rejects.toMatchObject({
    tag: 'resource-exceeded',
    details: { reason: 'input' },
  });
});

test.each([
  ['text', 'mounts'],
  [[5], 'mounts[0]'],
  [[{ path: 5, files }], 'mounts[0].path'],
  [[{ path: 'data', files }], 'mounts[0].path'],
  [[{ path: '/', files }], 'mounts[0].path'],
  [[{ path: '/app/', files }], 'mounts[0].path'],
  [[{ path: '/x/../tmp', files }], 'mounts[0].path'],
  [[{ path: '/a\0', files }], 'mounts[0].path'],
  [[{ path: '/data', files }], 'mounts[0].path'],
  [[{ path: '/data_js/vendor', files }], 'mounts[0].path'],
  [[{ path: '/app/main.js', files }], 'mounts[0].path'],
  [
    [
      { path: '/a', files },
      { path: '/a/b', files },
    ],
    'mounts[1].path',
  ],
  [[{ path: '/a', files: 'x' }], 'mounts[0].files'],
  [[{ path: '/a', files: [{ name: '../x', content: '' }] }], 'mounts[0].files[0].name'],
  [[{ path: '/a', files: [{ name: '/app/x', content: '' }] }], 'mounts[0].files[0].name'],
  [[{ path: '/a', files: [{ name: 'x', content: 5 }] }], 'mounts[0].files[0].content'],
  [[{ path: '/a', files: [...files, files[0]] }], 'mounts[0].files[2].name'],
  [[{ path: '/a', files: [...files, { name: 'a.txt/x', content: '' }] }], 'mounts[0].files[2].name'],
])('%j is malformed: %s', async (mounts, field) => {
  const request = { language: 'javascript', files: [{ name: 'main.js', content: '' }] } as const;
  await expect(executor.run({ ...request, mounts: mounts as MountInput[] })).rejects.toMatchObject({ field });
});
