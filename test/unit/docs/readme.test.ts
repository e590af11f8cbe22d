import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** All source texts of a folder. */
function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');
}

describe('README.md', () => {
  test('its example prints what it says', async () => {
    const code = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(readme);
    const [, example = '', output = ''] = code ?? [];
    const printed: string[] = [];
    const body = example
      .replace(/^import .*$/m, '')
      .replace('await using executor', 'const executor')
      .replace('console.log(', 'print(');
    const AsyncFunction = (async () => undefined).constructor as new (
      ...args: string[]
    ) => (...args: unknown[]) => Promise<void>;
    const executor = createExecutor({ workers: 1 });
    try {
      await new AsyncFunction('createExecutor', 'print', body)(
        () => executor,
        (text: string) => printed.push(text),
      );
    } finally {
      await executor.close();
    }
    expect(printed.join('')).toBe(output);
  });

  test('names scripts that exist, and every script', () => {
    const named = new Set(
      [...readme.matchAll(/npm (?:run ([a-z0-9]+)|(test)\b)/g)].map(([, script, test]) => script ?? test ?? ''),
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    for (const name of Object.keys(scripts)) expect([...named]).toContain(name);
  });

  test('names every environment variable that is read, and no other', () => {
    const code = sources('host/src') + sources('build');
    const read = new Set(
      [...code.matchAll(/'(EXEC_[A-Z_]+)'|process\.env(?:\['|\.)([A-Z_]+)/g)].map((m) => m[1] ?? m[2] ?? ''),
    );
    // How the host tells the component where its streams go and what outlives a run; not for users.
    for (const name of ['EXEC_STDIO', 'EXEC_PERSIST', 'EXEC_EVALUATE']) read.delete(name);
    // What the bundler puts into packages in its place; nobody reads it.
    read.delete('NODE_ENV');
    const table = /## Environment variables(.*?)\n## /s.exec(readme)?.[1] ?? '';
    const documented = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map((m) => m[1] ?? '');
    expect(documented.sort()).toEqual([...read].sort());
  });

  test('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((m) => m[1] ?? '');
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) expect([link, existsSync(join(root, link))]).toEqual([link, true]);
  });
});
