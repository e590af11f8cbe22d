/** What only a bare component has: its configuration, its preopens, one tenant an instance, output kept, wasi:cli/run. */
import type { LanguageKind } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { entry } from './suite.ts';
import { type Expected, languages, main, mainName, pick, type RequestRow } from './table.ts';
import { executor, fromResult, openSession, pull, pullStreaming, runArguments, value } from './targets/wasmtime.ts';
import { type Instance, type InstanceOptions, Wasmtime } from './wasmtime/driver.ts';

let wasmtime: Wasmtime;
beforeAll(async () => {
  wasmtime = await Wasmtime.start();
});
afterAll(() => wasmtime?.close());

const hello: RequestRow = { files: [main('print("hi")', 'console.log("hi")')] };
const says = (message: RegExp): Expected => ({ arm: 'internal', message });

describe.each(languages)('component: %s', (language) => {
  const instantiate = (options: InstanceOptions = {}): Promise<Instance> => wasmtime.instantiate(language, options);
  const run = async (instance: Instance, request: RequestRow, expected: Expected): Promise<void> => {
    const called = await instance.call(executor, 'run', ...runArguments(request, language));
    check(fromResult(called), expected, 'wasmtime', language);
  };

  test('without a preopened folder the files of the request can be imported', async () => {
    await using instance = await instantiate({ app: false });
    await run(
      instance,
      {
        files: [
          main(
            'from lib.m import v\nimport p\nprint(v, p.w)',
            'import { v } from "./lib/m.mjs"; import { w } from "./p.cjs"; console.log(v, w);',
          ),
          { name: 'lib/m.py', content: 'v = 1' },
          { name: 'p/__init__.py', content: 'w = 2' },
          { name: 'lib/m.mjs', content: 'export const v = 1;' },
          { name: 'p.cjs', content: 'exports.w = 2;' },
        ],
      },
      { stdout: '1 2\n' },
    );
  });

  test('without a preopened folder a session says what to do', async () => {
    await using instance = await instantiate({ app: false });
    const session = await openSession(instance, language);
    const because = says(/^no directory is preopened at \/app: /);
    check(await session.upload({ name: 'a', content: '' }), because, 'wasmtime', language);
    check(await session.download('a'), because, 'wasmtime', language);
    check(await session.list('.'), because, 'wasmtime', language);
    check(await session.cd('.'), because, 'wasmtime', language);
    check(await session.close(), {}, 'wasmtime', language);
  });

  test('one session at a time: the second waits for the first to close', async () => {
    await using instance = await instantiate();
    const first = await openSession(instance, language);
    const second = await openSession(instance, language);
    const refused = says(/one instance per session/);
    check(await first.upload(hello.files[0] ?? expect.fail()), {}, 'wasmtime', language);
    check(await second.list('.'), refused, 'wasmtime', language);
    check(await second.run(entry), refused, 'wasmtime', language);
    check(await second.stream(entry), refused, 'wasmtime', language);
    await run(instance, hello, refused);
    check(await first.run(entry), { stdout: 'hi\n' }, 'wasmtime', language);
    check(await first.close(), {}, 'wasmtime', language);
    check(await second.run(entry), { stdout: 'hi\n' }, 'wasmtime', language);
    check(await second.close(), {}, 'wasmtime', language);
    await run(instance, hello, { stdout: 'hi\n' });
  });

  test.skipIf(language === 'python')('dropping the handle closes the session (Python: see its README)', async () => {
    await using instance = await instantiate();
    const first = await openSession(instance, language);
    await instance.drop(first.handle);
    await run(instance, hello, { stdout: 'hi\n' });
  });

  test('the files of a stateless run are gone after it', async () => {
    await using instance = await instantiate();
    const names: RequestRow = {
      files: [
        main(
          'import os\nprint(sorted(n for _, d, f in os.walk("/app") for n in d + f))',
          'import fs from "node:fs"; console.log("[" + fs.readdirSync("/app", { recursive: true }).sort().map((n) => `\'${n}\'`).join(", ") + "]");',
        ),
      ],
    };
    const left: Expected = { stdout: { python: "['main.py']\n", javascript: "['main.mjs']\n" } };
    await run(
      instance,
      { files: [...hello.files, { name: 'a/b/c', content: '' }, { name: 'd', content: '' }] },
      { stdout: 'hi\n' },
    );
    await run(instance, names, left);
    await run(instance, { files: [main('1/0', 'null.x'), { name: 'a/b/c', content: '' }] }, { arm: 'runtime-failed' });
    await run(instance, names, left);
  });

  test('EXEC_TIMEOUT_MS is the limit where the request names none; programs do not see it', async () => {
    const env = [
      ['EXEC_TIMEOUT_MS', '100'],
      ['EXEC_MEMORY_LIMIT_MB', '512'],
      ['OTHER', '1'],
    ] as const;
    await using instance = await instantiate({ env });
    const slow = main(
      'import time\ntime.sleep(0.2)\nprint("done")',
      'await new Promise((r) => setTimeout(r, 200)); console.log("done");',
    );
    await run(instance, { files: [slow] }, { arm: 'timeout' });
    await run(instance, { files: [slow], limits: { timeMs: 10_000 } }, { stdout: 'done\n' });
    await run(
      instance,
      { files: [main('import os\nprint(len(os.environ))', 'console.log(Object.keys(process.env).length)')] },
      { stdout: '3\n' },
    );
  });

  test('EXEC_MEMORY_LIMIT_MB is the limit where the request names none', async () => {
    await using instance = await instantiate({ env: [['EXEC_MEMORY_LIMIT_MB', '48']], memoryBytes: 48 << 20 });
    const large = main('x = bytearray(64 << 20)', 'new Uint8Array(64 << 20)');
    await run(instance, { files: [large] }, { arm: 'resource-exceeded' });
    await run(instance, hello, { stdout: 'hi\n' });
  });

  test.each([
    ['EXEC_TIMEOUT_MS', 'soon'],
    ['EXEC_TIMEOUT_MS', '0'],
    ['EXEC_MEMORY_LIMIT_MB', '-1'],
    ['EXEC_MEMORY_LIMIT_MB', '1.5'],
  ])('%s=%s is refused by name', async (name, text) => {
    await using instance = await instantiate({ env: [[name, text]] });
    await run(instance, hello, says(new RegExp(name)));
  });

  test('EXEC_STDIO=inherit passes everything on; a stream keeps its events all the same', async () => {
    await using instance = await instantiate({ env: [['EXEC_STDIO', 'inherit']], stdin: 'from the host' });
    const echo: RequestRow = {
      files: [
        main(
          'import sys\nprint(sys.stdin.read())\nprint("e", file=sys.stderr)',
          'import fs from "node:fs"; console.log(fs.readFileSync(0, "utf8")); console.error("e");',
        ),
      ],
    };
    const called = fromResult(await instance.call(executor, 'run', ...runArguments(echo, language)));
    expect(called.stage).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(await instance.output()).toEqual({ stdout: 'from the host\n', stderr: 'e\n' });
    const failing = { files: [main('1/0', 'null.x')] };
    const failed = fromResult(await instance.call(executor, 'run', ...runArguments(failing, language)));
    expect(failed).toEqual({ arm: 'runtime-failed', stage: { stdout: '', stderr: '', exitCode: 1 } });
    expect((await instance.output()).stderr).toMatch(/^e\n(.|\n)*Error/);
    const before = (await instance.output()).stdout;
    const stream = await instance.call(pullStreaming, 'run', ...runArguments({ ...echo, stdin: 'given' }, language));
    check(await pull(instance, stream), { stdout: 'given\n', stderr: 'e\n' }, 'wasmtime', language);
    expect((await instance.output()).stdout).toBe(before);
  });

  test('two MiB of each stream are kept, and the program goes on', async () => {
    await using instance = await instantiate();
    const large = main(
      'import sys\nprint("x" * 3000000)\nprint("e" * 3000000, file=sys.stderr)\nsys.exit(5)',
      'console.log("x".repeat(3000000)); console.error("e".repeat(3000000)); process.exit(5);',
    );
    const kept = 2 << 20;
    await run(instance, { files: [large] }, { stdout: 'x'.repeat(kept), stderr: 'e'.repeat(kept), exitCode: 5 });
  });

  test('a stream that nobody reads to its end is let go; the next run works', async () => {
    await using instance = await instantiate();
    const lines = { files: [main('for i in range(9): print(i)', 'for (let i = 0; i < 9; i++) console.log(i);')] };
    const unread = value(await instance.call(pullStreaming, 'run', ...runArguments(lines, language)));
    await instance.drop(unread);
    const begun = value(await instance.call(pullStreaming, 'run', ...runArguments(lines, language)));
    expect(value(await instance.call(pullStreaming, '[method]event-stream.next', begun))).toMatchObject({
      tag: 'stdout-chunk',
    });
    await run(instance, hello, { stdout: 'hi\n' });
    await instance.drop(begun);
    await run(instance, hello, { stdout: 'hi\n' });
  });

  test('a stream of a session that is closed before the first event fails', async () => {
    await using instance = await instantiate();
    const session = await openSession(instance, language);
    await session.upload(hello.files[0] ?? expect.fail());
    const stream = await instance.call(
      pullStreaming,
      'session-run',
      session.handle,
      pick(mainName, language),
      [],
      null,
      [],
      null,
    );
    await session.close();
    check(await pull(instance, stream), { arm: 'internal', message: 'session is closed' }, 'wasmtime', language);
  });

  test('entropy and clocks are those of the run, not of the build', async () => {
    const draw: RequestRow = {
      files: [
        main(
          'import random, uuid, time, os\nprint(random.random(), uuid.uuid4(), os.urandom(4).hex(), time.time() > 1.7e9)',
          'console.log(Math.random(), Math.random(), Date.now() > 1.7e12)',
        ),
      ],
    };
    const seen = new Set<string>();
    for (let i = 0; i < 2; i++) {
      await using instance = await instantiate();
      for (let j = 0; j < 2; j++) {
        const answer = fromResult(await instance.call(executor, 'run', ...runArguments(draw, language)));
        expect(answer.stage?.stdout).toMatch(/[Tt]rue\n$/);
        for (const word of answer.stage?.stdout.trim().split(' ').slice(0, -1) ?? []) seen.add(word);
      }
    }
    expect(seen.size).toBe(language === 'python' ? 12 : 8);
  });

  test('wasi:cli/run runs a program as a command does', async () => {
    const command = async (options: InstanceOptions, file?: string): Promise<[string, unknown]> => {
      await using instance = await instantiate(options);
      if (file !== undefined) {
        const session = await openSession(instance, language);
        await session.upload({ name: mainName, content: file });
        await session.close();
      }
      const called = await instance.call('wasi:cli/run@0.2.12', 'run');
      const ended = 'trap' in called ? /exit status (\d+)|Exited with (\w+)/.exec(called.trap)?.[0] : 'value' in called;
      return [(await instance.output()).stdout, ended];
    };
    const echo = pick(
      { python: 'import sys\nprint(sys.argv[1:])', javascript: 'console.log(process.argv.slice(2).map((a) => a))' },
      language,
    );
    const shown = pick({ python: "['a', 'b']\n", javascript: "[ 'a', 'b' ]\n" }, language);
    const script = `/app/${pick(mainName, language)}`;
    expect(await command({ argv: ['component', script, 'a', 'b'] }, echo)).toEqual([shown, true]);
    expect(await command({ argv: ['component', '-', 'a', 'b'], stdin: echo })).toEqual([shown, true]);
    const [, ended] = await command({ argv: ['component', '-'], stdin: exitWith(language, 7) });
    expect(ended).not.toBe(true);
  });
});

function exitWith(language: LanguageKind, code: number): string {
  return language === 'python' ? `import sys; sys.exit(${code})` : `process.exit(${code})`;
}
