import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inFolder } from '../../host/src/cli/mounts/held-folder.ts';
import { changesBelow, readHostFolder, writeBack } from '../../host/src/cli/mounts/index.ts';
import { FileTree } from '../../host/src/wasi/index.ts';
import { commandLine } from '../integration/cli/support.ts';

/** A program that wants to write outside of the folder it was lent, through what it leaves in its copy. */

const line = await commandLine();
let top: string;
let root: string;
let outside: string;
let count = 0;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'golem-exec-mount-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));
beforeEach(async () => {
  const base = join(top, String(count++));
  root = join(base, 'root');
  outside = join(base, 'outside');
  await mkdir(root, { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), 'secret');
});

const nothingOutside = async (): Promise<void> => {
  expect(await readdir(outside)).toEqual(['secret']);
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
};

const none = { removedFiles: [], removedFolders: [], newFolders: [], files: [], links: [] } as const;
const bytes = new TextEncoder().encode('owned');

test('a name that commands a terminal is shown without its commands', async () => {
  const names = ['\x9b2J', '\x1b[2J', 'a\u202eb', '\x7f\x85', '\ud800'];
  for (const name of names.slice(0, 4)) await mkdir(join(root, name));
  const problems = await writeBack(root, { ...none, files: names.map((path) => ({ path, bytes })), links: [] });
  expect(problems.length).toBeGreaterThanOrEqual(4);
  expect(problems.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect(problems[0]).toContain('"\\u009b2J" was not written back');
  await nothingOutside();
});

describe('a program', () => {
  test('that leaves links in place of files and folders reaches nothing through them', async () => {
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'folder/inside'), 'mine');
    await writeFile(join(root, 'file'), 'mine');
    const code = `
import os
os.remove("d/folder/inside"); os.rmdir("d/folder"); os.symlink(${JSON.stringify(outside)}, "d/folder")
os.remove("d/file"); os.symlink(${JSON.stringify(join(outside, 'secret'))}, "d/file")
os.symlink("../../outside", "d/up")
os.symlink("/etc", "d/etc")
os.symlink("loop", "d/loop")
`;
    const ended = await line.run(['run', '-e', code, '--lang', 'python', '--mount', `${root}:/app/d`]);
    expect([ended.status, ended.stdout]).toEqual([0, '']);
    for (const name of ['folder', 'file', 'up', 'etc', 'loop']) {
      expect(ended.stderr).toContain(`/app/d: ${name} is a symbolic link, which is not written back`);
    }
    await nothingOutside();
    // What a link has taken the place of is still there.
    expect((await readdir(root, { recursive: true })).sort()).toEqual(['file', 'folder', 'folder/inside']);
  }, 20_000);

  test('that puts a link in the place of the mounted folder itself changes nothing', async () => {
    await writeFile(join(root, 'file'), 'mine');
    const code = `import os; os.remove("d/file"); os.rmdir("d"); os.symlink("/tmp", "d"); open("d/file", "w").write("owned")`;
    const ended = await line.run(['run', '-e', code, '--lang', 'python', '--mount', `${root}:/app/d`]);
    expect(ended.status).toBe(74);
    expect(ended.stderr).toContain('no folder any more');
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('mine');
  }, 20_000);

  test('whose names move the cursor cannot do so in the diagnostics', async () => {
    const code = 'import os; os.symlink("x", "d/\\x1b[31mred")';
    const ended = await line.run(['run', '-e', code, '--lang', 'python', '--mount', `${root}:/app/d`]);
    expect(ended.stderr).not.toContain('\u001b');
    expect(ended.stderr).toContain('\\u001b[31mred');
  });
});

describe('writing back', () => {
  test.each(['../outside/new', '..', '.', '', 'a/../../outside/new', '/etc/owned', 'a//b', 'nul\0', './x'])(
    'refuses %j as a path',
    async (path) => {
      const changes = { ...none, removedFiles: [path], newFolders: [path], files: [{ path, bytes }] };
      expect((await writeBack(root, changes)).length).toBe(3);
      expect(await readdir(root)).toEqual([]);
      await nothingOutside();
    },
  );

  test('follows no link that stands on this machine', async () => {
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'secret'), join(root, 'file'));
    await symlink(join(outside, 'made'), join(root, 'dangling'));
    const problems = await writeBack(root, {
      ...none,
      removedFiles: ['folder/secret'],
      newFolders: ['folder', 'folder/new', 'dangling'],
      files: ['folder/new', 'folder/secret', 'file', 'dangling'].map((path) => ({ path, bytes })),
    });
    expect(problems.length).toBe(8);
    await nothingOutside();
  });

  test('does nothing when the folder itself became a link', async () => {
    await rm(root, { recursive: true });
    await symlink(outside, root);
    const changes = { ...none, removedFiles: ['secret'], files: [{ path: 'new', bytes }] };
    expect((await writeBack(root, changes)).length).toBe(2);
    await nothingOutside();
  });

  test('removes a link, not what it leads to, and no folder that has something in it', async () => {
    await symlink(join(outside, 'secret'), join(root, 'link'));
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'folder/new'), 'made meanwhile');
    const problems = await writeBack(root, { ...none, removedFiles: ['link', 'gone'], removedFolders: ['folder'] });
    expect(problems).toEqual([expect.stringContaining('"folder" was not written back: ENOTEMPTY')]);
    expect((await readdir(root, { recursive: true })).sort()).toEqual(['folder', 'folder/new']);
    await nothingOutside();
  });

  test('leaves no half-written file', async () => {
    await mkdir(join(root, 'taken'));
    await writeBack(root, {
      ...none,
      files: [
        { path: 'taken', bytes },
        { path: 'new', bytes },
      ],
    });
    expect((await readdir(root)).sort()).toEqual(['new', 'taken']);
  });
});

describe.runIf(process.platform === 'linux')('a folder whose place a link takes while it is used', () => {
  test('is the one that is worked in', async () => {
    const folder = join(await realpath(root), 'folder');
    await mkdir(folder);
    await writeFile(join(folder, 'secret'), 'of the folder');
    const done = await inFolder(folder, async (held) => {
      await rename(folder, join(root, 'moved'));
      await symlink(outside, folder);
      await rm(join(held, 'secret'));
      await writeFile(join(held, 'new'), bytes);
      await rename(join(held, 'new'), join(held, 'newer'));
    });
    expect([done, await readdir(join(root, 'moved'))]).toEqual([true, ['newer']]);
    await nothingOutside();
  });

  test('is not entered through the link', async () => {
    await mkdir(join(outside, 'in'));
    await writeFile(join(outside, 'in', 'secret'), 'secret');
    await symlink(outside, join(root, 'link'));
    const entered = await inFolder(join(await realpath(root), 'link/in'), () => expect.fail('it was entered'));
    expect(entered).toBe(false);
    const limits = { files: 9, fileSizeBytes: 99, workspaceBytes: 99 };
    const through = readHostFolder(join(root, 'link/in'), limits, { files: 0, bytes: 0 });
    await expect(through).rejects.toThrow('not in that folder any more');
  });
});

describe('what a program changed', () => {
  const image = (build: (tree: FileTree) => void) => {
    const tree = new FileTree();
    tree.mkdirp('/app/d');
    build(tree);
    return tree.toImage();
  };

  test('is told by content and kind; a second name of a file is a file', () => {
    const before = image((tree) => {
      for (const name of ['same', 'changed', 'removed', 'to-folder', 'deep/er/x']) tree.write(`/app/d/${name}`, bytes);
      tree.mkdirp('/app/d/to-file');
      tree.write('/app/beside', bytes);
    });
    const after = image((tree) => {
      tree.write('/app/d/same', bytes);
      tree.write('/app/d/changed', Uint8Array.of(1));
      tree.write('/app/d/to-folder/x', bytes);
      tree.write('/app/d/to-file', bytes);
      tree.write('/app/beside', Uint8Array.of(1));
      tree.write('/app/dd', bytes);
    });
    expect(changesBelow('/app/d', before, after)).toEqual({
      removedFiles: expect.arrayContaining(['removed', 'to-folder', 'deep/er/x']),
      removedFolders: expect.arrayContaining(['deep/er', 'deep', 'to-file']),
      newFolders: ['to-folder'],
      files: expect.arrayContaining([{ path: 'changed', bytes: Uint8Array.of(1) }]),
      links: [],
    });
    const { entries } = after;
    const first = entries.findIndex(({ name }) => name === 'same');
    const linked = [
      ...entries,
      { kind: 'hard-link', parent: entries[first]?.parent ?? 0, name: 'again', to: first } as const,
    ];
    expect(changesBelow('/app/d', after, { version: 1, entries: linked })?.files).toEqual([{ path: 'again', bytes }]);
    const gone = new FileTree();
    expect(changesBelow('/app/d', before, gone.toImage())).toBeUndefined();
  });
});
