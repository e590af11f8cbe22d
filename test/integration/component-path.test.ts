import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createExecutor,
  type ExecError,
  type ExecEvent,
  type ExecRequest,
  type ExecResult,
  InvalidRequestError,
  type LanguageKind,
} from 'golem-exec';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../../host/src/node/cache.ts';
import { languages, program } from './programs.ts';
import { type Answering, answerArm, answeringComponent, component, importing } from './replacement/answering.ts';
import { spiderMonkeyComponent } from './replacement/spidermonkey.ts';

const variables = { javascript: 'EXEC_JS_QUICKJS_PATH', python: 'EXEC_PYTHON_WASI_PATH' } as const;
const built = (language: LanguageKind): string =>
  fileURLToPath(new URL(`../../dist/components/exec-${language}.wasm`, import.meta.url));

let folder: string;
const cacheHome = process.env['XDG_CACHE_HOME'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golem-exec-path-'));
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
});
afterEach(() => {
  for (const variable of Object.values(variables)) delete process.env[variable];
});
afterAll(async () => {
  if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cacheHome;
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function answering(name: string, options?: Answering): Promise<string> {
  return await file(name, await answeringComponent(options));
}

/** A run in an executor of its own, whose JavaScript component is another one. */
async function runIn(path: string, request: Partial<ExecRequest> = {}): Promise<ExecResult> {
  await using executor = createExecutor({ workers: 1, components: { javascript: path } });
  return await executor.run({ language: 'javascript', files: [{ name: 'main.js', content: '' }], ...request });
}

async function failureIn(path: string, request?: Partial<ExecRequest>): Promise<ExecError> {
  return await runIn(path, request).then(
    (result) => expect.fail(`completed: ${JSON.stringify(result)}`),
    (error: ExecError) => error,
  );
}

describe.each(languages)('a copy of the built component in $language', ({ language, main }) => {
  const counting = program(language, {
    python:
      'import sys, pathlib\nprint(sys.stdin.read(), len(list(pathlib.Path().iterdir())), hasattr(sys, "seen"))\nsys.seen = 1',
    javascript:
      'import fs from "node:fs";\nconsole.log(fs.readFileSync(0, "utf8"), fs.readdirSync(".").length, "seen" in globalThis);\nglobalThis.seen = 1;',
  });

  test(`works as before when ${variables[language]} names it`, async () => {
    const copy = join(folder, `copy of ${main}.wasm`);
    await copyFile(built(language), copy);
    process.env[variables[language]] = copy;
    await using executor = createExecutor({ workers: 1 });
    // What the variable is later does not matter.
    process.env[variables[language]] = '/nowhere';
    const request = { language, files: [counting], stdin: 'text' };
    const printed = language === 'python' ? 'text 1 False\n' : 'text 1 false\n';
    for (let i = 0; i < 3; i++) {
      const { run, fuel } = await executor.run(request);
      expect(run).toEqual({ stdout: printed, stderr: '', exitCode: 0 });
      expect(fuel).toBeGreaterThan(0);
    }
    await using session = await executor.openSession({ language });
    await session.upload(counting);
    await session.upload({ name: 'more', content: '' });
    const { run } = await session.run({ entrypoint: counting.name, stdin: new Uint8Array([0x61, 0x0a]) });
    expect(run.stdout).toContain('a\n 2 ');
  });
});

describe('a component with another engine (SpiderMonkey)', () => {
  let path: string;
  beforeAll(async () => {
    path = await spiderMonkeyComponent();
  });
  const source = (content: string): Pick<ExecRequest, 'files'> => ({ files: [{ name: 'main.js', content }] });

  test('runs programs: its returned output is the output, and nothing stays from run to run', async () => {
    await using executor = createExecutor({ workers: 1, components: { javascript: path } });
    const code = 'globalThis.runs = (globalThis.runs ?? 0) + 1; print(runs, args, stdin, env.A)';
    for (let i = 0; i < 3; i++) {
      const given = { args: ['x', 'y'], stdin: 'é', env: { A: 'b' } };
      const result = await executor.run({ language: 'javascript', ...source(code), ...given });
      expect(result.compile).toEqual({ stdout: '', stderr: '', exitCode: 0 });
      expect(result.run).toEqual({ stdout: '1 x,y é b\n', stderr: '', exitCode: 0 });
      expect(result.memoryBytes).toBeGreaterThan(1_000_000);
    }
    const events: string[] = [];
    for await (const event of executor.runStreaming({ language: 'javascript', ...source('print("streamed")') })) {
      events.push(event.tag === 'stdout-chunk' ? `chunk ${Buffer.from(event.val)}` : event.tag);
    }
    expect(events).toEqual(['chunk streamed\n', 'finished']);
    await using session = await executor.openSession({ language: 'javascript' });
    const { run } = await session.run({ code: 'print("in a session")' });
    expect(run.stdout).toBe('in a session\n');
  });

  test('ends in each arm of the contract', async () => {
    const syntax = await failureIn(path, source('print('));
    expect([syntax.tag, syntax.compile?.stderr]).toEqual([
      'compilation-failed',
      expect.stringContaining('SyntaxError'),
    ]);
    const thrown = await failureIn(path, source('print("before"); throw new TypeError("no")'));
    expect([thrown.tag, thrown.run]).toEqual([
      'runtime-failed',
      { stdout: 'before\n', stderr: 'TypeError: no\n', exitCode: 1 },
    ]);
  });

  test('is held to the limits', async () => {
    const slow = await failureIn(path, { ...source('for (;;);'), limits: { timeMs: 200 } });
    expect(slow.tag).toBe('timeout');
    const costly = await failureIn(path, { ...source('print(1)'), limits: { fuel: 1000 } });
    expect([costly.tag, costly.details]).toEqual(['resource-exceeded', { reason: 'fuel' }]);
    const large = await failureIn(path, {
      ...source('const all = []; for (;;) all.push(new Uint8Array(1e6))'),
      limits: { memoryBytes: 64 * 1024 * 1024 },
    });
    expect(large.run.stderr).toBe('out of memory\n');
    expect(large.memoryBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    const long = await runIn(path, { ...source('print("x".repeat(1000))'), limits: { outputBytes: 10 } });
    expect([long.run.stdout, long.stdoutTruncated, long.stderrTruncated]).toEqual(['x'.repeat(10), true, false]);
  });
});

describe('a component that only answers', () => {
  test('needs no imports, and gets stdin as the argument', async () => {
    const path = await answering('plain.wasm', { exitCode: '(i32.const 300)' });
    const { run } = await runIn(path, { stdin: 'given' });
    expect(run).toEqual({ stdout: 'main.js', stderr: 'given', exitCode: 300 & 0xff });
    const bytes = await runIn(path, { stdin: new Uint8Array([0xff]) });
    expect(bytes.run.stderr).toBe('');
  });

  const next = '(i32.add (i32.load (i32.const 0)) (i32.const 1))';
  test.each<[string, Answering]>([
    ['its memory', { run: `(i32.store (i32.const 0) ${next})`, exitCode: '(i32.load (i32.const 0))' }],
    [
      'a global',
      {
        fields: '(global $runs (mut i32) (i32.const 0))',
        run: '(global.set $runs (i32.add (global.get $runs) (i32.const 1)))',
        exitCode: '(global.get $runs)',
      },
    ],
    [
      'a table',
      {
        fields: '(table $runs 0 funcref)',
        run: '(drop (table.grow $runs (ref.null func) (i32.const 1)))',
        exitCode: '(table.size $runs)',
      },
    ],
    ['the size of its memory', { run: '(drop (memory.grow (i32.const 1)))', exitCode: '(memory.size)' }],
  ])('keeps nothing in %s from run to run', async (name, options) => {
    const fields = `${importing.fields} ${options.fields ?? ''}`;
    for (const [kind, more] of Object.entries({ plain: {}, importing: { ...importing, fields } })) {
      const javascript = await answering(`${kind} ${name}.wasm`, { ...options, ...more });
      await using executor = createExecutor({ workers: 1, components: { javascript } });
      const codes: (number | undefined)[] = [];
      for (let i = 0; i < 3; i++) {
        const { run } = await executor.run({ language: 'javascript', files: [{ name: 'main.js', content: '' }] });
        codes.push(run.exitCode);
      }
      expect(codes).toEqual(Array(3).fill(name === 'the size of its memory' ? 2 : 1));
    }
  });

  test('is not broken by the engine’s first session', async () => {
    const path = await answering('close traps.wasm', { close: 'unreachable' });
    expect((await runIn(path)).run.stdout).toBe('main.js');
  });

  test('ends by a trap as SIGABRT, and by a loop as timeout', async () => {
    const trap = await failureIn(await answering('trap.wasm', { run: '(unreachable)' }));
    expect([trap.tag, trap.run.signal]).toEqual(['runtime-failed', 'SIGABRT']);
    const loop = await failureIn(await answering('loop.wasm', { run: '(loop (br 0))' }), { limits: { timeMs: 50 } });
    expect(loop.tag).toBe('timeout');
  });
});

describe('what is no component of the language', () => {
  const internal = async (path: string): Promise<string> => {
    const error = await failureIn(path);
    expect(error.tag).toBe('internal');
    expect(error.message).toContain(`components.javascript: ${JSON.stringify(path)} `);
    return error.message.slice(error.message.indexOf(path) + path.length + 2);
  };
  const advice = 'exports golem:exec/executor@1.0.0 and golem:exec/sessions@1.0.0, or nothing to use the built one';

  test('a file that is missing, a folder, a text', async () => {
    expect(await internal(join(folder, 'missing.wasm'))).toMatch(/^does not exist; name a component \.wasm file/);
    expect(await internal(folder)).toMatch(/^is not a file; /);
    expect(await internal(await file('text.wasm', '(component)'))).toMatch(/^is not a WebAssembly component; /);
    expect(await internal(await file('empty.wasm', ''))).toMatch(/^is not a WebAssembly component; .*built one$/);
  });

  test('a core module', async () => {
    const core = await file('core.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(await internal(core)).toBe(
      `is a core WebAssembly module and not a component; name a component .wasm file that ${advice}`,
    );
  });

  test('a component that is cut', async () => {
    const bytes = await answeringComponent();
    const cut = await internal(await file('cut.wasm', bytes.subarray(0, bytes.length / 2)));
    expect(cut).toMatch(/^cannot be transpiled \(.+\); name a component/s);
  });

  test('a component without the contract’s exports: the message says what it exports', async () => {
    const add = '(module (func (export "add") (param i32 i32) (result i32) (local.get 0)))';
    const other = await component(add, 'export add: func(a: u32, b: u32) -> u32;');
    expect(await internal(await file('other.wasm', other))).toBe(
      'does not export golem:exec/executor@1.0.0 and golem:exec/sessions@1.0.0 (it exports add); ' +
        `name a component .wasm file that ${advice}`,
    );
    const half = await answeringComponent({ world: 'export sessions;' });
    expect(await internal(await file('half.wasm', half))).toMatch(
      /^does not export golem:exec\/executor@1\.0\.0 \(it exports golem:exec\/sessions@1\.0\.0\); /,
    );
    const nothing = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
    expect(await internal(await file('nothing.wasm', nothing))).toContain('(it exports nothing)');
  });

  test('a component that needs more than this host lends', async () => {
    const needy = await answering('needy.wasm', {
      world: 'import host-functions; export executor; export sessions;',
      fields: '(import "golem:exec/host-functions@1.0.0" "names" (func (param i32)))',
    });
    expect(await internal(needy)).toBe(
      'cannot be loaded: it imports what this host does not lend: golem:exec/host-functions',
    );
  });

  test('a component of another language', async () => {
    const wrong = /^does not run javascript: it is a component of another language$/;
    expect(await internal(await answering('refuses.wasm', { run: answerArm(0) }))).toMatch(wrong);
    const python = createExecutor({ workers: 1, components: { python: built('javascript') } });
    await expect(python.run({ language: 'python', files: [{ name: 'a.py', content: '' }] })).rejects.toThrow(
      'exec-javascript.wasm" does not run python: it is a component of another language',
    );
    await python.close();
  });

  test('a stream ends with failed, and the executor is of use for the other language', async () => {
    process.env['EXEC_PYTHON_WASI_PATH'] = join(folder, 'missing.wasm');
    await using executor = createExecutor({ workers: 1 });
    const events = executor.runStreaming({ language: 'python', files: [{ name: 'a.py', content: '' }] });
    const all: ExecEvent[] = [];
    for await (const event of events) all.push(event);
    expect(all).toMatchObject([{ tag: 'failed', val: { tag: 'internal' } }]);
    expect(String(all[0]?.val)).toContain('EXEC_PYTHON_WASI_PATH: ');
    const files = [{ name: 'a.js', content: 'console.log(1)' }];
    expect((await executor.run({ language: 'javascript', files })).run.stdout).toBe('1\n');
  });

  test('may be put right while the executor lives', async () => {
    const path = join(folder, 'late.wasm');
    await using executor = createExecutor({ workers: 1, components: { javascript: path } });
    const request = { language: 'javascript', files: [{ name: 'main.js', content: '' }] } as const;
    await expect(executor.run(request)).rejects.toThrow('does not exist');
    await answering('late.wasm');
    expect((await executor.run(request)).run.stdout).toBe('main.js');
  });
});

describe('createExecutor({ components })', () => {
  test('comes before the environment, and an empty variable is none', async () => {
    process.env['EXEC_JS_QUICKJS_PATH'] = '/nowhere';
    expect((await runIn(await answering('option.wasm'))).run.stdout).toBe('main.js');
    process.env['EXEC_JS_QUICKJS_PATH'] = '';
    await using executor = createExecutor({ workers: 1 });
    const files = [{ name: 'a.js', content: 'console.log(1)' }];
    expect((await executor.run({ language: 'javascript', files })).run.stdout).toBe('1\n');
  });

  test.each([
    ['components', 'x.wasm'],
    ['components.ruby', { ruby: 'x.wasm' }],
    ['components.python', { python: 5 }],
    ['components.javascript', { javascript: '' }],
  ])('refuses a malformed %s', (field, components) => {
    const make = (): unknown => createExecutor({ components: components as object });
    expect(make).toThrow(InvalidRequestError);
    expect(make).toThrow(`${field}: `);
  });
});

describe('the transpiled component', () => {
  test('is kept, and made anew when the entry is damaged', async () => {
    const path = await answering('kept.wasm', { exitCode: '(i32.const 7)' });
    const before = await readdir(cacheFolder()).catch((): string[] => []);
    await runIn(path);
    const [entry, ...others] = (await readdir(cacheFolder())).filter((name) => !before.includes(name));
    expect(others).toEqual([]);
    const kept = join(cacheFolder(), entry ?? '');
    const { ino, mode } = await stat(kept);
    expect(mode & 0o077).toBe(0);
    await runIn(path);
    expect((await stat(kept)).ino).toBe(ino);
    const content = await readFile(kept);
    for (const damage of [
      content.subarray(0, 100),
      Buffer.alloc(0),
      content.map((byte, at) => (at === 999 ? ~byte : byte)),
    ]) {
      await writeFile(kept, damage);
      expect((await runIn(path)).run.exitCode).toBe(7);
      expect((await readFile(kept)).equals(content)).toBe(true);
    }
  });

  test('is made by two processes at once, through the command line', async () => {
    const path = await answering('twice.wasm', { exitCode: '(i32.const 9)' });
    const env = { ...process.env, EXEC_JS_QUICKJS_PATH: path, XDG_CACHE_HOME: join(folder, 'other cache') };
    const once = (): Promise<[string, unknown]> =>
      new Promise((resolve) => {
        const args = [fileURLToPath(new URL('../../dist/cli.js', import.meta.url)), 'run', '-e', '1', '--lang', 'js'];
        execFile(process.execPath, args, { env }, (error, stdout) => resolve([stdout, error?.code]));
      });
    expect(await Promise.all([once(), once()])).toEqual(Array(2).fill(['main.js', 9]));
    if (process.platform === 'linux') {
      expect(await readdir(join(folder, 'other cache/golem-exec/components'))).toHaveLength(1);
    }
  });

  test('is done without a folder that can be written', async () => {
    const home = process.env['XDG_CACHE_HOME'];
    try {
      process.env['XDG_CACHE_HOME'] = await file('a file', '');
      expect((await runIn(await answering('uncached.wasm'))).run.stdout).toBe('main.js');
    } finally {
      process.env['XDG_CACHE_HOME'] = home;
    }
  });
});

test('whoever uses the built components loads nothing of jco', async () => {
  const dist = new URL('../../dist/', import.meta.url);
  const seen = new Map<string, string>();
  const visit = async (name: string): Promise<void> => {
    if (seen.has(name)) return;
    const text = await readFile(new URL(name, dist), 'utf8');
    seen.set(name, text);
    for (const [, imported] of text.matchAll(/^(?:import|export|\} from)[^;]*?"\.\/([^"]+)";$/gm))
      await visit(imported ?? '');
  };
  for (const entry of ['index.js', 'cli.js', 'worker.js']) await visit(entry);
  expect(seen.size).toBeGreaterThan(3);
  for (const text of seen.values()) expect(text).not.toMatch(/jco-transpile|transpileBytes/);
});
