import { createExecutor, ExecError, type Executor, InvalidRequestError, type SessionImage } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, type Pair } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 2 });
});
afterAll(() => executor.close());

const append: Pair = {
  python: 'import os\nwith open("log", "a") as f: f.write(os.environ["WHO"])\nprint(os.getcwd(), open("log").read())',
  javascript:
    'const fs = require("node:fs"); fs.appendFileSync("log", process.env.WHO); console.log(process.cwd(), fs.readFileSync("log", "utf8"));',
};

describe.each(languages)('$language', ({ language }) => {
  const code = { code: append[language] };

  test('a restored session begins as the other was: files, working directory, environment, limits', async () => {
    const env = { WHO: 'a' };
    await using session = await executor.openSession({ language, env, limits: { fileSizeBytes: 1000 } });
    await session.upload({ name: 'sub/kept.bin', content: Uint8Array.of(0, 255) });
    await session.setWorkingDir('sub');
    await session.run(code);
    const image = await session.snapshot();
    await using twin = await executor.restore(image);
    expect([twin.language, twin.persist, twin.workingDir]).toEqual([language, 'workspace', '/app/sub']);
    expect((await twin.run(code)).run.stdout).toBe('/app/sub aa\n');
    expect([...(await twin.download('kept.bin'))]).toEqual([0, 255]);
    await expect(twin.upload({ name: 'big', content: 'x'.repeat(1001) })).rejects.toMatchObject({
      tag: 'resource-exceeded',
    });
    // Neither the session nor another fork sees what the twin did.
    expect((await session.run(code)).run.stdout).toBe('/app/sub aa\n');
    await using other = await executor.restore(image);
    expect((await other.run(code)).run.stdout).toBe('/app/sub aa\n');
  });

  test('an image is plain data, taken in order with the other calls', async () => {
    await using session = await executor.openSession({ language, env: { WHO: 'b' } });
    const [, image] = await Promise.all([session.run(code), session.snapshot(), session.run(code)]);
    const copy = structuredClone(image);
    expect(copy).toEqual(image);
    for (const entry of copy.files.entries) {
      if (entry.kind === 'regular-file') expect(entry.bytes.buffer).toBeInstanceOf(ArrayBuffer);
    }
    await using elsewhere = createExecutor({ workers: 1 });
    await using twin = await elsewhere.restore(copy);
    expect(Buffer.from(await twin.download('log')).toString()).toBe('b');
  });
});

test('snapshot after close is internal, as every call', async () => {
  const session = await executor.openSession({ language: 'javascript' });
  await session.close();
  await expect(session.snapshot()).rejects.toMatchObject({ tag: 'internal', message: 'session is closed' });
});

test('an image from outside is checked', async () => {
  await using session = await executor.openSession({ language: 'javascript' });
  await session.upload({ name: 'f', content: 'x' });
  const image = await session.snapshot();
  const [top, app] = image.files.entries;
  const withEntries = (...entries: unknown[]) => ({ ...image, files: { version: 1, entries } });
  const file = { kind: 'regular-file', parent: 0, name: 'f', times: [0, 0, 0, 0, 0, 0], bytes: new Uint8Array(1) };
  const bad: readonly [unknown, string][] = [
    [undefined, 'image'],
    [null, 'image'],
    ['image', 'image'],
    [{ ...image, version: 2 }, 'image.version'],
    [{ ...image, persist: 'forever' }, 'image.persist'],
    [{ ...image, workingDir: '/etc' }, 'image.workingDir'],
    [{ ...image, workingDir: '/app/../etc' }, 'image.workingDir'],
    [{ ...image, workingDir: 'sub' }, 'image.workingDir'],
    [{ ...image, workingDir: '/app/' }, 'image.workingDir'],
    [{ ...image, limits: { timeMs: -1 } }, 'limits.timeMs'],
    [{ ...image, env: [['a=b', 'c']] }, 'env[0]'],
    [{ ...image, files: undefined }, 'image.files'],
    [withEntries(file), 'image.files'],
    [withEntries(top, { ...file, name: '..' }), 'image.files'],
    [withEntries(top, { ...file, name: 'a/b' }), 'image.files'],
    [withEntries(top, { ...file, parent: 'length' }), 'image.files'],
    [withEntries(top, { ...file, bytes: 'text' }), 'image.files'],
    [withEntries(top, app, app), 'image.files'],
    [withEntries(top, { kind: 'hard-link', parent: 0, name: 'h', to: 'length' }), 'image.files'],
    [withEntries(top, { kind: 'hard-link', parent: 0, name: 'h', to: 0 }), 'image.files'],
  ];
  for (const [input, field] of bad) {
    const error = await executor.restore(input as SessionImage).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect([field, error]).toEqual([field, expect.any(InvalidRequestError)]);
    expect((error as InvalidRequestError).field).toBe(field);
  }
  await expect(executor.restore({ ...image, language: 'ruby' as 'python' })).rejects.toThrow(ExecError);
});

test('files that are more than the limits allow stay; more of them is refused', async () => {
  await using session = await executor.openSession({ language: 'javascript', limits: { fileSizeBytes: 100 } });
  const write = 'require("node:fs").writeFileSync("big", "x".repeat(500));';
  await session.run({ code: write, limits: { fileSizeBytes: 1000 } });
  expect((await session.download('big')).length).toBe(500);
  await using twin = await executor.restore(await session.snapshot());
  const size = 'console.log(require("node:fs").statSync("big").size);';
  expect((await twin.run({ code: size })).run.stdout).toBe('500\n');
  await expect(twin.run({ code: write })).rejects.toMatchObject({ tag: 'resource-exceeded' });
});
