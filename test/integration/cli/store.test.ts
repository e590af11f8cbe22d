import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages, type Pair } from '../programs.ts';
import { commandLine } from './support.ts';

const line = await commandLine();
const { folder, session, ok } = line;
const json = async (...args: string[]) => JSON.parse((await session([...args, '--json'])).stdout);

const define: Pair = {
  python: 'class Point:\n  def __init__(self, x): self.x = x\np = Point(6)\nopen("f.txt", "w").write("file")',
  javascript:
    'globalThis.Point = class { constructor(x) { this.x = x; } }; globalThis.p = new Point(6); require("node:fs").writeFileSync("f.txt", "file");',
};
const use: Pair = {
  python: 'p.x += 1; print(isinstance(p, Point), p.x)',
  javascript: 'p.x += 1; console.log(p instanceof Point, p.x);',
};
const text = (language: string, x: number): string => `${language === 'python' ? 'True' : 'true'} ${x}\n`;

describe.each(languages)('a $language session that persists its heap', ({ language }) => {
  test('goes on in the next process, in a fork, and from a file', async () => {
    await ok(['create', 'notes', '--lang', language, '--persist', 'heap']);
    await ok(['run', 'notes', '-e', define[language]]);
    expect(await ok(['run', 'notes', '-e', use[language]])).toBe(text(language, 7));
    expect(await ok(['fork', 'notes', 'attempt'])).toBe('attempt\n');
    await ok(['snapshot', 'notes', 'notes.session']);
    // Each goes its own way.
    expect(await ok(['run', 'notes', '-e', use[language]])).toBe(text(language, 8));
    expect(await ok(['run', 'attempt', '-e', use[language]])).toBe(text(language, 8));
    expect(await ok(['run', 'attempt', '-e', use[language]])).toBe(text(language, 9));
    expect(await ok(['restore', 'back', 'notes.session'])).toBe('back\n');
    expect(await ok(['run', 'back', '-e', use[language]])).toBe(text(language, 8));
    expect(await ok(['download', 'back', 'f.txt', '-'])).toBe('file');
    // A run that is stopped leaves the heap as the run before it did.
    const busy = language === 'python' ? 'p.x = 100\nwhile True: pass' : 'p.x = 100; while (true) {}';
    expect((await session(['run', 'back', '-e', busy, '--timeout', '300'])).status).toBe(124);
    expect(await ok(['run', 'back', '-e', use[language]])).toBe(text(language, 9));
    const { result } = await json('info', 'back');
    expect(result).toMatchObject({ persist: 'heap', runs: { completed: 2, failed: 1 }, language });
    await rmFile('notes.session');
  }, 60_000);

  test('is refused by another component, which its files survive', async () => {
    await ok(['create', 's', '--lang', language, '--persist', 'heap']);
    await ok(['run', 's', '-e', define[language]]);
    await ok(['snapshot', 's', 'mine.session']);
    const bytes = await readFile(join(folder, 'mine.session'));
    // Forged with sound checksums: an image of a component that is not the one at hand.
    const { decodeImage, encodeImage } = await import('golem-exec');
    const image = decodeImage(bytes);
    if (image.heap === undefined) throw new Error('no heap');
    await writeFile(
      join(folder, 'other.session'),
      encodeImage({ ...image, heap: { ...image.heap, component: 'ab'.repeat(32) } }),
    );
    await ok(['restore', 'other', 'other.session']);
    const { status, stderr } = await session(['run', 'other', '-e', use[language]]);
    expect(status).toBe(70);
    expect(stderr).toMatch(/another component.*download/);
    expect(await ok(['download', 'other', 'f.txt', '-'])).toBe('file');
    await Promise.all(['mine.session', 'other.session'].map(rmFile));
  }, 60_000);
});

async function rmFile(name: string): Promise<void> {
  const { rm } = await import('node:fs/promises');
  await rm(join(folder, name));
}

describe('session files', () => {
  test('carry workspace, working directory, environment, limits and globals; through pipes too', async () => {
    await ok(['create', 'a', '--lang', 'python', '--persist', 'globals', '--env', 'WHO=me', '--timeout', '4321']);
    await ok(['run', 'a', '-e', 'import os; n = 41; os.mkdir("d")']);
    await ok(['cd', 'a', 'd']);
    await ok(['snapshot', 'a', 'a.session']);
    await ok(['restore', 'b', '-'], await readFile(join(folder, 'a.session')));
    const code = 'import os; n += 1; print(n, os.getcwd(), os.environ["WHO"])';
    expect(await ok(['run', 'b', '-e', code])).toBe('42 /app/d me\n');
    expect((await json('info', 'b')).result).toMatchObject({ limits: { timeMs: 4321 }, env: ['WHO'] });
    const { status, stdout } = await session(['snapshot', 'a', '-']);
    expect([status, stdout.slice(0, 8)]).toEqual([0, 'golemses']);
  });

  test('that are damaged, cut or of another version are refused, naming the file', async () => {
    await ok(['create', 'a', '--lang', 'js']);
    await ok(['snapshot', 'a', 'a.session']);
    const bytes = await readFile(join(folder, 'a.session'));
    const cases: [Uint8Array, RegExp][] = [
      [bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte)), /checksum/],
      [bytes.subarray(0, 150), /cut/],
      [bytes.map((byte, at) => (at === 8 ? 77 : byte)), /format is 77.*later/],
    ];
    for (const [bad, reason] of cases) {
      await writeFile(join(folder, 'bad.session'), bad);
      const { status, stdout, stderr } = await session(['restore', 'b', 'bad.session']);
      expect([status, stdout]).toEqual([64, '']);
      expect(stderr).toMatch(/^golem-exec: FILE: "bad\.session" is no image of a session: /);
      expect(stderr).toMatch(reason);
    }
    expect((await readdir(line.store)).sort()).toEqual(['session-a']);
  });

  test('are for their user only', async () => {
    await ok(['create', 'a', '--lang', 'js']);
    await ok(['snapshot', 'a', 'private.session']);
    const { stat } = await import('node:fs/promises');
    expect((await stat(join(folder, 'private.session'))).mode & 0o777).toBe(0o600);
  });
});

describe('sessions that are not used', () => {
  test('expire, can be looked at and forked, and are pruned', async () => {
    await ok(['create', 'short', '--lang', 'python', '--ttl', '1ms']);
    await ok(['create', 'ever', '--lang', 'python', '--ttl', 'never']);
    await ok(['create', 'long', '--lang', 'python']);
    expect((await json('info', 'long')).result.expires).toMatch(/Z$/);
    expect((await json('info', 'ever')).result).not.toHaveProperty('expires');
    const run = await session(['run', 'short', '-e', 'print(1)']);
    expect([run.status, run.stdout]).toEqual([64, '']);
    expect(run.stderr).toMatch(/session short expired at .*session fork/);
    expect(await ok(['ls', 'short'])).toBe('');
    expect(await ok(['list'])).toMatch(/^ever .* expires never\nlong .* expires \S+Z\nshort .* expired\n$/);
    expect(await ok(['info', 'short'])).toMatch(/^expires +\S+Z \(expired\)$/m);
    await ok(['fork', 'short', 'again', '--ttl', '1d']);
    expect(await ok(['run', 'again', '-e', 'print(1)'])).toBe('1\n');
    const { result: dry } = await json('prune', '--dry-run');
    expect(dry).toMatchObject({ dryRun: true, removed: [{ id: 'short' }], inUse: [] });
    expect(await ok(['prune', '--dry-run'])).toMatch(/^short .* bytes\nwould remove 1 sessions, \d+ bytes\n$/);
    expect(await ok(['prune'])).toBe(
      `short  expired ${dry.removed[0].expires}  ${dry.reclaimedBytes} bytes\nremoved 1 sessions, ${dry.reclaimedBytes} bytes\n`,
    );
    expect(await ok(['prune'])).toBe('removed 0 sessions, 0 bytes\n');
    expect((await json('list')).result.map(({ id }: { id: string }) => id)).toEqual(['again', 'ever', 'long']);
  });

  test('the environment sets time to live, number and size', async () => {
    await ok(['create', 'a', '--lang', 'js']);
    const create = (env: Record<string, string>) => session(['create', 'b', '--lang', 'js', '--json'], '', env);
    const few = await create({ EXEC_SESSIONS_MAX: '1' });
    expect(few.status).toBe(74);
    expect(JSON.parse(few.stdout)).toMatchObject({ error: { tag: 'internal' }, details: { reason: 'full' } });
    expect(JSON.parse((await create({ EXEC_SESSIONS_TTL_MS: 'soon' })).stdout)).toMatchObject({
      error: { tag: 'invalid-request', field: 'EXEC_SESSIONS_TTL_MS' },
    });
    const code = 'require("node:fs").writeFileSync("big", "x".repeat(2e6)); console.log("said");';
    const big = await session(['run', 'a', '-e', code, '--json'], '', { EXEC_SESSIONS_MAX_MB: '1' });
    expect(big.status).toBe(74);
    // The report of the run is not lost.
    expect(JSON.parse(big.stdout)).toMatchObject({ run: { stdout: 'said\n' }, details: { reason: 'full' } });
    expect((await create({ EXEC_SESSIONS_TTL_MS: '1' })).status).toBe(0);
    expect((await session(['info', 'b'], '', { EXEC_SESSIONS_TTL_MS: '1' })).stdout).toContain('(expired)');
    expect((await session(['info', 'b'])).stdout).not.toContain('(expired)');
  });
});

describe('a reader that goes away', () => {
  test.each(languages)('ends the program, and the session is saved ($language)', async ({ language }) => {
    await ok(['create', 's', '--lang', language]);
    const code =
      language === 'python'
        ? 'open("before", "w").write("kept")\nwhile True: print("x" * 1000)'
        : 'require("node:fs").writeFileSync("before", "kept"); while (true) console.log("x".repeat(1000));';
    const child = line.start(['session', 'run', 's', '-e', code, '--timeout', '60000']);
    const closed = new Promise((resolve) => child.on('close', resolve));
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    expect([await closed, stderr]).toEqual([0, '']);
    expect(await ok(['download', 's', 'before', '-'])).toBe('kept');
    expect((await json('info', 's')).result.runs).toEqual({ completed: 0, failed: 1 });
  });
});
