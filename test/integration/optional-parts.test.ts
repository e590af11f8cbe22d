/** What a user does not use is not loaded: it may be missing altogether. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from './programs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golem-exec-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bytes at the beginning of a pack of packages that say what it is; its content comes after them. */
const packHeader = 16;

/**
 * A package with the library's own code and one language. There is no other component in it, nothing of `node_modules`
 * (MCP, the translation of components and the checking of schemas need that), and the packages have no content.
 */
async function leanPackage(language: string): Promise<string> {
  const home = join(folder, language);
  await mkdir(join(home, 'dist/vendor'), { recursive: true });
  await cp(join(root, 'package.json'), join(home, 'package.json'));
  await cp(join(root, 'dist'), join(home, 'dist'), {
    recursive: true,
    filter: (from) => !/dist\/(?:components|vendor|types|mcp\.js)|\.map$/.test(from.replaceAll('\\', '/')),
  });
  await cp(join(root, 'dist/components', language), join(home, 'dist/components', language), { recursive: true });
  const pack = await readFile(join(root, `dist/vendor/${language}.pack`));
  await mkdir(join(home, 'dist/vendor'), { recursive: true });
  await writeFile(join(home, `dist/vendor/${language}.pack`), pack.fill(0, packHeader));
  return home;
}

/** Runs code in a process of its own, as a user's module beside the library. */
async function asUser(home: string, code: string): Promise<{ stdout: string; stderr: string }> {
  const script = join(home, 'user.mjs');
  await writeFile(script, code);
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, [script], { cwd: home }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(error);
    });
  });
}

describe.each(languages)('$language', ({ language, main }) => {
  const vendored = language === 'python' ? 'import tabulate' : 'requireVendor("papaparse")';
  const other = language === 'python' ? 'javascript' : 'python';

  test('runs without the other language, MCP and the content of packages', { timeout: 120_000 }, async () => {
    const home = await leanPackage(language);
    const code = `
      import { createExecutor } from 'golem-exec';
      const executor = createExecutor({ workers: 1 });
      const run = async (language, content) =>
        await executor.run({ language, files: [{ name: ${JSON.stringify(main)}, content }], limits: { timeMs: 60_000 } }).then(
          ({ run }) => run.stdout.trim(),
          (error) => error.tag,
        );
      const print = ${JSON.stringify(language === 'python' ? 'print(6 * 7)' : 'console.log(6 * 7)')};
      console.log(JSON.stringify([
        await run('${language}', print),
        // What was left out is missed by those who use it, and by nobody else.
        await run('${language}', ${JSON.stringify(vendored)}),
        await run('${other}', print),
        await run('${language}', print),
        await import('golem-exec/mcp').then(() => 'there', (error) => error.code),
      ]));
      await executor.close();`;
    const { stdout, stderr } = await asUser(home, code);
    expect(stderr).toBe('');
    const [first, imported, missing, again, mcp] = JSON.parse(stdout) as string[];
    expect([first, again]).toEqual(['42', '42']);
    expect([imported, missing, mcp]).toEqual([
      expect.stringMatching(/-failed|internal/),
      'internal',
      'ERR_MODULE_NOT_FOUND',
    ]);
  });
});
