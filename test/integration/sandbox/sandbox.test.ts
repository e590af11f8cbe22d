import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createExecutor,
  createSandbox,
  type Executor,
  InvalidRequestError,
  type OutputPiece,
  RuntimeType,
  type Sandbox,
  type SandboxOptions,
  type SandboxPolicy,
  type SandboxResult,
  StoreError,
} from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let executor: Executor;
let scratch: string;
beforeAll(async () => {
  executor = createExecutor({ workers: 1 });
  scratch = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterAll(async () => {
  await executor.close();
  await rm(scratch, { recursive: true, force: true });
});

const runtimes = [RuntimeType.PYTHON, RuntimeType.JAVASCRIPT] as const;
type Programs = { readonly [runtime in RuntimeType]: string };

const open = (options: Partial<SandboxOptions> & { readonly runtime: RuntimeType }): Promise<Sandbox> =>
  createSandbox({ executor, ...options });

/** One table for both runtimes: the program in each, and what is the same of their results. */
const table: readonly {
  readonly name: string;
  readonly code: Programs;
  readonly policy?: SandboxPolicy;
  readonly result: Partial<Record<keyof SandboxResult, unknown>>;
}[] = [
  {
    name: 'a program that prints',
    code: { python: 'print(6 * 7)', javascript: 'console.log(6 * 7)' },
    result: {
      success: true,
      stdout: '42\n',
      stderr: '',
      exitCode: 0,
      metadata: { trapped: false, trapReason: null, errorCode: null, signal: null },
    },
  },
  {
    name: 'a program that chooses an exit code',
    code: { python: 'import sys; print("a"); sys.exit(3)', javascript: 'console.log("a"); process.exit(3)' },
    result: {
      success: false,
      stdout: 'a\n',
      exitCode: 3,
      metadata: { trapped: false, trapReason: 'proc_exit', errorCode: null },
      structuredContent: { error_type: 'NonZeroExit' },
    },
  },
  {
    name: 'an uncaught exception',
    code: { python: 'print("a")\nraise ValueError("bad")', javascript: 'console.log("a");\nthrow new Error("bad")' },
    result: {
      success: false,
      stdout: 'a\n',
      stderr: expect.stringContaining('bad'),
      exitCode: 1,
      metadata: { trapped: false, trapReason: null, errorCode: 'runtime-failed' },
      structuredContent: { error_type: 'UncaughtException', line: 2 },
    },
  },
  {
    name: 'a program that does not compile',
    code: { python: 'x = 1\ny = = 2', javascript: 'let x = 1;\nlet y = = 2;' },
    result: {
      success: false,
      stdout: '',
      stderr: expect.stringContaining('SyntaxError'),
      exitCode: 1,
      metadata: { trapped: false, trapReason: null, errorCode: 'compilation-failed' },
      structuredContent: { error_type: 'SyntaxError', line: 2 },
    },
  },
  {
    name: 'a loop that uses up the fuel',
    code: { python: 'print("a", flush=True)\nwhile True: pass', javascript: 'console.log("a");\nfor (;;) {}' },
    policy: { fuelBudget: 50_000_000 },
    result: {
      success: false,
      stdout: 'a\n',
      exitCode: 137,
      fuelBudget: 50_000_000,
      metadata: { trapped: true, trapReason: 'out_of_fuel', errorCode: 'resource-exceeded', signal: 'SIGKILL' },
      structuredContent: {
        error_type: 'OutOfFuel',
        fuel_analysis: { status: 'exhausted', utilization: '100%', likely_causes: ['A loop without an end at line 2'] },
      },
    },
  },
  {
    name: 'a program that runs into the timeout',
    code: { python: 'import time; time.sleep(60)', javascript: 'os.sleep(60000)' },
    policy: { timeoutSeconds: 0.3 },
    result: {
      success: false,
      exitCode: 124,
      metadata: { trapped: true, trapReason: 'timeout', errorCode: 'timeout', timeoutSeconds: 0.3 },
      structuredContent: { error_type: 'Timeout' },
    },
  },
  {
    name: 'a program that needs too much memory',
    code: {
      python: 'x = [1]\nwhile True: x = x + x',
      javascript: 'const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1))',
    },
    policy: { memoryBytes: 64 * 1024 * 1024 },
    result: {
      success: false,
      exitCode: 137,
      metadata: {
        trapped: true,
        trapReason: 'memory_limit',
        errorCode: 'resource-exceeded',
        memoryLimitBytes: 64 * 1024 * 1024,
      },
      structuredContent: { error_type: 'MemoryExhausted' },
    },
  },
  {
    name: 'output over its limits, each stream by its own',
    code: {
      python: 'import sys; print("x" * 100); print("y" * 100, file=sys.stderr)',
      javascript: 'console.log("x".repeat(100)); console.error("y".repeat(100))',
    },
    policy: { stdoutMaxBytes: 10, stderrMaxBytes: 20 },
    result: {
      success: true,
      stdout: 'x'.repeat(10),
      stderr: 'y'.repeat(20),
      metadata: { stdoutTruncated: true, stderrTruncated: true },
    },
  },
  {
    name: 'the environment of the policy',
    code: { python: 'import os; print(os.environ["MODE"])', javascript: 'console.log(process.env.MODE)' },
    policy: { env: { MODE: 'test' } },
    result: { success: true, stdout: 'test\n' },
  },
];

describe.each(runtimes)('%s', (runtime) => {
  test.each(table)('$name', async ({ code, policy, result }) => {
    await using sandbox = await open({ runtime, ...(policy === undefined ? {} : { policy }) });
    const actual = await sandbox.execute(code[runtime]);
    expect(actual).toMatchObject(result);
    expect(actual.metadata).toMatchObject({ runtime, sessionId: sandbox.sessionId, autoPersistGlobals: false });
    expect(actual.durationMs).toBeGreaterThan(0);
    // After anything the sandbox is usable.
    const next = await sandbox.execute(runtime === 'python' ? 'print("next")' : 'console.log("next")');
    expect(next).toMatchObject({ success: true, stdout: 'next\n' });
  });

  test('files made, changed and removed by a run are told apart, also when they keep their size', async () => {
    await using sandbox = await open({ runtime });
    const code: Programs = {
      python:
        'import os\nopen("a","w").write("1"); open("b","w").write("1"); os.makedirs("d"); open("d/c","w").write("1")',
      javascript: "for (const name of ['a', 'b']) std.writeFile(name, '1'); os.mkdir('d'); std.writeFile('d/c', '1')",
    };
    const first = await sandbox.execute(code[runtime]);
    expect(first).toMatchObject({
      filesCreated: ['/app/a', '/app/b', '/app/d/c'],
      filesModified: [],
      workspacePath: '/app',
    });
    // At once, in the same millisecond for a fast machine: nothing but the content tells.
    for (let digit = 2; digit < 8; digit++) {
      const write: Programs = {
        python: `open("a","w").write("${digit}")`,
        javascript: `std.writeFile('a', '${digit}')`,
      };
      expect(await sandbox.execute(write[runtime])).toMatchObject({ filesCreated: [], filesModified: ['/app/a'] });
    }
    const remove: Programs = {
      python: 'import os; os.remove("b"); open("d/c").read()',
      javascript: "os.remove('b'); std.loadFile('d/c')",
    };
    expect(await sandbox.execute(remove[runtime])).toMatchObject({
      filesCreated: [],
      filesModified: [],
      metadata: { filesRemoved: ['/app/b'] },
    });
    // A run that fails tells, too.
    const fail: Programs = { python: 'open("e","w").write("1"); 1/0', javascript: "std.writeFile('e', '1'); null.x" };
    expect(await sandbox.execute(fail[runtime])).toMatchObject({ success: false, filesCreated: ['/app/e'] });
  });

  test('files can be written, listed, read and removed from outside', async () => {
    await using sandbox = await open({ runtime });
    await sandbox.writeFile('in/data.txt', '1 2 3');
    await sandbox.writeFile('raw', 'AP8=', 'base64');
    const sum: Programs = {
      python: 'open("sum.txt","w").write(str(sum(map(int, open("in/data.txt").read().split()))))',
      javascript:
        "std.writeFile('sum.txt', String(std.loadFile('in/data.txt').split(' ').map(Number).reduce((a, b) => a + b)))",
    };
    expect((await sandbox.execute(sum[runtime])).success).toBe(true);
    expect(new TextDecoder().decode(await sandbox.readFile('/app/sum.txt'))).toBe('6');
    expect([...(await sandbox.readFile('raw'))]).toEqual([0, 255]);
    const files = await sandbox.listFiles();
    expect(files.map(({ path, kind, size }) => [path, kind, size])).toEqual([
      ['/app/in', 'folder', 0],
      ['/app/in/data.txt', 'file', 5],
      ['/app/raw', 'file', 2],
      ['/app/sum.txt', 'file', 1],
    ]);
    expect(Math.abs((files.at(-1)?.modifiedMs ?? 0) - Date.now())).toBeLessThan(600_000);
    await sandbox.deletePath('in');
    expect((await sandbox.listFiles()).map(({ path }) => path)).toEqual(['/app/raw', '/app/sum.txt']);
    for (const path of ['../etc', '/tmp', '/', '', 'none']) {
      await expect(sandbox.deletePath(path)).rejects.toThrow();
    }
    await sandbox.deleteWorkspace();
    expect(await sandbox.listFiles()).toEqual([]);
    expect((await sandbox.execute(runtime === 'python' ? 'print(1)' : 'console.log(1)')).success).toBe(true);
  });

  test('with autoPersistGlobals variables live on, and what cannot be kept is named', async () => {
    await using sandbox = await open({ runtime, autoPersistGlobals: true });
    const set: Programs = {
      python: 'n = 1\nf = open("x", "w")',
      javascript: '_state.n = 1; _state.f = new (class A {})()',
    };
    const first = await sandbox.execute(set[runtime]);
    expect(first).toMatchObject({ success: true, metadata: { autoPersistGlobals: true, stateSkipped: ['f'] } });
    expect([...first.filesCreated, ...first.filesModified]).not.toContain('/app/.session_state.json');
    const get: Programs = { python: 'n += 1; print(n)', javascript: 'console.log(++_state.n)' };
    expect((await sandbox.execute(get[runtime])).stdout).toBe('2\n');
    await sandbox.deleteWorkspace();
    const gone: Programs = { python: 'print("n" in globals())', javascript: "console.log('n' in _state)" };
    expect((await sandbox.execute(gone[runtime])).stdout.toLowerCase()).toBe('false\n');
  });

  test('an aborted run is a result with what was printed', async () => {
    await using sandbox = await open({ runtime });
    const stop = new AbortController();
    const code: Programs = {
      python: 'print("begun", flush=True)\nwhile True: pass',
      javascript: 'console.log("begun"); for (;;) {}',
    };
    let seen = '';
    const onOutput = ({ bytes }: OutputPiece): void => {
      seen += new TextDecoder().decode(bytes);
      if (seen === 'begun\n') stop.abort();
    };
    const result = await sandbox.execute(code[runtime], { signal: stop.signal, onOutput });
    expect(result).toMatchObject({
      success: false,
      stdout: 'begun\n',
      exitCode: 130,
      metadata: { trapped: true, trapReason: 'host_error', errorCode: 'internal' },
      structuredContent: { error_type: 'Cancelled' },
    });
    expect((await sandbox.execute(runtime === 'python' ? 'print(1)' : 'console.log(1)')).stdout).toBe('1\n');
  });

  test('a session in a folder is there again, with its variables and its policy', async () => {
    const options = {
      runtime,
      workspaceRoot: join(scratch, 'store'),
      sessionId: `kept-${runtime}`,
      autoPersistGlobals: true,
    } as const;
    const set: Programs = {
      python: 'n = 5; open("f","w").write("1")',
      javascript: "_state.n = 5; std.writeFile('f', '1')",
    };
    {
      await using sandbox = await open({ ...options, policy: { fuelBudget: 1_000_000_000 } });
      expect((await sandbox.execute(set[runtime])).success).toBe(true);
    }
    await using again = await open({ runtime, workspaceRoot: options.workspaceRoot, sessionId: options.sessionId });
    const get: Programs = { python: 'print(n)', javascript: 'console.log(_state.n)' };
    expect(await again.execute(get[runtime])).toMatchObject({ stdout: '5\n', fuelBudget: 1_000_000_000 });
    expect((await again.listFiles()).map(({ path }) => path)).toEqual(['/app/.session_state.json', '/app/f']);
    const other = runtime === 'python' ? 'javascript' : 'python';
    await expect(open({ ...options, runtime: other })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      field: 'runtime',
    });
    await expect(open({ ...options, autoPersistGlobals: false })).rejects.toMatchObject({
      field: 'autoPersistGlobals',
    });
  });

  test('two sandboxes see nothing of each other', async () => {
    await using one = await open({ runtime });
    await using other = await open({ runtime });
    await one.writeFile('secret', 'x');
    expect(await other.listFiles()).toEqual([]);
    expect(one.sessionId).not.toBe(other.sessionId);
  });
});

describe('results have one structure', () => {
  test('the same fields in both runtimes, also after failures', async () => {
    const shape = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? Array.isArray(value)
          ? 'array'
          : typeof value
        : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]));
    await using python = await open({ runtime: 'python' });
    await using javascript = await open({ runtime: 'javascript' });
    for (const { code } of table.slice(0, 4)) {
      const results = [await python.execute(code.python), await javascript.execute(code.javascript)];
      expect(shape(results[0])).toEqual(shape(results[1]));
    }
  });
});

describe('bad input', () => {
  const policies: readonly [field: string, policy: unknown][] = [
    ['policy.fuelBudget', { fuelBudget: 0 }],
    ['policy.fuelBudget', { fuelBudget: 1.5 }],
    ['policy.fuelBudget', { fuelBudget: '10' }],
    ['policy.memoryBytes', { memoryBytes: -1 }],
    ['policy.memoryBytes', { memoryBytes: Number.NaN }],
    ['policy.timeoutSeconds', { timeoutSeconds: 0 }],
    ['policy.timeoutSeconds', { timeoutSeconds: Number.POSITIVE_INFINITY }],
    ['policy.stdoutMaxBytes', { stdoutMaxBytes: 2 ** 40 }],
    ['policy.stderrMaxBytes', { stderrMaxBytes: null }],
    ['policy.env', { env: 'A=1' }],
    ['policy.fuel', { fuel: 1 }],
    ['policy', [] as unknown],
    ['policy', 'strict'],
  ];
  test.each(policies)('%s of %j is named, with what it may be', async (field, policy) => {
    const error = await open({ runtime: 'python', policy: policy as SandboxPolicy }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ field });
    expect((error as Error).message).toMatch(/expected|there is no such field/);
  });

  const options: readonly [field: string, options: unknown][] = [
    ['runtime', { runtime: 'ruby' }],
    ['runtime', {}],
    ['sessionId', { runtime: 'python', sessionId: '../x' }],
    ['sessionId', { runtime: 'python', sessionId: '' }],
    ['workspaceRoot', { runtime: 'python', workspaceRoot: '' }],
    ['autoPersistGlobals', { runtime: 'python', autoPersistGlobals: 1 }],
    ['autopersist', { runtime: 'python', autopersist: true }],
  ];
  test.each(options)('the option %s of %j', async (field, given) => {
    await expect(createSandbox({ executor, ...(given as SandboxOptions) })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      field,
    });
  });

  test('a session whose file was damaged is refused, and is left as it is', async () => {
    const workspaceRoot = join(scratch, 'damaged');
    await using sandbox = await open({ runtime: 'python', workspaceRoot, sessionId: 'a' });
    await sandbox.writeFile('f', 'x');
    const { readFile, writeFile } = await import('node:fs/promises');
    const file = join(workspaceRoot, 'session-a', 'image');
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(sandbox.execute('print(1)')).rejects.toBeInstanceOf(StoreError);
    expect(await readFile(file)).toEqual(bytes);
  });

  test('a sandbox without an executor of its own ends when it is closed', async () => {
    const sandbox = await createSandbox({ runtime: 'javascript' });
    expect((await sandbox.execute('console.log(1)')).stdout).toBe('1\n');
    await sandbox.close();
    await sandbox.close();
    await using next = await createSandbox({ runtime: 'javascript' });
    expect((await next.execute('console.log(2)')).stdout).toBe('2\n');
  });
});

test("README.md's example of a sandbox gives what it says", async () => {
  const { readFile } = await import('node:fs/promises');
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /### Sandboxes[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = example
    .replace('await using sandbox', 'const sandbox')
    .replace("'./sandboxes'", JSON.stringify(join(scratch, 'readme')));
  const said = [...body.matchAll(/^(result\..*?); \/\/ (.*)$/gm)].map(
    ([, expression, value]) => `[${expression}, ${value}]`,
  );
  expect(said.length).toBe(2);
  const AsyncFunction = (async () => undefined).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<unknown[][]>;
  const pairs = await new AsyncFunction(
    'createSandbox',
    'RuntimeType',
    `${body}\nawait sandbox.close(); return [${said.join(', ')}]`,
  )(createSandbox, RuntimeType);
  for (const [actual, expected] of pairs) expect(actual).toEqual(expected);
});
