/** A program that takes over the harness, and speaks where the value of its last expression is awaited. */
import { createExecutor, ExecError, type Executor, type Session } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../integration/programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const forging = (answer: string): string => `
import gc
sessions = next(type(o).outcome_of.__globals__ for o in gc.get_objects() if type(o).__qualname__ == "Session")
sessions["run"].__globals__["evaluate"].answer = lambda value: ${answer}
5`;

async function evaluated(session: Session, code: string): Promise<unknown> {
  return await session.evaluate(code).then(
    ({ value }) => value,
    (error: unknown) => {
      if (!(error instanceof ExecError)) throw error;
      return error;
    },
  );
}

describe('an answer that is none', () => {
  test.each([
    ['nested without end', `'{"data":' + '[' * 900_000 + ']' * 900_000 + '}'`],
    ['nested without end, in objects', `'{"data":' + '{"a":' * 200_000 + '1' + '}' * 200_000 + '}'`],
    ['quotes that never close', `'{"data":"' + '\\\\"' * 900_000`],
    ['too long', `'{"data":"' + 'x' * 3_000_000 + '"}'`],
    ['a text without a bound', `'{"reason":"r","text":"' + 'x' * 1_000_000 + '"}'`],
    ['fields of other kinds', `'{"text":{},"reason":1}'`],
    ['fields of a prototype', `'{"__proto__":{"data":5}}'`],
    ['no JSON', `'[' * 1_000_000`],
  ])('%s is the program’s failure', async (_, answer) => {
    await using session = await executor.openSession({ language: 'python' });
    const error = await evaluated(session, forging(answer));
    expect(error).toMatchObject({ tag: 'runtime-failed', details: { reason: 'claim' } });
    expect(JSON.stringify((error as ExecError).details).length).toBeLessThan(1000);
    expect(await evaluated(session, '2 + 3')).toEqual({ kind: 'data', data: 5 });
  });
});

describe.each(languages)('$language', ({ language }) => {
  test('the deepest value that goes as data is believed', async () => {
    await using session = await executor.openSession({ language });
    const nested = (depth: number): string =>
      language === 'python'
        ? `d = []\nfor i in range(${depth}): d = {"a": (d,)}\nd`
        : `let d = []; for (let i = 0; i < ${depth}; i++) d = { a: new Map([[1, d]]) }; d`;
    const kinds: unknown[] = [];
    for (const depth of [1, 10, 20, 30, 40, 49, 60, 10_000]) {
      const value = await evaluated(session, nested(depth));
      expect(value).not.toBeInstanceOf(ExecError);
      kinds.push((value as { kind: string }).kind);
    }
    expect(kinds.slice(0, 3)).toEqual(['data', 'data', 'data']);
    expect(kinds.at(-1)).toBe('text');
  });

  test('brackets in a text of two million characters nest nothing', async () => {
    await using session = await executor.openSession({ language });
    const code = language === 'python' ? `'["\\\\' * 400_000` : `'["\\\\'.repeat(400_000)`;
    expect(await evaluated(session, code)).toEqual({ kind: 'data', data: '["\\'.repeat(400_000) });
  });

  test('keys that are words of JavaScript are data', async () => {
    await using session = await executor.openSession({ language });
    const json = '{"__proto__":{"polluted":1},"constructor":2,"toString":3}';
    const code = language === 'python' ? json : `JSON.parse('${json}')`;
    const value = (await evaluated(session, code)) as { data: object };
    expect(Object.keys(value.data)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(value.data)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});
