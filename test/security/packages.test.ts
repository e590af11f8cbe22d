/** Attacks of Python programs on the packages that all tenants share, and what of them belongs to a tenant. */
import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { endOf, lendExecutor } from '../integration/support.ts';

const executor = lendExecutor(2);

const python = (content: string, limits = {}) =>
  endOf(executor(), {
    language: 'python',
    files: [{ name: 'main.py', content }],
    limits: { timeMs: 30_000, ...limits },
  });

const changes = `
import errno, os, pathlib, shutil, zipfile, sqlite3
site, file = "/data/site-packages", "/data/site-packages/tabulate/__init__.py"
before = open(file, "rb").read()
names = sorted(os.listdir(site))
open("mine.py", "w").write("x = 1"); os.mkdir("folder"); os.symlink(site, "door"); os.symlink(file, "window")
fd = os.open(file, os.O_RDONLY); folder = os.open(site, os.O_RDONLY)
ways = {
    "write": lambda: open(file, "w"), "append": lambda: open(file, "a"), "update": lambda: open(file, "r+b"),
    "truncating open": lambda: os.open(file, os.O_RDONLY | os.O_TRUNC), "exclusive": lambda: open(site + "/new", "x"),
    "creating open": lambda: os.open(site + "/new", os.O_CREAT), "truncate": lambda: os.truncate(file, 0),
    "ftruncate": lambda: os.ftruncate(fd, 0), "write to a descriptor": lambda: os.write(fd, b"x"),
    "unlink": lambda: os.unlink(file), "rmdir": lambda: os.rmdir(site), "rmtree": lambda: shutil.rmtree(site + "/tabulate"),
    "rename onto": lambda: os.rename("mine.py", file), "rename away": lambda: os.rename(file, "taken.py"),
    "rename in it": lambda: os.rename(file, site + "/other.py"), "replace the mount": lambda: os.rename("folder", site),
    "move the mount": lambda: os.rename(site, "taken"), "move its parent": lambda: os.rename("/data", "taken"),
    "link out": lambda: os.link(file, "same.py"), "link in": lambda: os.link("mine.py", site + "/mine.py"),
    "symlink in": lambda: os.symlink("/app/mine.py", site + "/mine.py"), "mkdir": lambda: os.mkdir(site + "/new"),
    "beside it": lambda: os.mkdir("/data/new"), "utime": lambda: os.utime(file, (1, 1)), "utime of it": lambda: os.utime(site, (1, 1)),
    "utime of a descriptor": lambda: os.utime(fd, (1, 1)),
    "through a link to it": lambda: open("door/tabulate/__init__.py", "w"), "through a link to a file": lambda: open("window", "w"),
    "through dots": lambda: open("/app/../data/site-packages/tabulate/../x", "w"), "pathlib": lambda: pathlib.Path(file).touch(),
    "a database": lambda: sqlite3.connect(site + "/x.db").execute("create table t(a)"),
    "an archive": lambda: zipfile.ZipFile(site + "/x.zip", "w"), "helper": lambda: write_text(file, "x"),
    "helper copy": lambda: copy_file("mine.py", file), "helper remove": lambda: remove_file(file),
    "byte code": lambda: __import__("py_compile").compile(file, doraise=True),
}
refusals = {errno.EROFS, errno.EXDEV, errno.EBUSY, errno.EBADF, errno.EINVAL, errno.EPERM}
for name, way in ways.items():
    try: way()
    except OSError as error:
        if error.errno not in refusals: print(name, error)
    except sqlite3.OperationalError: pass
    else: print(name, "worked")
os.close(fd)
print(open(file, "rb").read() == before, sorted(os.listdir(site)) == names, os.listdir("/data"))
try: os.chmod(file, 0o777)
except (OSError, AttributeError, NotImplementedError): pass
try: open(file, "w")
except OSError as error: print(error)
`;

describe('what is lent to Python cannot be changed', () => {
  test('every way to write below /data fails, and the next tenant finds the packages as they were', async () => {
    expect(await python(changes)).toMatchObject({
      stdout:
        "True True ['site-packages']\n[Errno 69] Read-only file system: '/data/site-packages/tabulate/__init__.py'\n",
      stderr: '',
    });
    const next = 'import tabulate, os\nprint(tabulate.tabulate([[1]], tablefmt="plain"), os.listdir("/app"))';
    // In the same worker and in another one.
    for (const { stdout } of await Promise.all([python(next), python(next)])) expect(stdout).toBe("1 ['main.py']\n");
  });

  test('what a program does to a package that it imported is gone with its run', async () => {
    await python('import tabulate, sys\ntabulate.tabulate = None\nsys.modules["jinja2"] = tabulate\nsys.path.clear()');
    const { stdout } = await python(
      'import tabulate, jinja2\nprint(tabulate.tabulate([[1]], tablefmt="plain"), jinja2.__name__)',
    );
    expect(stdout).toBe('1 jinja2\n');
  });

  test('a file of the program comes before a package of that name, for it alone', async () => {
    const files = [
      { name: 'main.py', content: 'import tabulate\nprint(tabulate.x)' },
      { name: 'tabulate.py', content: 'x = "mine"' },
    ];
    expect(await endOf(executor(), { language: 'python', files })).toMatchObject({ stdout: 'mine\n' });
    expect((await python('import tabulate\nprint(hasattr(tabulate, "x"))')).stdout).toBe('False\n');
  });
});

describe('what is lent is nobody’s own', () => {
  test('it counts against no quota, and is in no image of a session', async () => {
    const limits = { files: 2, workspaceBytes: 2_000, fileSizeBytes: 1_000 };
    await using session = await executor().openSession({ language: 'python', limits });
    const { run } = await session.run({ code: 'import jinja2\nopen("own", "w").write("x")\nprint(jinja2.__file__)' });
    expect(run.stdout).toBe('/data/site-packages/jinja2/__init__.py\n');
    const image = await session.snapshot();
    expect(JSON.stringify(image.files)).not.toContain('data');
    await using restored = await executor().restore(image);
    expect((await restored.run({ code: 'import jinja2\nprint(open("own").read())' })).run.stdout).toBe('x\n');
  });

  test('a session that keeps its interpreter goes on with the packages it imported', async () => {
    await using session = await executor().openSession({ language: 'python', persist: 'heap' });
    await session.run({ code: 'import networkx as nx\ng = nx.path_graph(3)' });
    await using fork = await session.fork();
    for (const each of [session, fork]) {
      expect(
        (await each.run({ code: 'import networkx\nprint(nx.shortest_path(g, 0, 2), networkx is nx)' })).run.stdout,
      ).toBe('[0, 1, 2] True\n');
    }
  });

  test('an image that brings files of its own to that place does not put them there', async () => {
    await using session = await executor().openSession({ language: 'python' });
    const image = await session.snapshot();
    const times = [1, 0, 1, 0, 1, 0] as const;
    const top = image.files.entries.length;
    const forged = [
      { parent: 0, name: 'data', kind: 'directory', times },
      { parent: top, name: 'site-packages', kind: 'directory', times },
      {
        parent: top + 1,
        name: 'tabulate.py',
        kind: 'regular-file',
        times,
        bytes: new TextEncoder().encode('x = "forged"'),
      },
    ] as const;
    const files = { ...image.files, entries: [...image.files.entries, ...forged] };
    await using restored = await executor().restore({ ...image, files });
    const { run } = await restored.run({ code: 'import tabulate\nprint(hasattr(tabulate, "x"))' });
    expect(run.stdout).toBe('False\n');
  });

  test('an executor can leave it out', async () => {
    await using bare = createExecutor({ workers: 1, packages: false });
    const files = [{ name: 'main.py', content: 'import os\nprint(os.path.exists("/data"))\nimport tabulate' }];
    expect(await endOf(bare, { language: 'python', files })).toMatchObject({
      stdout: 'False\n',
      stderr: expect.stringMatching(/ModuleNotFoundError: No module named 'tabulate'\n$/),
    });
    expect(() => createExecutor({ packages: 'no' as unknown as boolean })).toThrow('packages: expected true or false');
  });
});
