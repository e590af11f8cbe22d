import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './support.ts';

const line = await commandLine();
const golemExec = line.run;

beforeAll(async () => {
  const files = {
    'args.py': 'import sys\nprint(sys.argv)',
    'args.mjs': 'console.log(process.argv.slice(2).join("|"));',
    'both.py': 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.exit(5)',
    'uses.py': 'import util, os\nprint(util.double(21), os.environ["MODE"], input(), open("data/x.txt").read())',
    'util.py': 'def double(n): return 2 * n',
    'x.txt': 'from a file',
    'bad.py': 'def f(:',
    'bad.mjs': 'let = ;',
    'throws.mjs': 'throw new TypeError("no");',
    README: 'not a program',
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(line.folder, name), content)));
});

describe('golem-exec run', () => {
  test('shows the program’s own output and ends with its exit status', async () => {
    expect(await golemExec(['run', 'both.py'])).toEqual({ status: 5, stdout: 'out\n', stderr: 'err\n' });
  });

  test('passes arguments, with and without "--"', async () => {
    expect((await golemExec(['run', 'args.py', '--', '-a', 'b c'])).stdout).toBe("['args.py', '-a', 'b c']\n");
    expect((await golemExec(['run', 'args.mjs', 'x', 'y'])).stdout).toBe('x|y\n');
  });

  test('runs code from -e and from standard input', async () => {
    expect((await golemExec(['run', '-e', 'print(6 * 7)', '--lang', 'py'])).stdout).toBe('42\n');
    expect((await golemExec(['run', '-e', 'console.log(6 * 7)', '--lang', 'js'])).stdout).toBe('42\n');
    expect((await golemExec(['run', '-', '--lang', 'python'], 'print("piped")')).stdout).toBe('piped\n');
  });

  test('lends modules, folders, environment and standard input', async () => {
    const common = ['run', 'uses.py', '--module', 'util.py=util.py', '--module', 'data=.', '--env', 'MODE=test'];
    expect((await golemExec([...common, '--stdin', 'typed'])).stdout).toBe('42 test typed from a file\n');
    expect((await golemExec([...common, '--stdin', '-'], 'piped\n')).stdout).toBe('42 test piped from a file\n');
    expect((await golemExec([...common, '--stdin', 'x.txt'])).stdout).toBe('42 test from a file from a file\n');
  });

  test('--json prints one line with the whole result', async () => {
    const { status, stdout, stderr } = await golemExec(['run', 'both.py', '--json']);
    expect([status, stderr, stdout.split('\n').length]).toEqual([5, '', 2]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      result: { compile: { exitCode: 0 }, run: { stdout: 'out\n', stderr: 'err\n', exitCode: 5 } },
    });
    expect(JSON.parse(stdout).result.timeMs).toBeGreaterThan(0);
  });

  test.each([
    ['bad.py', [], 65, 'compilation-failed'],
    ['bad.mjs', [], 65, 'compilation-failed'],
    ['throws.mjs', [], 1, 'runtime-failed'],
    ['-', ['--lang', 'js', '--timeout', '200'], 124, 'timeout'],
    ['-', ['--lang', 'js', '--fuel', '20000000'], 137, 'resource-exceeded'],
  ])('%s %j ends with status %i', async (file, options, status, tag) => {
    const ended = await golemExec(['run', file, ...options], 'while (true) {}');
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(/golem-exec: .+/);
    const json = await golemExec(['run', file, '--json', ...options], 'while (true) {}');
    expect(json.status).toBe(status);
    expect(json.stderr).toBe('');
    const parsed = JSON.parse(json.stdout);
    expect(parsed).toMatchObject({ ok: false, error: { tag } });
    expect(Object.keys(parsed)).toEqual(expect.arrayContaining(['run', 'timeMs', 'memoryBytes', 'details']));
  });

  test.each([
    [['run'], 'FILE'],
    [['run', 'README'], 'lang'],
    [['run', 'missing.py'], 'FILE'],
    [['run', 'both.py', '--timeout', 'soon'], 'timeout'],
    [['run', 'both.py', '--timeout', '0'], 'limits.timeMs'],
    [['run', 'both.py', '--memory', '1 furlong'], 'memory'],
    [['run', 'both.py', '--env', 'novalue'], 'env'],
    [['run', 'both.py', '--module', 'nopath'], 'module'],
    [['run', 'both.py', '--module', 'a=missing'], 'module'],
    [['run', 'both.py', '--module', '../a=x.txt'], 'files[1].name'],
    [['run', '-', '--stdin', '-', '--lang', 'py'], 'stdin'],
    [['run', 'both.py', '--colour'], 'command line'],
  ])('%j is a usage error that names %s', async (args, field) => {
    const { status, stdout, stderr } = await golemExec(args);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr.length).toBeGreaterThan(10);
    const json = await golemExec([...args, '--json']);
    expect(json.status).toBe(64);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { tag: 'invalid-request', field } });
  });

  test.each<[string[], Record<string, string>, string]>([
    [['both.py', '--timeout', 'soon'], {}, '--timeout: "soon" is not a whole number'],
    [['both.py', '--timeout', '0'], {}, '--timeout (limits.timeMs): expected an integer'],
    [['both.py', '--limit', 'files=-1'], {}, '--limit: "-1" is not a whole number'],
    [['both.py', '--module', '../a=x.txt'], {}, '--module: "../a" leaves the workspace'],
    [['both.py', '--env', '=x'], {}, '--env: "=x" is not NAME=VALUE'],
    [['-', '--stdin', '-', '--lang', 'py'], {}, '--stdin: standard input is the program already'],
    [['README'], {}, '--lang: the language is not clear from the file name'],
    [['missing'], {}, 'FILE: cannot read "missing": ENOENT'],
    [['.'], {}, 'FILE: cannot read ".": it is a folder; give a file in it'],
    [['.', '--lang', 'js'], {}, 'FILE: cannot read ".": it is a folder'],
    [
      ['both.py'],
      { EXEC_TIMEOUT_MS: 'soon' },
      'EXEC_TIMEOUT_MS: expected a whole number from 1 to 86400000 (ms), got "soon"',
    ],
    [
      ['both.py'],
      { EXEC_TIMEOUT_MS: '0' },
      'EXEC_TIMEOUT_MS: expected a whole number from 1 to 86400000 (ms), got "0"',
    ],
    [['both.py'], { EXEC_TIMEOUT_MS: '1e3' }, 'EXEC_TIMEOUT_MS: expected'],
    [
      ['both.py'],
      { EXEC_MEMORY_LIMIT_MB: '9999' },
      'EXEC_MEMORY_LIMIT_MB: expected a whole number from 1 to 4096 (MiB), got "9999"',
    ],
    [['both.py'], { EXEC_MEMORY_LIMIT_MB: '-1' }, 'EXEC_MEMORY_LIMIT_MB: expected'],
  ])('run %j with %j is told in the command line’s own words: %s', async (args, env, told) => {
    const { status, stderr } = await golemExec(['run', ...args], '', env);
    expect([status, stderr.slice(0, stderr.indexOf(':') + 2 + told.length)]).toEqual([64, `golem-exec: ${told}`]);
  });

  test('an unknown language is unsupported-language', async () => {
    const { status, stdout } = await golemExec(['run', '-e', 'puts 1', '--lang', 'ruby', '--json']);
    expect(status).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { tag: 'unsupported-language', val: null } });
  });

  test('takes limits from the environment, and flags come before them', async () => {
    const loop = ['run', '-e', 'while True: pass', '--lang', 'py', '--json'];
    const env = { EXEC_TIMEOUT_MS: '300' };
    const ended = JSON.parse((await golemExec(loop, '', env)).stdout);
    expect(ended.error.tag).toBe('timeout');
    expect(ended.timeMs).toBeLessThan(4_000);
    const sleep = ['run', '-e', 'import time; time.sleep(0.5); print("awake")', '--lang', 'py', '--timeout', '20000'];
    expect((await golemExec(sleep, '', env)).stdout).toBe('awake\n');
    const wrong = await golemExec(loop, '', { EXEC_TIMEOUT_MS: 'soon' });
    expect(JSON.parse(wrong.stdout).error).toMatchObject({ tag: 'invalid-request', field: 'EXEC_TIMEOUT_MS' });
  });

  test('help shows the options and examples', async () => {
    const { status, stdout } = await golemExec(['run', '--help']);
    expect(status).toBe(0);
    for (const word of ['--stdin', '--module', '--json', 'Examples:', 'exit status']) expect(stdout).toContain(word);
    expect((await golemExec(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test('a Node that is too old is told, and nothing else is done', async () => {
  const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.11.0" } })';
  const env = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(old)}"` };
  const { status, stdout, stderr } = await golemExec(['run', 'both.py'], '', env);
  expect([status, stdout]).toEqual([70, '']);
  expect(stderr).toMatch(/^golem-exec needs Node\.js 22\.12 or newer, and this is 22\.11\.0: .+\n$/);
});
