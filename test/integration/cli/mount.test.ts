import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { languages, type Pair } from '../programs.ts';
import { commandLine } from './support.ts';

const line = await commandLine();
let count = 0;
let folder: string;
beforeEach(async () => {
  folder = join(line.folder, `files ${count++}`);
  await mkdir(join(folder, 'in/deep'), { recursive: true });
  await mkdir(join(folder, 'in/empty'));
  await writeFile(join(folder, 'in/a.txt'), 'one');
  await writeFile(join(folder, 'in/deep/b.bin'), Uint8Array.of(0, 255));
});

const at = (path: string): string => join(folder, path);
const contents = async (path: string): Promise<string[]> => (await readdir(at(path), { recursive: true })).sort();

function run(pair: Pair | string, language: string, ...args: string[]) {
  const code = typeof pair === 'string' ? pair : pair[language as keyof Pair];
  return line.run(['run', '-e', code, '--lang', language, ...args]);
}

describe.each(languages)('--mount: $language', ({ language }) => {
  const change: Pair = {
    python: `
import os
assert open("d/a.txt").read() == "one" and sorted(os.listdir("d")) == ["a.txt", "deep", "empty", "untouched"]
open("d/a.txt", "a").write(" and two")
os.remove("d/deep/b.bin"); os.rmdir("d/deep")
os.makedirs("d/new/er"); open("d/new/er/c.txt", "w").write("three")
open("d/empty/e", "w").close()
open("beside", "w").write("not in the mount")
`,
    javascript: `
const fs = require("node:fs");
if (fs.readFileSync("d/a.txt", "utf8") !== "one" || fs.readdirSync("d").sort().join() !== "a.txt,deep,empty,untouched") throw new Error("not there");
fs.appendFileSync("d/a.txt", " and two");
fs.unlinkSync("d/deep/b.bin"); fs.rmdirSync("d/deep");
fs.mkdirSync("d/new/er", { recursive: true }); fs.writeFileSync("d/new/er/c.txt", "three");
fs.writeFileSync("d/empty/e", "");
fs.writeFileSync("beside", "not in the mount");
`,
  };

  test('what the program changed, made and removed is written back', async () => {
    await writeFile(at('in/untouched'), 'same');
    await chmod(at('in/a.txt'), 0o640);
    const before = await stat(at('in/untouched'));
    expect(await run(change, language, '--mount', `${at('in')}:/app/d`)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await contents('in')).toEqual(['a.txt', 'empty', 'empty/e', 'new', 'new/er', 'new/er/c.txt', 'untouched']);
    expect(await readFile(at('in/a.txt'), 'utf8')).toBe('one and two');
    expect(await readFile(at('in/new/er/c.txt'), 'utf8')).toBe('three');
    expect((await stat(at('in/a.txt'))).mode & 0o777).toBe(0o640);
    const after = await stat(at('in/untouched'));
    expect([after.mtimeMs, after.ino]).toEqual([before.mtimeMs, before.ino]);
  }, 20_000);

  test('also when the program fails or is stopped', async () => {
    const ends: [Pair, number][] = [
      [{ python: '1/0', javascript: 'throw new Error("no");' }, 1],
      [{ python: 'while True: pass', javascript: 'while (true) {}' }, 124],
    ];
    for (const [end, status] of ends) {
      await writeFile(at('in/a.txt'), 'one');
      const write: Pair = {
        python: `with open("d/a.txt", "w") as f: f.write("kept")\n${end.python}`,
        javascript: `require("node:fs").writeFileSync("d/a.txt", "kept");\n${end.javascript}`,
      };
      const ended = await run(write, language, '--mount', `${at('in')}:/app/d`, '--timeout', '500');
      expect(ended.status).toBe(status);
      expect(await readFile(at('in/a.txt'), 'utf8')).toBe('kept');
    }
  }, 20_000);

  test('with :ro it can be read anywhere, not changed, and nothing is written back', async () => {
    const read: Pair = {
      python: `
import os
for root in ["/data/mine", "/app/d"]:
    print(open(root + "/a.txt").read(), sorted(os.listdir(root)))
    for attempt in [lambda: open(root + "/a.txt", "w"), lambda: os.remove(root + "/a.txt"), lambda: os.mkdir(root + "/x"), lambda: os.rmdir(root)]:
        try: attempt(); print("changed")
        except OSError: pass
`,
      javascript: `
const fs = require("node:fs");
for (const root of ["/data/mine", "/app/d"]) {
  console.log(fs.readFileSync(root + "/a.txt", "utf8"), fs.readdirSync(root).sort());
  for (const attempt of [() => fs.writeFileSync(root + "/a.txt", ""), () => fs.unlinkSync(root + "/a.txt"), () => fs.mkdirSync(root + "/x"), () => fs.rmdirSync(root)]) {
    try { attempt(); console.log("changed"); } catch {}
  }
}
`,
    };
    const mounts = ['--mount', `${at('in')}:/data/mine:ro`, '--mount', `${at('in')}:/app/d:ro`];
    const { status, stdout, stderr } = await run(read, language, ...mounts);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').slice(0, 2)).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/^one .*deep/)),
    );
    expect(stdout).not.toContain('changed');
    expect(await contents('in')).toEqual(['a.txt', 'deep', 'deep/b.bin', 'empty']);
  }, 20_000);
});

describe('--mount', () => {
  test('of /app, with a program that is a file of it', async () => {
    await writeFile(at('in/main.py'), 'open("made", "w").write(open("a.txt").read())');
    const mount = ['--mount', `${at('in')}:/app`];
    expect(await line.run(['run', at('in/main.py'), ...mount])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await contents('in')).toEqual(['a.txt', 'deep', 'deep/b.bin', 'empty', 'made', 'main.py']);
    // A program from elsewhere is not left in the folder.
    await writeFile(at('other.py'), 'open("made", "a").write("!")');
    expect((await line.run(['run', at('other.py'), ...mount])).status).toBe(0);
    expect(await readFile(at('in/made'), 'utf8')).toBe('one!');
    expect(await contents('in')).not.toContain('other.py');
    await writeFile(at('main.py'), 'print("another one of that name")');
    const clash = await line.run(['run', at('main.py'), ...mount, '--json']);
    expect(clash.status).toBe(64);
    expect(JSON.parse(clash.stdout)).toMatchObject({
      error: { field: 'mount', val: expect.stringContaining('main.py') },
    });
  }, 20_000);

  test('goes with --json, --stream, --stdin, --env, --module and arguments', async () => {
    await writeFile(at('m.py'), 'M = 7');
    const code = 'import sys, os, m; print(sys.argv[1], input(), os.environ["E"], m.M); open("d/x", "w").close()';
    const args = [
      'run',
      '-e',
      code,
      '--lang',
      'python',
      '--mount',
      `${at('in')}:/app/d`,
      '--module',
      `m.py=${at('m.py')}`,
    ];
    const more = ['--stdin', 'typed', '--env', 'E=e', '--', 'arg'];
    expect(JSON.parse((await line.run([...args, '--json', ...more])).stdout)).toMatchObject({
      ok: true,
      result: { run: { stdout: 'arg typed e 7\n' } },
    });
    expect(await contents('in')).toContain('x');
    const streamed = (await line.run([...args, '--stream', ...more])).stdout.split('\n');
    expect(JSON.parse(streamed.at(-2) ?? '')).toMatchObject({ event: 'finished', result: { run: { exitCode: 0 } } });
  }, 20_000);

  test('limits hold for what is copied in and for what the program adds', async () => {
    const mount = ['--mount', `${at('in')}:/app/d`, '--json'];
    for (const [limit, reason] of [
      ['files=3', 'files'],
      ['fileSizeBytes=2', 'fileSizeBytes'],
      ['workspaceBytes=4', 'workspaceBytes'],
    ] as const) {
      const ended = await run('print(1)', 'python', ...mount, '--limit', limit);
      expect(ended.status).toBe(137);
      expect(JSON.parse(ended.stdout)).toMatchObject({ error: { tag: 'resource-exceeded' }, details: { reason } });
    }
    const more = 'with open("d/more", "w") as f: f.write("x" * 5000)';
    expect((await run(more, 'python', ...mount, '--limit', 'workspaceBytes=4KB')).status).toBe(137);
    expect((await run(more, 'python', ...mount)).status).toBe(0);
  }, 20_000);

  test('what cannot be written is told; the rest is, and the run’s report is there', async () => {
    // A path that is short enough in the program's world and too long in this one, below a longer folder.
    const code =
      'import os\nprint("said")\nopen("d/x", "w").close()\nos.chdir("d")\n' +
      'for i in range(16): os.mkdir("f" * 250); os.chdir("f" * 250)\nopen("g" * 60, "w").close()';
    const ended = await run(code, 'python', '--json', '--mount', `${at('in')}:/app/d`);
    expect(ended.status).toBe(74);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      error: { tag: 'internal', val: expect.stringContaining('was not written back: ENAMETOOLONG') },
      run: { stdout: 'said\n' },
      details: { reason: 'mount' },
    });
    expect(await contents('in')).toContain('x');
  });

  test.each([
    ['in', 'is not HOST:GUEST'],
    ['in:data', 'is not HOST:GUEST'],
    [':/app/x', 'is not HOST:GUEST'],
    ['in:/data', 'is not inside /app'],
    ['in:/app/../etc', 'is not inside /app'],
    ['in:/tmp/x', 'is not inside /app'],
    ['missing:/app/x', 'ENOENT'],
    ['in/a.txt:/app/x', 'is not a folder'],
  ])('%s is refused: %s', async (definition, reason) => {
    const child = await line.run([
      'run',
      '-e',
      '1',
      '--lang',
      'js',
      '--mount',
      `${folder}/${definition}`.replace(`${folder}/:`, ':'),
      '--json',
    ]);
    expect(child.status).toBe(64);
    expect(JSON.parse(child.stdout)).toMatchObject({ error: { field: 'mount', val: expect.stringContaining(reason) } });
  });

  test.each([
    [['in:/app/d', 'in/deep:/app/d'], 'overlap'],
    [['in:/app/d:ro', 'other:/app/d/deep:ro'], 'overlap'],
    [['in:/app/a', 'in/deep:/app/b:ro'], 'is written back'],
    [['in:/app/a', 'in:/app/b'], 'is written back'],
    [['in:/:ro'], 'folder of its own'],
    [['in:/app:ro'], 'folder of its own'],
    [['in:/tmp:ro'], 'folder of its own'],
    [['in:/data:ro'], 'overlap'],
    [['in:/data/site-packages/x:ro'], 'overlap'],
  ])('%j is refused: %s', async (definitions, reason) => {
    await mkdir(at('other'));
    const mounts = definitions.flatMap((definition) => ['--mount', `${folder}/${definition}`]);
    const child = await line.run(['run', '-e', '1', '--lang', 'js', ...mounts, '--json']);
    expect(child.status).toBe(64);
    expect(JSON.parse(child.stdout)).toMatchObject({
      error: { tag: 'invalid-request', val: expect.stringContaining(reason) },
    });
  });

  test('what is no regular file is refused by its name', async () => {
    await symlink('/etc/passwd', at('in/deep/link'));
    const ended = await run('1', 'js', '--mount', `${at('in')}:/app/d:ro`);
    expect(ended.status).toBe(64);
    expect(ended.stderr).toMatch(/in\/deep\/link" is a symbolic link; only folders and regular files/);
  });
});
