import { createExecutor, type Executor, type LanguageKind, type Session } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, hello, languages, type Pair } from './programs.ts';
import { failure } from './support.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 2 });
});
afterAll(() => executor.close());

const code = (language: LanguageKind, pair: Pair) => ({ code: pair[language] });

const append: Pair = {
  python: 'with open("log.txt", "a") as f: f.write("x")\nprint(open("log.txt").read())',
  javascript:
    'import fs from "node:fs"; fs.appendFileSync("log.txt", "x"); console.log(fs.readFileSync("log.txt", "utf8"));',
};

describe.each(languages)('$language', ({ language, main }) => {
  const open = (): Promise<Session> => executor.openSession({ language });

  test('create, upload, run, download, list, close, and close again', async () => {
    const session = await open();
    await session.upload({
      name: main,
      content:
        language === 'python'
          ? 'print(open("in.txt").read())\nopen("out.bin", "wb").write(bytes(range(256)))'
          : 'import fs from "node:fs"; console.log(fs.readFileSync("in.txt", "utf8")); fs.writeFileSync("out.bin", Uint8Array.from({ length: 256 }, (_, i) => i));',
    });
    await session.upload({ name: 'in.txt', content: 'Z3LDvG4=', encoding: 'base64' });
    const { run } = await session.run({ entrypoint: main });
    expect(run).toEqual({ stdout: 'grün\n', stderr: '', exitCode: 0 });
    expect([...(await session.download('out.bin'))]).toEqual(Array.from({ length: 256 }, (_, i) => i));
    expect(await session.listFiles()).toEqual(['in.txt', main, 'out.bin'].sort());
    await session.close();
    await session.close();
    for (const call of [
      session.run({ entrypoint: main }),
      session.download('in.txt'),
      session.listFiles('.'),
      session.upload({ name: 'a', content: '' }),
      session.setWorkingDir('.'),
    ]) {
      const error = await failure(call);
      expect([error.tag, error.message]).toEqual(['internal', 'session is closed']);
    }
  });

  test('files persist between runs; the interpreter is fresh', async () => {
    await using session = await open();
    for (const expected of ['x\n', 'xx\n', 'xxx\n']) {
      expect((await session.run(code(language, append))).run.stdout).toBe(expected);
    }
    const define: Pair = { python: 'import builtins; builtins.leak = 1', javascript: 'globalThis.leak = 1;' };
    await session.run(code(language, define));
    const look: Pair = {
      python: 'import builtins; print(hasattr(builtins, "leak"))',
      javascript: 'console.log("leak" in globalThis ? "True" : "False");',
    };
    expect((await session.run(code(language, look))).run.stdout).toBe('False\n');
    expect(await session.listFiles()).toEqual(['log.txt']);
  });

  test('calls are carried out in the order they came', async () => {
    await using session = await open();
    const results = await Promise.all([
      session.run(code(language, append)),
      session.upload({ name: 'log.txt', content: 'new' }),
      session.run(code(language, append)),
      session.download('log.txt'),
    ]);
    expect(results[0].run.stdout).toBe('x\n');
    expect(results[2].run.stdout).toBe('newx\n');
    expect(Buffer.from(results[3]).toString()).toBe('newx');
  });

  test('a working directory holds for programs and paths', async () => {
    await using session = await open();
    await session.upload({ name: 'sub/deep/a.txt', content: 'deep' });
    await session.setWorkingDir('sub');
    await session.setWorkingDir('deep');
    expect(await session.listFiles('.')).toEqual(['a.txt']);
    await session.upload({ name: 'b.txt', content: 'b' });
    expect(Buffer.from(await session.download('/app/sub/deep/b.txt')).toString()).toBe('b');
    const where: Pair = {
      python: 'import os; print(os.getcwd(), open("a.txt").read())',
      javascript: 'import fs from "node:fs"; console.log(process.cwd(), fs.readFileSync("a.txt", "utf8"));',
    };
    expect((await session.run(code(language, where))).run.stdout).toBe('/app/sub/deep deep\n');
    await session.setWorkingDir('/app');
    expect(await session.listFiles()).toEqual(['sub']);
  });

  test('a path that is not there, or not of the kind, is runtime-failed with path and reason', async () => {
    await using session = await open();
    await session.upload({ name: 'dir/file', content: '' });
    const bad: readonly [Promise<unknown>, string][] = [
      [session.run({ entrypoint: 'missing' }), 'missing'],
      [session.run({ entrypoint: 'dir' }), 'dir'],
      [session.download('missing'), 'missing'],
      [session.download('dir'), 'dir'],
      [session.listFiles('missing'), 'missing'],
      [session.listFiles('dir/file'), 'dir/file'],
      [session.setWorkingDir('missing'), 'missing'],
      [session.setWorkingDir('dir/file'), 'dir/file'],
      [session.setWorkingDir('/'), '/'],
      [session.setWorkingDir('../etc'), '/etc'],
    ];
    for (const [call, path] of bad) {
      const error = await failure(call);
      expect([error.tag, error.run.exitCode]).toEqual(['runtime-failed', 1]);
      expect(error.run.stderr).toContain(path);
      expect(error.run.stderr).toMatch(/directory|inside/i);
    }
    expect(await session.listFiles()).toEqual(['dir']);
  });

  test('after each failure the session is usable and has its files', async () => {
    await using session = await open();
    const keep: Pair = {
      python: 'open("kept.txt", "a").write("k")\n',
      javascript: 'require("node:fs").appendFileSync("kept.txt", "k");\n',
    };
    const endings: readonly [string, Pair][] = [
      ['runtime-failed', { python: '1/0', javascript: 'throw new Error("no");' }],
      ['timeout', busy],
      ['resource-exceeded', busy],
    ];
    for (const [tag, end] of endings) {
      const both: Pair = { python: keep.python + end.python, javascript: keep.javascript + end.javascript };
      const limits = tag === 'timeout' ? { timeMs: 3_000 } : { fuel: 100_000_000 };
      expect((await failure(session.run({ ...code(language, both), limits }))).tag).toBe(tag);
    }
    const error = await failure(session.run(code(language, { python: 'x = (', javascript: 'let = ;' })));
    expect(error.tag).toBe('compilation-failed');
    expect(Buffer.from(await session.download('kept.txt')).toString()).toBe('kkk');
    expect((await session.run(code(language, hello))).run.stdout).toBe('hi\n');
  });

  test('close during a run ends it', async () => {
    const session = await open();
    const running = failure(session.run({ ...code(language, busy), limits: { timeMs: 20_000 } }));
    const waiting = failure(session.run(code(language, hello)));
    // The run is under way once the queue has had its turn.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await session.close();
    for (const error of [await running, await waiting]) {
      expect([error.tag, error.message]).toEqual(['internal', 'session is closed']);
    }
  });

  test('two sessions and a stateless run at the same time do not meet', async () => {
    const sessions = await Promise.all([open(), open(), open()]);
    const write = (i: number): Pair => ({
      python: `import os, sys\nopen("mine", "w").write("${i}")\nos.environ["SEEN"] = "${i}"\nprint(sys.stdin.read(), sorted(os.listdir(".")), os.environ.get("WHO"))`,
      javascript: `import fs from "node:fs"; fs.writeFileSync("mine", "${i}"); process.env.SEEN = "${i}"; const names = fs.readdirSync(".").sort().map((n) => "'" + n + "'").join(", "); console.log(fs.readFileSync(0, "utf8"), "[" + names + "]", process.env.WHO);`,
    });
    const results = await Promise.all(
      sessions.flatMap((session, i) =>
        [1, 2].map(() => session.run({ ...code(language, write(i)), stdin: `in ${i}`, env: { WHO: `w${i}` } })),
      ),
    );
    for (const [index, { run }] of results.entries()) {
      const i = index >> 1;
      expect(run.stdout.replace("'.session_code.py', ", '').replace("'.session_code.js', ", '')).toBe(
        `in ${i} ['mine'] w${i}\n`,
      );
    }
    for (const [i, session] of sessions.entries()) {
      expect(Buffer.from(await session.download('mine')).toString()).toBe(String(i));
      await session.close();
    }
  });

  test('streams in a session', async () => {
    await using session = await open();
    const tags: string[] = [];
    for await (const event of session.runStreaming(code(language, append))) tags.push(event.tag);
    expect(tags.at(-1)).toBe('finished');
    expect(tags[0]).toBe('stdout-chunk');
    expect(await session.listFiles()).toEqual(['log.txt']);
  });

  test('quotas hold over the runs of a session', async () => {
    await using session = await executor.openSession({
      language,
      limits: { workspaceBytes: 100_000, files: 5, fileSizeBytes: 60_000 },
    });
    await session.upload({ name: 'a', content: 'x'.repeat(60_000) });
    expect((await failure(session.upload({ name: 'b', content: 'x'.repeat(60_001) }))).tag).toBe('resource-exceeded');
    expect((await failure(session.upload({ name: 'b', content: 'x'.repeat(50_000) }))).tag).toBe('resource-exceeded');
    const write: Pair = {
      python: 'with open("c", "wb") as f: f.write(b"x" * 50000)',
      javascript: 'import fs from "node:fs"; fs.writeFileSync("c", new Uint8Array(50000));',
    };
    const error = await failure(session.run(code(language, write)));
    expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', 'workspaceBytes']);
    expect((await session.run(code(language, hello))).run.stdout).toBe('hi\n');
    expect((await session.download('a')).length).toBe(60_000);
  });

  test('whatever links a program leaves, only its own files are reached', async () => {
    await using session = await open();
    const links: Pair = {
      python:
        'import os\nos.symlink("/etc/passwd", "a")\nos.symlink("../../../etc", "b")\nos.symlink("c", "c")\nos.symlink("/app", "self")\nopen("real", "w").write("r")',
      javascript:
        'import fs from "node:fs"; fs.symlinkSync("/etc/passwd", "a"); fs.symlinkSync("../../../etc", "b"); fs.symlinkSync("c", "c"); fs.symlinkSync("/app", "self"); fs.writeFileSync("real", "r");',
    };
    await session.run(code(language, links));
    for (const path of ['a', 'b/passwd', 'c'])
      expect((await failure(session.download(path))).tag).toBe('runtime-failed');
    expect(Buffer.from(await session.download('self/self/real')).toString()).toBe('r');
    expect((await failure(session.upload({ name: 'c', content: '' }))).tag).toBe('runtime-failed');
  });
});

test('malformed calls name their field', async () => {
  await expect(executor.openSession({ language: 'python', persist: 'forever' as 'workspace' })).rejects.toThrow(
    'persist',
  );
  await expect(executor.openSession({ language: 'python', speed: 1 } as never)).rejects.toThrow('speed');
  expect((await failure(executor.openSession({ language: 'ruby' as LanguageKind }))).tag).toBe('unsupported-language');
  await using session = await executor.openSession({ language: 'python' });
  await expect(session.run({})).rejects.toThrow('entrypoint');
  await expect(session.run({ entrypoint: 'a', code: 'b' })).rejects.toThrow('entrypoint');
  await expect(session.upload({ name: '../a', content: '' })).rejects.toThrow('file.name');
  await expect(session.upload({ name: 'a/', content: '' })).rejects.toThrow('file.name');
  await expect(session.download('a\0')).rejects.toThrow('path');
});

test.each(languages)('fifty sessions of $language at once', { timeout: 120_000 }, async ({ language }) => {
  const sessions = await Promise.all(Array.from({ length: 50 }, () => executor.openSession({ language })));
  const print = (i: number): Pair => ({ python: `print(${i})`, javascript: `console.log(${i})` });
  const results = await Promise.all(sessions.map((session, i) => session.run(code(language, print(i)))));
  expect(results.map(({ run }) => run.stdout)).toEqual(Array.from({ length: 50 }, (_, i) => `${i}\n`));
  await Promise.all(sessions.map((session) => session.close()));
});

/** Says what it finds of a variable, which it then sets to its name. */
const mark: Pair = {
  python: 'import sys\nprint(sys.argv[1], globals().get("mark", "-"))\nmark = sys.argv[1]',
  javascript:
    '{ const kept = globalThis._state ?? globalThis; console.log(process.argv[2], kept.mark ?? "-"); kept.mark = process.argv[2]; }',
};

describe.each([1, 3])('sessions of all kinds and languages, and stateless runs, in %d workers', (workers) => {
  test('have their own variables only', { timeout: 120_000 }, async () => {
    await using several = createExecutor({ workers });
    const kinds = ['workspace', 'globals', 'heap'] as const;
    const opened = await Promise.all(
      languages.flatMap(({ language }) =>
        [1, 2].flatMap((copy) =>
          kinds.map(async (persist) => {
            const session = await several.openSession({ language, persist });
            return { session, language, persist, who: `${language}-${persist}-${copy}` };
          }),
        ),
      ),
    );
    for (const round of [1, 2, 3]) {
      const ended = await Promise.all([
        ...opened.map(({ session, language, who }) => session.run({ ...code(language, mark), args: [who] })),
        ...languages.map(({ language, main }) =>
          several.run({ language, files: [{ name: main, content: mark[language] }], args: ['none'] }),
        ),
      ]);
      expect(ended.map(({ run }) => run.stdout)).toEqual([
        ...opened.map(({ persist, who }) => `${who} ${persist === 'workspace' || round === 1 ? '-' : who}\n`),
        ...languages.map(() => 'none -\n'),
      ]);
    }
    await Promise.all(opened.map(({ session }) => session.close()));
  });
});
