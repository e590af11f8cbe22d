import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './support.ts';

const line = await commandLine();
const { folder, session, ok } = line;
beforeAll(async () => {
  await mkdir(join(folder, 'lib/deep'), { recursive: true });
  const files = {
    'main.py': 'import sys, os\nprint(os.getcwd(), sys.argv, input(), os.environ.get("MODE"))\nsys.exit(5)',
    'data.txt': 'some data',
    'lib/a.py': 'A = 1',
    'lib/deep/b.py': 'B = 2',
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
});

describe('golem-exec session', () => {
  test('create, upload, run, ls, cd, download, list, rm', async () => {
    expect(await ok(['create', 'work', '--lang', 'python', '--env', 'MODE=kept', '--timeout', '4000'])).toBe('work\n');
    await ok(['upload', 'work', 'main.py']);
    await ok(['upload', 'work', 'lib']);
    await ok(['upload', 'work', '-', 'sub/in.txt'], 'piped');
    expect(await session(['run', 'work', 'main.py', '--stdin', 'typed', '--', '-a', 'b'])).toEqual({
      status: 5,
      stdout: "/app ['main.py', '-a', 'b'] typed kept\n",
      stderr: '',
    });
    const code = 'import lib.deep.b as b; open("sub/out.bin", "wb").write(bytes([0, 255, b.B]))';
    await ok(['run', 'work', '-e', code]);
    expect(await ok(['ls', 'work'])).toBe('lib\nmain.py\nsub\n');
    expect(await ok(['cd', 'work', 'sub'])).toBe('/app/sub\n');
    expect(await ok(['ls', 'work'])).toBe('in.txt\nout.bin\n');
    expect(await ok(['ls', 'work', '/app/lib'])).toBe('a.py\ndeep\n');
    await ok(['download', 'work', 'out.bin']);
    expect([...(await readFile(join(folder, 'out.bin')))]).toEqual([0, 255, 2]);
    await ok(['download', 'work', 'in.txt', 'elsewhere.txt']);
    expect(await readFile(join(folder, 'elsewhere.txt'), 'utf8')).toBe('piped');
    expect(await ok(['download', 'work', '../sub/in.txt', '-'])).toBe('piped');
    expect(await ok(['run', 'work', '-'], 'import os; print(os.getcwd())')).toBe('/app/sub\n');
    expect(await ok(['list'])).toMatch(
      /^work {2}python {2}\d{4}-\d\d-\d\dT[\d:.]+Z {2}8 files {2}\d+ bytes {2}expires \S+Z\n$/,
    );
    await ok(['rm', 'work']);
    expect(await ok(['list'])).toBe('');
  });

  test('--persist globals keeps variables, and --json says which could not be kept', async () => {
    await ok(['create', 'vars', '--lang', 'python', '--persist', 'globals']);
    await ok(['run', 'vars', '-e', 'n = 1']);
    expect(JSON.parse(await ok(['run', 'vars', '-e', 'n += 1; print(n); o = object()', '--json']))).toMatchObject({
      result: { run: { stdout: '2\n' }, stateSkipped: ['o'] },
    });
    expect(await ok(['run', 'vars', '-e', 'print(n)'])).toBe('2\n');
    expect((await session(['create', 'x', '--lang', 'js', '--persist', 'all'])).status).toBe(64);
  });

  test.each([
    ['python', 'n = 20', 'print("out")\nn * 2 + 2', '{1: (2,)}', 'len', '<built-in function len>', '1 / 0'],
    [
      'js',
      'var n = 20',
      'console.log("out"); n * 2 + 2',
      'new Map([[1, [2]]])',
      'Math.max',
      '[Function: max]',
      'null.x',
    ],
  ])('eval prints the value of the last expression: %s', async (lang, first, second, map, code, text, failing) => {
    const id = `eval-${lang}`;
    await ok(['create', id, '--lang', lang, '--persist', 'heap']);
    await ok(['eval', id, first]);
    expect(await ok(['eval', id, second])).toBe('out\n42\n');
    const mapped = JSON.parse(await ok(['eval', id, '-', '--json'], map));
    expect(mapped).toMatchObject({ ok: true, result: { value: { kind: 'data', data: { $type: 'map' } } } });
    expect(await ok(['eval', id, code])).toBe(`${text}\n`);
    const failed = await session(['eval', id, failing]);
    expect(failed).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/ZeroDivisionError|TypeError/),
    });
    const exits = lang === 'python' ? 'import sys; sys.exit(7)' : 'process.exit(7)';
    expect(await session(['eval', id, exits])).toEqual({ status: 7, stdout: '', stderr: '' });
    expect((await session(['eval', id, '1', '--timeout', 'x'])).status).toBe(64);
    await ok(['rm', id]);
  });

  test('JavaScript too; an id is chosen', async () => {
    const id = (await ok(['create', '--lang', 'js'])).trim();
    expect(id).toMatch(/^[a-z0-9]{12}$/);
    const code =
      'require("node:fs").appendFileSync("log", "x"); console.log(require("node:fs").readFileSync("log", "utf8"));';
    for (const expected of ['x\n', 'xx\n']) expect(await ok(['run', id, '-e', code])).toBe(expected);
  });

  test('--json prints one line with the result', async () => {
    const json = async (...args: string[]) => {
      const { status, stdout, stderr } = await session([...args, '--json']);
      expect([stderr, stdout.split('\n').length]).toEqual(['', 2]);
      return { status, ...JSON.parse(stdout) };
    };
    expect(await json('create', 'a', '--lang', 'py', '--env', 'SECRET=s3cret', '--memory', '64MB')).toMatchObject({
      status: 0,
      ok: true,
      result: { id: 'a', language: 'python', persist: 'workspace', workingDir: '/app', env: ['SECRET'], files: 0 },
    });
    expect(await json('upload', 'a', 'lib')).toMatchObject({
      ok: true,
      result: expect.arrayContaining(['/app/lib/a.py']),
    });
    expect(await json('ls', 'a')).toMatchObject({ ok: true, result: ['lib'] });
    expect(await json('cd', 'a', 'lib')).toMatchObject({ ok: true, result: { workingDir: '/app/lib' } });
    expect(await json('run', 'a', '-e', 'print(1); raise SystemExit(3)')).toMatchObject({
      status: 3,
      ok: true,
      result: { run: { stdout: '1\n', exitCode: 3 } },
    });
    expect(await json('run', 'a', '-e', '1/0')).toMatchObject({
      status: 1,
      ok: false,
      error: { tag: 'runtime-failed' },
    });
    expect(await json('download', 'a', 'a.py', 'a.copy')).toMatchObject({ result: { path: 'a.copy', bytes: 5 } });
    const [listed] = (await json('list')).result;
    expect(listed).toMatchObject({ id: 'a', limits: { memoryBytes: 64 * 1024 * 1024 }, env: ['SECRET'], bytes: 10 });
    expect(await json('rm', 'a')).toMatchObject({ ok: true, result: ['a'] });
    expect((await json('list')).result).toEqual([]);
  });

  test('however a run ends, what it wrote is kept', async () => {
    await ok(['create', 's', '--lang', 'python']);
    const keep = 'open("log", "a").write("k")\n';
    expect((await session(['run', 's', '-e', `${keep}1/0`])).status).toBe(1);
    expect((await session(['run', 's', '-e', `${keep}while True: pass`, '--timeout', '2000'])).status).toBe(124);
    expect((await session(['run', 's', '-e', `${keep}while True: pass`, '--fuel', '200000000'])).status).toBe(137);
    expect((await session(['run', 's', '-e', 'x = ('])).status).toBe(65);
    expect(await ok(['download', 's', 'log', '-'])).toBe('kkk');
  });

  test('what fails before a run leaves the session as it was', async () => {
    await ok(['create', 's', '--lang', 'python']);
    const modules = ['--module', 'a.txt=data.txt', '--module', '../b=data.txt'];
    expect((await session(['run', 's', '-e', '1', ...modules])).status).toBe(64);
    expect((await session(['upload', 's', 'lib', '../out'])).status).toBe(64);
    expect((await session(['cd', 's', 'missing'])).status).toBe(1);
    expect(await ok(['ls', 's'])).toBe('');
  });

  test('a run that was allowed more than the session leaves it usable', async () => {
    await ok(['create', 's', '--lang', 'python', '--file-size', '1KB']);
    const big = 'with open("big", "wb") as file: file.write(bytes(5000))';
    expect((await session(['run', 's', '-e', big])).status).toBe(137);
    await ok(['run', 's', '-e', big, '--file-size', '1MB']);
    expect(await ok(['run', 's', '-e', 'import os; print(os.path.getsize("big"))'])).toBe('5000\n');
    expect((await session(['run', 's', '-e', 'with open("big", "ab") as file: file.write(b"x")'])).status).toBe(137);
  });

  test('a file of this machine in place of one of the session is pointed out', async () => {
    await ok(['create', 's', '--lang', 'python']);
    const { status, stderr } = await session(['run', 's', 'main.py']);
    expect(status).toBe(1);
    expect(stderr).toContain('session upload');
    expect((await session(['run', 's', 'nowhere.py'])).stderr).not.toContain('session upload');
  });

  test('--dir names the store, and comes before the environment', async () => {
    const other = join(folder, 'another store');
    await ok(['create', 'a', '--lang', 'js', '--dir', other]);
    expect(await ok(['list'])).toBe('');
    expect(await ok(['list', '--dir', other])).toContain('a  javascript');
    const home = { EXEC_SESSIONS_DIR: '', XDG_DATA_HOME: join(folder, 'data'), HOME: folder, LOCALAPPDATA: folder };
    expect((await session(['create', 'b', '--lang', 'js'], '', home)).status).toBe(0);
    if (process.platform === 'linux') expect(existsSync(join(folder, 'data/golem-exec/sessions/session-b'))).toBe(true);
    const { status, stderr } = await session(['create', 'c', '--lang', 'js', '--dir', join(folder, 'data.txt')]);
    expect(status).toBe(74);
    expect(stderr).toContain('--dir');
  });

  test('help shows commands, options and examples', async () => {
    const all = await session(['--help']);
    expect(all.status).toBe(0);
    for (const word of ['create', 'upload', 'download', 'ls', 'cd', 'rm', 'list', 'Examples:', 'EXEC_SESSIONS_DIR']) {
      expect(all.stdout).toContain(word);
    }
    const run = await session(['run', '--help']);
    for (const word of ['--module', '--timeout', '--wait', 'Examples:']) expect(run.stdout).toContain(word);
    expect((await session([])).status).toBe(64);
  });
});

describe('mistakes', () => {
  let shared: string;
  beforeAll(async () => {
    shared = join(folder, 'shared store');
    line.store = shared;
    await ok(['create', 's', '--lang', 'python']);
    await ok(['upload', 's', 'data.txt', 'here']);
  });

  test.each([
    [['create', 's', '--lang', 'python'], 'ID'],
    [['create', '../s', '--lang', 'python'], 'ID'],
    [['create', 'x'.repeat(65), '--lang', 'python'], 'ID'],
    [['create', 't'], 'command line'],
    [['create', 't', '--lang', 'python', '--timeout', 'soon'], 'timeout'],
    [['create', 't', '--lang', 'python', '--memory', '1'], 'limits.memoryBytes'],
    [['run', 'missing', '-e', '1'], 'ID'],
    [['run', 's'], 'FILE'],
    [['run', 's', '-e', '1', '--wait', 'long'], 'wait'],
    [['run', 's', '-e', '1', '--lang', 'python'], 'command line'],
    [['run', 's', '-', '--stdin', '-'], 'stdin'],
    [['upload', 's', 'missing'], 'PATH'],
    [['upload', 's', '-'], 'NAME'],
    [['upload', 's', 'data.txt', 'a\\b'], 'file.name'],
    [['download', 's', '..'], 'DEST'],
    [['download', 's', 'here', 'no/such/folder'], 'DEST'],
    [['download', 's', 'here', '-'], 'json'],
    [['ls', '..'], 'ID'],
    [['cd', 's'], 'command line'],
    [['rm', 'missing'], 'ID'],
    [['prune', 's'], 'command line'],
    [['create', 't', '--lang', 'python', '--persist', 'all'], 'persist'],
    [['create', 't', '--lang', 'python', '--ttl', '5'], 'ttl'],
    [['create', 't', '--lang', 'python', '--ttl', '0s'], 'ttl'],
    [['snapshot', 'missing', 'file'], 'ID'],
    [['snapshot', 's', 'no/such/folder'], 'FILE'],
    [['snapshot', 's', '-'], 'json'],
    [['restore', 't', 'missing'], 'FILE'],
    [['restore', 't', 'data.txt'], 'FILE'],
    [['fork', 's', 's'], 'ID'],
    [['fork', 's', '../t'], 'ID'],
    [['fork', 'missing', 't'], 'ID'],
    [['info', 'missing'], 'ID'],
  ])('%j is a usage error that names %s', async (args, field) => {
    line.store = shared;
    const json = await session([...args, '--json']);
    expect(json.status).toBe(64);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { tag: 'invalid-request', field } });
    if (field === 'json') return;
    const { status, stdout, stderr } = await session(args);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/.{10}/);
  });
});

describe('hostile programs', () => {
  test('names and links reach nothing outside the store, nor the terminal', async () => {
    await ok(['create', 's', '--lang', 'python']);
    await writeFile(join(folder, 'secret'), 'secret');
    const code = [
      'import os',
      'for name in ["__proto__", "con", "a\\\\b", "x" * 255, "A", "a", "\\x1b[31mred", "new\\nline", "\\u202eturned"]:',
      '    open(name, "w").write("mine")',
      `os.symlink(${JSON.stringify(join(folder, 'secret'))}, "out")`,
      'os.symlink("../" * 20 + "etc/passwd", "up")',
      'os.symlink("loop", "loop")',
    ].join('\n');
    await ok(['run', 's', '-e', code]);
    const listed = await ok(['ls', 's']);
    for (const hidden of ['\u001b', '\u202e']) expect(listed).not.toContain(hidden);
    expect(listed).toContain('"\\u001b[31mred"\n');
    expect(listed).toContain('"\\u202eturned"\n');
    expect(JSON.parse((await session(['ls', 's', '--json'])).stdout).result).toContain('new\nline');
    for (const path of ['out', 'up', 'loop', '../../etc/passwd']) {
      const { status, stdout } = await session(['download', 's', path, '-']);
      expect([path, status, stdout]).toEqual([path, 1, '']);
    }
    expect(await ok(['download', 's', '__proto__', '-'])).toBe('mine');
    expect(await ok(['download', 's', 'x'.repeat(255), '-'])).toBe('mine');
    expect(await readdir(line.store, { recursive: true })).toEqual(['session-s', join('session-s', 'image')]);
    expect((await session(['upload', 's', 'data.txt', 'loop'])).status).toBe(1);
    await ok(['upload', 's', 'data.txt', 'up']).catch(() => undefined);
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
  });

  test('a link in a folder that is uploaded is not followed', async () => {
    await ok(['create', 's', '--lang', 'python']);
    await mkdir(join(folder, 'linked'), { recursive: true });
    await writeFile(join(folder, 'linked/real'), '');
    await symlink(join(folder, 'secret'), join(folder, 'linked/link')).catch(() => undefined);
    await ok(['upload', 's', 'linked']);
    expect(await ok(['ls', 's', 'linked'])).toBe('real\n');
  });
});

describe('processes', () => {
  const append = ['-e', 'open("log", "a").write("x")'];

  test('at once take turns and lose nothing', async () => {
    await ok(['create', 's', '--lang', 'js']);
    const code = 'require("node:fs").appendFileSync("log", "x");';
    const ended = await Promise.all(
      Array.from({ length: 6 }, () => session(['run', 's', '-e', code, '--wait', '60000', '--timeout', '20000'])),
    );
    expect(ended.map(({ status, stderr }) => [status, stderr])).toEqual(Array.from({ length: 6 }, () => [0, '']));
    expect(await ok(['download', 's', 'log', '-'])).toBe('xxxxxx');
  });

  test('that wait too long say who has the session; looking needs no turn', async () => {
    await ok(['create', 's', '--lang', 'python']);
    const child = line.start([
      'session',
      'run',
      's',
      '-e',
      'print("in", flush=True)\nwhile True: pass',
      '--timeout',
      '60000',
    ]);
    const closed = new Promise((resolve) => child.on('close', resolve));
    try {
      await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), closed]);
      const { status, stderr } = await session(['run', 's', ...append, '--wait', '100']);
      expect(status).toBe(75);
      expect(stderr).toContain(`process ${child.pid}`);
      expect((await session(['rm', 's', '--wait', '0'])).status).toBe(75);
      expect(await ok(['ls', 's'])).toBe('');
    } finally {
      child.kill('SIGKILL');
      await closed;
    }
    // Its lock ended with it, and the session is as it was.
    await ok(['run', 's', ...append, '--wait', '0']);
    expect(await ok(['ls', 's'])).toBe('log\n');
  });

  test('a damaged session is refused, listed as such, and can be removed', async () => {
    await ok(['create', 's', '--lang', 'python']);
    await ok(['upload', 's', 'data.txt']);
    const path = join(line.store, 'session-s', 'image');
    const bytes = await readFile(path);
    await writeFile(
      path,
      bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
    );
    const { status, stderr } = await session(['run', 's', ...append]);
    expect(status).toBe(74);
    expect(stderr).toMatch(/image is damaged: .*checksum/);
    const json = JSON.parse((await session(['ls', 's', '--json'])).stdout);
    expect(json).toMatchObject({ ok: false, error: { tag: 'internal' }, details: { reason: 'damaged' } });
    await writeFile(path, bytes.subarray(0, 100));
    expect(await ok(['list'])).toContain('cannot be read');
    await ok(['rm', 's']);
    expect(await ok(['list'])).toBe('');
  });
});
