import { describe, expect, test } from 'vitest';
import { armOf, type BareInstance, bareInstance, type GuestFile } from './bare.ts';
import { hostile, looksClean } from './hostile.ts';
import { py } from './support.ts';

const python = { kind: 'python' } as const;
const bytes = (text: string) => new TextEncoder().encode(text);
const file = (name: string, content: string, encoding?: GuestFile['encoding']): GuestFile =>
  encoding === undefined ? { name, content: bytes(content) } : { name, content: bytes(content), encoding };
const inherit = [['EXEC_STDIO', 'inherit']] as const;

function runFiles(instance: BareInstance, files: readonly GuestFile[], stdin?: string) {
  return instance.executor.run(python, files, stdin, [], [], undefined);
}
const runProgram = (instance: BareInstance, program: string, stdin?: string) =>
  runFiles(instance, [file('main.py', program)], stdin);

/** Those end the harness in the instance; the host makes a new one. */
const last = new Set(['takes a part out of the harness']);
/** Those leave what Python cannot list (components/python/README.md). */
const stays = new Set(['registers codecs, dialects and warnings']);

describe('without a host that resets it, an instance puts itself back', () => {
  const instance = bareInstance();
  test.each(Object.keys(hostile).filter((name) => !last.has(name) && !stays.has(name)))('%s', (name) => {
    const [program = '', expected] = hostile[name] ?? [];
    const ended = armOf(() => runProgram(instance, program));
    if (expected?.tag !== undefined) expect(ended.tag).toBe(expected.tag);
    expect(runProgram(instance, looksClean).run).toEqual({
      stdout: 'clean /app 1000\n',
      stderr: 'w\n',
      exitCode: 0,
      signal: undefined,
    });
  });

  test('environment, modules, random numbers and exit codes are those of each run', () => {
    const program = py`
      import os, random, helper
      print(sorted(os.environ), helper.x, random.random())
      os.environ['LEFT'] = '1'
      os._exit(helper.x)
    `;
    const [first, second] = [1, 2].map(
      (x) => runFiles(instance, [file('main.py', program), file('helper.py', `x = ${x}`)]).run,
    );
    expect([first?.exitCode, second?.exitCode]).toEqual([1, 2]);
    expect(first?.stdout).toMatch(/^\['HOME', 'LANG', 'TMPDIR'\] 1 0\.\d+\n$/);
    expect(second?.stdout).toMatch(/^\['HOME', 'LANG', 'TMPDIR'\] 2 0\.\d+\n$/);
    expect(first?.stdout.slice(-10)).not.toBe(second?.stdout.slice(-10));
  });
});

describe('output that nobody takes is in the result', () => {
  const instance = bareInstance();

  test('apart, whole, and not on wasi:cli’s streams', () => {
    const result = runProgram(
      instance,
      'import os, sys\nprint(input())\nprint("e", file=sys.stderr)\nos.write(1, b"raw")\nsys.exit(3)',
      'given\n',
    );
    expect(result.run).toMatchObject({ stdout: 'given\nraw', stderr: 'e\n', exitCode: 3 });
    expect(result.compile).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    expect(result.timeMs).toBeGreaterThanOrEqual(0n);
    expect(instance.output()).toEqual({ stdout: '', stderr: '' });
  });

  test('cut at 2 MiB', () => {
    expect(runProgram(instance, 'print("x" * 3000000)').run.stdout.length).toBe(2 << 20);
  });

  test('with the traceback', () => {
    const arm = armOf(() => runProgram(instance, 'print(1)\n1/0'));
    expect(arm).toMatchObject({ tag: 'runtime-failed', val: { stdout: '1\n', exitCode: 1 } });
    const broken = armOf(() => runProgram(instance, 'x = ('));
    expect(broken).toMatchObject({
      tag: 'compilation-failed',
      val: { stderr: expect.stringContaining("SyntaxError: '(' was never closed"), exitCode: 1 },
    });
  });

  test('as events in order, the last of which is the end', () => {
    const program = 'import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint("y" * 70000)\n1/0';
    const stream = instance.pullStreaming.run(python, [file('m.py', program)], undefined, [], [], undefined);
    const seen: [string, number | string][] = [];
    for (let event = stream.next(); event !== undefined; event = stream.next()) {
      const size = event.val instanceof Uint8Array ? event.val.length : (event.val as { tag: string }).tag;
      seen.push([event.tag, size]);
    }
    expect(seen).toEqual([
      ['stdout-chunk', 2],
      ['stderr-chunk', 2],
      ['stdout-chunk', 65_536],
      ['stdout-chunk', 70_001 - 65_536],
      ['stderr-chunk', expect.any(Number)],
      ['failed', 'runtime-failed'],
    ]);
  });
});

describe('with EXEC_STDIO=inherit', () => {
  test('output goes to wasi:cli’s streams and input comes from them', () => {
    const instance = bareInstance({ environment: [...inherit, ['SECRET', '1']], stdin: 'from the host\n' });
    const { run } = runProgram(
      instance,
      'import os, sys\nprint(input(), sorted(os.environ))\nprint("e", file=sys.stderr)',
    );
    expect(run).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    runProgram(instance, 'print("again")');
    expect(instance.output()).toEqual({
      stdout: "from the host ['HOME', 'LANG', 'TMPDIR']\nagain\n",
      stderr: 'e\n',
    });
  });

  test('wasi:cli/run runs a script or what stdin holds', () => {
    const script = bareInstance({ arguments: ['exec-python', 'c.py', 'a'], environment: [['K', 'v']] });
    script.files?.write('/app/c.py', bytes('import os, sys\nprint(sys.argv, os.environ["K"])'));
    script.run.run();
    expect(script.output().stdout).toBe("['c.py', 'a'] v\n");

    const failing = bareInstance({
      arguments: ['exec-python', '-', 'x'],
      stdin: 'import sys\nprint(sys.argv)\nsys.exit(2)',
    });
    expect(() => failing.run.run()).toThrow();
    expect(failing.output().stdout).toBe("['-', 'x']\n");

    const missing = bareInstance({ arguments: ['exec-python', 'nope.py'] });
    expect(() => missing.run.run()).toThrow();
    expect(missing.output().stderr).toBe("golem-exec: can't open file '/app/nope.py': No such file or directory\n");
  });
});

describe('the files of a request', () => {
  const instance = bareInstance();

  test('are in the workspace for the run alone; what was there comes back', () => {
    instance.files?.write('/app/keep.txt', bytes('old'));
    const program = py`
      import os, b
      print(open("keep.txt").read(), b.v, sorted(os.listdir(".")))
      open("made.txt", "w").write("1")
    `;
    const files = [file('main.py', program), file('b.py', 'v = 2'), file('keep.txt', 'new'), file('s/x', '')];
    expect(runFiles(instance, files).run.stdout).toBe("new 2 ['b.py', 'keep.txt', 'main.py', 's']\n");
    expect(runProgram(instance, 'import os\nprint(sorted(os.listdir(".")), open("keep.txt").read())').run.stdout).toBe(
      "['keep.txt', 'made.txt', 'main.py'] old\n",
    );
  });

  test('are modules even where no file system is lent', () => {
    const without = bareInstance({ files: false });
    const program = py`
      import lib.a, b, inspect
      from lib import c
      print(lib.a.v, b.__file__, c.v, __file__)
      print(inspect.getsource(b), end="")
      b.f()
    `;
    const files = [file('main.py', program), file('lib/a.py', 'v = 1'), file('lib/c.py', 'v = 3')];
    const arm = armOf(() => runFiles(without, [...files, file('b.py', 'def f():\n    raise ValueError("in b")\n')]));
    expect(arm).toMatchObject({
      tag: 'runtime-failed',
      val: {
        stdout: '1 /app/b.py 3 /app/main.py\ndef f():\n    raise ValueError("in b")\n',
        stderr: expect.stringMatching(
          /File "\/app\/b.py", line 2, in f\n {4}raise ValueError\("in b"\)\nValueError: in b\n$/,
        ),
      },
    });
    const session = new without.sessions.Session(python);
    expect(armOf(() => session.listFiles('.'))).toMatchObject({
      tag: 'internal',
      val: expect.stringContaining('no directory is preopened at /app'),
    });
  });

  test.each([
    ['YWJj', 'base64', 'ok'],
    ['', 'base64', 'ok'],
    ['YWI', 'base64', 3],
    ['YW=I', 'base64', 2],
    ['YW I', 'base64', 2],
    ['YQ==YQ==', 'base64', 2],
    ['YR==', 'base64', 1],
    ['0aFF', 'hex', 'ok'],
    ['6', 'hex', 1],
    ['6g', 'hex', 1],
  ] as const)('%j as %s: %s', (content, encoding, expected) => {
    const arm = armOf(() => runFiles(instance, [file('main.py', ''), file('data', content, encoding)]));
    if (expected === 'ok') expect(arm.tag).toBe('ok');
    else {
      expect(arm).toMatchObject({
        tag: 'compilation-failed',
        val: { stderr: `data: not valid ${encoding} at byte offset ${expected}\n`, exitCode: 1 },
      });
    }
  });

  test.each([
    ['', 'the name is empty'],
    ['a/', "ends in '/'"],
    ['../x', 'leaves the workspace'],
    ['/etc/x', 'leaves the workspace'],
    ['a\\b', 'holds a backslash'],
    ['a\0b', 'holds a NUL character'],
    ['x/..', 'leaves the workspace'],
    ['./main.py', 'appears twice'],
  ])('the name %j is malformed', (name, problem) => {
    const arm = armOf(() => runFiles(instance, [file('main.py', ''), file(name, '')]));
    expect(arm.tag).toBe('internal');
    expect(arm.val).toMatch(/^invalid request: files\[1\].name: /);
    expect(arm.val).toContain(problem);
  });
});

describe('a session of the component', () => {
  const instance = bareInstance();
  const session = new instance.sessions.Session(python);

  test('uploads, runs, lists and downloads, relative to its folder', () => {
    session.upload(file('a/b.py', 'import sys\nprint(sys.argv, __file__)\nopen("o.bin", "wb").write(bytes([0, 255]))'));
    expect(session.run('a/b.py', ['x'], undefined, [], undefined).run.stdout).toBe("['a/b.py', 'x'] /app/a/b.py\n");
    expect(session.listFiles('.')).toEqual(['a', 'o.bin']);
    expect([...session.download('o.bin')]).toEqual([0, 255]);
    session.setWorkingDir('a');
    expect(session.run('b.py', [], undefined, [], undefined).run.stdout).toBe("['b.py'] /app/a/b.py\n");
    expect(session.listFiles('.')).toEqual(['b.py', 'o.bin']);
  });

  test.each<[string, () => unknown, string]>([
    ['download', () => session.download('nope'), '/app/a/nope: No such file or directory\n'],
    ['download of a folder', () => session.download('/app/a'), '/app/a: Is a directory\n'],
    ['list-files', () => session.listFiles('zz'), '/app/a/zz: No such file or directory\n'],
    ['list-files of a file', () => session.listFiles('b.py'), '/app/a/b.py: Not a directory\n'],
    ['set-working-dir', () => session.setWorkingDir('q'), '/app/a/q: No such file or directory\n'],
    ['set-working-dir to a file', () => session.setWorkingDir('b.py'), '/app/a/b.py: Not a directory\n'],
    [
      'run',
      () => session.run('nope.py', [], undefined, [], undefined),
      "golem-exec: can't open file '/app/a/nope.py': No such file or directory\n",
    ],
    [
      'run of a folder',
      () => session.run('/app/a', [], undefined, [], undefined),
      "golem-exec: can't open file '/app/a': Is a directory\n",
    ],
  ])('%s of what is not there is runtime-failed', (_, call, stderr) => {
    expect(armOf(call)).toMatchObject({ tag: 'runtime-failed', val: { stderr, exitCode: 1 } });
  });

  test('is the only one, and ends once', () => {
    const other = new instance.sessions.Session(python);
    expect(armOf(() => other.listFiles('.')).val).toMatch(/^another session is open/);
    expect(armOf(() => runProgram(instance, '')).val).toMatch(/^a session is open/);
    session.close();
    session.close();
    expect(armOf(() => session.listFiles('.'))).toMatchObject({ tag: 'internal', val: 'session is closed' });
    expect(other.listFiles('.')).toEqual(['a', 'o.bin']);
    other.close();
    expect(runProgram(instance, 'print(1)').run.stdout).toBe('1\n');
  });

  test('of another language is unsupported', () => {
    const wrong = new instance.sessions.Session({ kind: 'javascript' });
    expect(armOf(() => wrong.listFiles('.')).tag).toBe('unsupported-language');
    wrong.close();
  });
});

test('the component’s own configuration is read at every call and checked', () => {
  const instance = bareInstance({ environment: [['EXEC_TIMEOUT_MS', 'x']] });
  expect(armOf(() => runProgram(instance, ''))).toMatchObject({
    tag: 'internal',
    val: "invalid request: EXEC_TIMEOUT_MS: expected a positive whole number, got 'x'",
  });
  const timed = bareInstance({ environment: [['EXEC_TIMEOUT_MS', '20']] });
  expect(armOf(() => runProgram(timed, 'import time\ntime.sleep(0.05)')).tag).toBe('timeout');
});
