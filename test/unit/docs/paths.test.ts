import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folders = ['build', 'components', 'docs', 'examples', 'host', 'test', 'wit'];
const read = (name: string): string => readFileSync(root + name, 'utf8');

/** Paths of this project that a text names. */
function paths(text: string): string[] {
  const quoted = [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map((match) => match[1] ?? '');
  return quoted.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
}

test.each(readdirSync(`${root}docs`).map((name) => `docs/${name}`))('%s names files that exist', (name) => {
  // What stands with a later issue has no code yet.
  const text = read(name).replace(/^.*\(with issue .*$/gm, '');
  expect(paths(text).filter((path) => !existsSync(root + path))).toEqual([]);
});

test('what plan.md gives as evidence exists', () => {
  const done = [...read('plan.md').matchAll(/^ *- \[x\] .*(?:\n(?! *- \[| *$|#).*)*/gm)].map(([task]) => task);
  expect(done.length).toBeGreaterThan(20);
  for (const task of done) expect([task, paths(task).filter((path) => !existsSync(root + path))]).toEqual([task, []]);
});

test('CI runs what the README says', () => {
  const command = read('.ci/run').trim().split('\n').at(-1) ?? '';
  expect(command).toMatch(/^npm ci && /);
  expect(read('README.md')).toContain(`\n${command}\n`);
});
