import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sameMachine } from '../../../build/same-machine.ts';
import { fetchToolchain } from '../../../build/toolchain.ts';

const machine = await sameMachine(await fetchToolchain());
const names = Array.from({ length: 3000 }, (_, i) => `file ${(i * 7919) % 3001} with a name of some length`);

describe.skipIf('reason' in machine)(`a process ${'reason' in machine ? `(skipped: ${machine.reason})` : ''}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golem-exec-machine-'));
    await mkdir(join(folder, 'many'));
    await mkdir(join(folder, 'empty'));
    for (const name of names) await writeFile(join(folder, 'many', name), '');
    await writeFile(join(folder, 'four'), 'four');
    await utimes(join(folder, 'four'), 1, 2);
    await symlink('four', join(folder, 'link'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs a Python program that prints JSON. */
  async function python(program: string): Promise<unknown> {
    if ('reason' in machine) throw new Error(machine.reason);
    const env = { ...process.env, ...machine.env };
    const { stdout } = await promisify(execFile)(machine.python, ['-c', program], { cwd: folder, env });
    return JSON.parse(stdout);
  }

  test('finds the same entropy and clocks that stand still, but those of its own work', async () => {
    const program = `import json, os, time
work = time.process_time()
while time.process_time() == work: sum(range(1000))
print(json.dumps([time.time(), time.monotonic(), list(os.urandom(4)), os.urandom(16) == os.urandom(16)]))`;
    expect(await python(program)).toEqual([1767225600, 1767225600, [11, 48, 85, 122], true]);
  });

  test('finds the names of a folder in their order, however often and in what pieces it asks', async () => {
    const program = `import ctypes, json, os, struct
libc = ctypes.CDLL(None, use_errno=True)
listing = {"x86_64": 217, "aarch64": 61}[os.uname().machine]
def pieces(folder, size):
    fd = os.open(folder, os.O_RDONLY)
    buffer = ctypes.create_string_buffer(size)
    found = []
    while (got := libc.syscall(listing, fd, buffer, size)) > 0:
        at = 0
        while at < got:
            length, = struct.unpack_from("<H", buffer, at + 16)
            found.append(buffer.raw[at + 19 : at + length].split(b"\\0")[0].decode())
            at += length
    os.close(fd)
    return found if got == 0 else [ctypes.get_errno()]
with os.scandir("many") as first, os.scandir("many") as second:
    both = [[a.name, b.name] for a, b in zip(first, second)]
removed = []
with os.scandir("many") as entries:
    for entry in entries:
        os.remove(entry)
        removed.append(entry.name)
print(json.dumps({"all": removed, "both": all(a == b for a, b in both), "after": os.listdir("many"),
    "pieces": pieces(".", 64), "empty": pieces("empty", 64), "small": pieces(".", 8), "file": pieces("four", 64)}))`;
    expect(await python(program)).toEqual({
      all: [...names].sort(),
      both: true,
      after: [],
      pieces: ['.', '..', 'empty', 'four', 'link', 'many'],
      empty: ['.', '..'],
      small: [22],
      file: [20],
    });
  });

  test('finds nothing in a file’s status that comes from the file system, and its errors', async () => {
    const program = `import ctypes, json, struct
libc = ctypes.CDLL(None, use_errno=True)
def status(path, flags=0):
    buffer = ctypes.create_string_buffer(256)
    if libc.statx(-100, path.encode(), flags, 0xfff, buffer) != 0: return ctypes.get_errno()
    links, = struct.unpack_from("<I", buffer, 16)
    mode, = struct.unpack_from("<H", buffer, 28)
    inode, size = struct.unpack_from("<QQ", buffer, 32)
    times = {struct.unpack_from("<q", buffer, at)[0] for at in (64, 80, 96, 112)}
    return [mode >> 12, links, inode, size, *times, *struct.unpack_from("<II", buffer, 136)]
print(json.dumps([status("four"), status("many"), status("link", 0x100), status("nothing")]))`;
    expect(await python(program)).toEqual([
      [8, 1, 1, 4, 1767225600, 0, 0],
      [4, 1, 1, 0, 1767225600, 0, 0],
      [10, 1, 1, 4, 1767225600, 0, 0],
      2,
    ]);
  });

  test('can start others, which find the same', async () => {
    const program = `import json, subprocess, sys
inner = "import os, time; print(int(time.time()), os.listdir('.'))"
print(json.dumps(subprocess.run([sys.executable, "-c", inner], capture_output=True, text=True).stdout))`;
    expect(await python(program)).toBe("1767225600 ['empty', 'four', 'link', 'many']\n");
  });
});
