import {
  createExecutor,
  ExecError,
  type ExecRequest,
  type Executor,
  InvalidRequestError,
  type LanguageKind,
} from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, hello, languages, type Pair, program } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const request = (language: LanguageKind, pair: Pair, rest: Partial<ExecRequest> = {}): ExecRequest => ({
  ...rest,
  language,
  files: [program(language, pair), ...(rest.files ?? [])],
});

/** The error that a run ends with; afterwards the next run works. */
async function failure(bad: ExecRequest): Promise<unknown> {
  const error = await executor.run(bad).then(
    (result) => expect.fail(`completed: ${JSON.stringify(result)}`),
    (thrown: unknown) => thrown,
  );
  const language = bad.language === 'javascript' ? 'javascript' : 'python';
  const next = await executor.run({ language, files: [program(language, hello)] });
  expect(next.run).toEqual({ stdout: 'hi\n', stderr: '', exitCode: 0 });
  return error;
}

async function execFailure(bad: ExecRequest): Promise<ExecError> {
  const error = await failure(bad);
  expect(error).toBeInstanceOf(ExecError);
  return error as ExecError;
}

describe.each(languages)('$language', ({ language, main }) => {
  test('a syntax error is compilation-failed, with the file and line', async () => {
    const error = await execFailure(
      request(language, { python: 'x = 1\nif x\n  pass', javascript: 'let x = 1;\nif x {}\n' }),
    );
    expect(error.tag).toBe('compilation-failed');
    expect(error.compile?.stderr).toMatch(new RegExp(`/app/${main}.*2`, 's'));
    expect(error.compile?.stderr).toContain('SyntaxError');
    expect(error.compile?.exitCode).toBe(1);
    expect(error.val).toEqual(error.compile);
  });

  test('an uncaught exception is runtime-failed, with the traceback and what was printed', async () => {
    const error = await execFailure(
      request(
        language,
        {
          python: 'import helper\nprint("before")\nhelper.fail("bad value")',
          javascript: 'import { fail } from "./helper.mjs";\nconsole.log("before");\nfail("bad value");',
        },
        {
          files: [
            { name: 'helper.py', content: '\ndef fail(text):\n  raise ValueError(text)' },
            { name: 'helper.mjs', content: '\nexport function fail(text) {\n  throw new TypeError(text);\n}' },
          ],
        },
      ),
    );
    expect(error.tag).toBe('runtime-failed');
    expect(error.run.stdout).toBe('before\n');
    expect(error.run.exitCode).toBe(1);
    expect(error.run.stderr).toContain(language === 'python' ? 'ValueError: bad value' : 'TypeError: bad value');
    expect(error.run.stderr).toMatch(new RegExp(`/app/${main}\\D+3`));
    expect(error.run.stderr).toMatch(/\/app\/helper\.(py|mjs)\D+3/);
    expect(error.timeMs).toBeGreaterThan(0);
    expect(error.memoryBytes).toBeGreaterThan(0);
  });

  test('a busy loop is stopped at its deadline, with what it printed', async () => {
    const error = await execFailure(
      request(
        language,
        { python: `print("started")\n${busy.python}`, javascript: `console.log("started");\n${busy.javascript}` },
        { limits: { timeMs: 300 } },
      ),
    );
    expect(error.tag).toBe('timeout');
    expect(error.run.stdout).toBe('started\n');
    expect(error.val).toBeNull();
    expect(error.message).toContain('limits.timeMs');
  });

  test('a sleeping program is stopped at its deadline', async () => {
    const error = await execFailure(
      request(
        language,
        { python: 'import time; time.sleep(60)', javascript: 'await new Promise((r) => setTimeout(r, 60000))' },
        { limits: { timeMs: 200 } },
      ),
    );
    expect(error.tag).toBe('timeout');
    expect(error.timeMs).toBeLessThan(30_000);
  });

  test('a program that catches everything is stopped all the same', async () => {
    const error = await execFailure(
      request(
        language,
        {
          python: 'while True:\n  try:\n    while True: pass\n  except BaseException: pass\n  finally: continue',
          javascript: 'for (;;) { try { while (true) {} } catch {} finally { continue; } }',
        },
        { limits: { timeMs: 200 } },
      ),
    );
    expect(error.tag).toBe('timeout');
  });

  test('fuel that is used up is resource-exceeded', async () => {
    const error = await execFailure(request(language, busy, { limits: { fuel: 50_000_000 } }));
    expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', 'fuel']);
    expect(error.fuel).toBeGreaterThanOrEqual(50_000_000);
  });

  test('the same program spends the same fuel', async () => {
    const pair: Pair = {
      python: 'print(sum(i * i for i in range(20000)))',
      javascript: 'let s = 0; for (let i = 0; i < 20000; i++) s += i * i; console.log(s);',
    };
    const spent = new Set<number | undefined>();
    for (let i = 0; i < 3; i++) spent.add((await executor.run(request(language, pair))).fuel);
    expect(spent.size).toBe(1);
    expect([...spent][0]).toBeGreaterThan(20_000);
  });

  test('an aborted signal rejects with its reason', async () => {
    const reason = new Error('not needed any more');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    const running = request(language, busy, { signal: controller.signal, limits: { timeMs: 20_000 } });
    expect(await failure(running)).toBe(reason);
    expect(await failure(request(language, hello, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  test('text that is not valid in its encoding is compilation-failed and names file and offset', async () => {
    const bad = [
      { name: 'a.txt', content: 'YWJ$', encoding: 'base64' },
      { name: 'a.txt', content: '0g', encoding: 'hex' },
      { name: 'a.txt', content: Uint8Array.of(0x61, 0xff), encoding: 'utf8' },
    ] as const;
    for (const file of bad) {
      const error = await execFailure(request(language, hello, { files: [file] }));
      expect(error.tag).toBe('compilation-failed');
      expect(error.compile?.stderr).toMatch(/^a\.txt: not valid (base64|hex|utf8) at offset [13]/);
    }
  });

  test('more input than inputBytes is resource-exceeded', async () => {
    const error = await execFailure(
      request(language, hello, { stdin: 'x'.repeat(2000), limits: { inputBytes: 1000 } }),
    );
    expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', 'input']);
  });

  test('no path of the host is in what a program can see', async () => {
    const error = await execFailure(
      request(language, {
        python:
          'import sys, os, json, asyncio, traceback\nprint(sys.path, sys.prefix, sys.executable, json.__file__, os.getcwd(), sys.modules)\nasyncio.run(json.loads("{"))',
        javascript:
          'console.log(process.argv, process.cwd(), import.meta.url, process.execPath, process.env);\nJSON.parse("{");',
      }),
    );
    const seen = error.run.stdout + error.run.stderr;
    for (const part of new Set([
      process.cwd(),
      import.meta.dirname,
      process.execPath,
      process.env['HOME'] ?? '/root',
    ])) {
      expect(seen).not.toContain(part);
    }
  });
});

test('an unknown language is unsupported-language', async () => {
  const bad = { language: 'ruby', files: [{ name: 'main.rb', content: 'puts 1' }] } as unknown as ExecRequest;
  const error = await execFailure(bad);
  expect(error.tag).toBe('unsupported-language');
  expect(error.message).toContain('javascript, python');
});

describe('a malformed request never reaches a program', () => {
  const file = (name: string) => ({ name, content: '' });
  test.each([
    ['files', { files: [] }],
    ['files[0].name', { files: [file('')] }],
    ['files[0].name', { files: [file('a/')] }],
    ['files[0].name', { files: [file('a\0b')] }],
    ['files[0].name', { files: [file('a\\b')] }],
    ['files[0].name', { files: [file('../x')] }],
    ['files[0].name', { files: [file('a/../../x')] }],
    ['files[0].name', { files: [file('/etc/x')] }],
    ['files[0].name', { files: [file('/app')] }],
    ['files[0].name', { files: [file('.')] }],
    ['files[0].name', { files: [file('\ud800')] }],
    ['files[0].name', { files: [file('x'.repeat(10_000))] }],
    ['files[1].name', { files: [file('a'), file('a')] }],
    ['files[1].name', { files: [file('a'), file('./b/../a')] }],
    ['files[1].name', { files: [file('a'), file('a/b')] }],
    ['files[0].content', { files: [{ name: 'a', content: 5 }] }],
    ['files[0].encoding', { files: [{ name: 'a', content: '', encoding: 'utf16' }] }],
    ['args[1]', { args: ['a', 1] }],
    ['args[0]', { args: ['a\0'] }],
    ['env', { env: { 'A=B': 'c' } }],
    ['env[0]', { env: [['A']] }],
    ['stdin', { stdin: 7 }],
    ['limits.timeMs', { limits: { timeMs: 0 } }],
    ['limits.timeMs', { limits: { timeMs: Number.NaN } }],
    ['limits.timeMs', { limits: { timeMs: 1.5 } }],
    ['limits.memoryBytes', { limits: { memoryBytes: Number.POSITIVE_INFINITY } }],
    ['limits.fuel', { limits: { fuel: -1 } }],
    ['limits.speed', { limits: { speed: 1 } }],
    ['file', { file: 'main.py' }],
  ])('%s in %j', async (field, part) => {
    const bad = { language: 'python', files: [file('main.py')], ...part } as unknown as ExecRequest;
    const error = await failure(bad);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as InvalidRequestError).field).toBe(field);
  });

  test('absolute names inside /app and ordinary words of JavaScript are names', async () => {
    const names = ['__proto__', 'constructor', 'toString', '/app/x', '...', 'a b', 'é'];
    const files = [
      { name: '/app/main.py', content: 'import os\nprint(len(os.listdir("/app")), open("__proto__").read())' },
      ...names.map((name) => ({ name, content: name })),
    ];
    const { run } = await executor.run({ language: 'python', files });
    expect(run.stdout).toBe('8 __proto__\n');
  });
});

test('a closed executor says so', async () => {
  const closed = createExecutor({ workers: 1 });
  await closed.close();
  await closed.close();
  await expect(closed.run(request('python', hello))).rejects.toThrow('the executor is closed');
});
