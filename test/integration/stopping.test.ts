import { createExecutor, type LanguageKind, type Session } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { endlessPrograms } from '../bench/programs.ts';
import { languages, type Pair } from './programs.ts';
import { failure } from './support.ts';

const count: Pair = {
  python: 'n = (n if "n" in globals() else 0) + 1\nprint(n)',
  javascript: 'globalThis.n = (globalThis.n ?? 0) + 1; console.log(n);',
};

const workOfTheHost = ['renames', 'listings', 'paths', 'sizes', 'writes', 'entropy'];

// The bench measures how long after its deadline a program is stopped: test/bench/RESULTS.md.
describe.each(languages)('$language: programs without end are stopped', ({ language, main }) => {
  const kind: LanguageKind = language;

  test('in the interpreter and inside its native code, and no session notices', { timeout: 120_000 }, async () => {
    await using executor = createExecutor({ workers: 2 });
    await using session: Session = await executor.openSession({ language: kind, persist: 'heap' });
    let cells = 0;
    const cell = async (): Promise<void> => {
      expect((await session.run({ code: count[kind] })).run.stdout).toBe(`${++cells}\n`);
    };
    await cell();
    let stopping = true;
    const meanwhile = (async () => {
      while (stopping) await cell();
    })();
    const ends: [string, string][] = [];
    for (const [name, content] of Object.entries(endlessPrograms[kind])) {
      const limits = { timeMs: 200, memoryBytes: 1024 ** 3 };
      const { tag, run } = await failure(executor.run({ language: kind, files: [{ name: main, content }], limits }));
      ends.push([name, `${tag} ${run.signal}`]);
    }
    stopping = false;
    await meanwhile;
    await cell();
    expect(ends).toEqual(Object.keys(endlessPrograms[kind]).map((name) => [name, 'timeout SIGKILL']));
    expect(cells).toBeGreaterThan(2);
  });

  // By fuel and not by time: so the result is the same on every machine.
  test('while the host works for them, and nothing of the session is lost', { timeout: 300_000 }, async () => {
    await using executor = createExecutor({ workers: 1 });
    const ends: [string, string][] = [];
    for (const name of workOfTheHost) {
      await using session = await executor.openSession({ language: kind });
      await session.upload({ name: 'kept', content: 'kept' });
      const code = endlessPrograms[kind][name] ?? '';
      const { tag, details } = await failure(session.run({ code, limits: { fuel: 300_000_000, timeMs: 200_000 } }));
      const kept = Buffer.from(await session.download('kept')).toString();
      ends.push([name, `${tag} ${details['reason']} ${kept}`]);
    }
    expect(ends).toEqual(workOfTheHost.map((name) => [name, 'resource-exceeded fuel kept']));
  });
});
