/** Run as a program of its own, so that nothing else is resident: `memory.ts LANGUAGE` prints its rows as JSON. */
import { createExecutor, type LanguageKind, type Session } from 'golem-exec';
import type { Row } from './stats.ts';

const language = process.argv[2] as LanguageKind;
const python = language === 'python';
const resident = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
};
const parked = 100;
const warm = 50;

const before = resident();
await using executor = createExecutor({ workers: 2 });
const request = { language, files: [{ name: python ? 'm.py' : 'm.js', content: '' }] };
for (let i = 0; i < warm; i++) await executor.run(request);
const one = resident();
for (let i = 0; i < warm; i++) await Promise.all([executor.run(request), executor.run(request)]);
const two = resident();
const sessions: Session[] = [];
const open = async (): Promise<void> => {
  const session = await executor.openSession({ language, persist: 'heap' });
  await session.run({ code: python ? 'x = [1, 2, 3]' : 'var x = [1, 2, 3];' });
  sessions.push(session);
};
for (let i = 0; i < 10; i++) await open();
const few = resident();
for (let i = 0; i < parked; i++) await open();
const many = resident();
const rows: Row[] = [
  { what: `${language}: memory of the first worker with a warm instance`, value: one - before, unit: 'MB' },
  { what: `${language}: memory of one more worker with a warm instance`, value: two - one, unit: 'MB' },
  {
    what: `${language}: memory of a parked heap session`,
    value: (many - few) / parked,
    unit: 'MB',
    budget: ['≤', 3],
    note: `resident set, mean of ${parked}`,
  },
];
console.log(JSON.stringify(rows));
