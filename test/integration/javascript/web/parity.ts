import { beforeAll, expect, test } from 'vitest';
import { inNode } from '../../../conformance/node-parity/oracle.ts';
import { useExecutor } from '../support.ts';

/** Statements that print; a row whose value is a list gives what is printed instead of Node's, with the reason. */
export type ParityRow = string | readonly [source: string, expected: string, reason: string];

const mark = '\u0001';

/** All rows as one program: each in a function of its own, its errors printed as name, code and message. */
function programOf(rows: Readonly<Record<string, ParityRow>>): string {
  const parts = Object.entries(rows).map(([name, row]) => {
    const source = typeof row === 'string' ? row : row[0];
    return `console.log(${JSON.stringify(mark + name)});\nawait run(async () => {\n${source}\n});`;
  });
  return [
    'import { inspect } from "node:util";',
    'const show = (error) => error instanceof Error || (typeof error === "object" && error !== null && "message" in error)',
    '  ? `${error.name}|${error.code}|${error.message}` : `thrown ${String(error)}`;',
    'const fails = (f) => { try { f(); console.log("no error"); } catch (e) { console.log(`${e.name}|${e.code}`); } };',
    'const rejects = async (p) => { try { await p; console.log("no error"); } catch (e) { console.log(`${e.name}|${e.code}`); } };',
    'const run = async (row) => { try { await row(); } catch (error) { console.log(show(error)); } };',
    ...parts,
    '',
  ].join('\n');
}

function sections(stdout: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const section of stdout.split(mark).slice(1)) {
    const end = section.indexOf('\n');
    found.set(section.slice(0, end), section.slice(end + 1));
  }
  return found;
}

/** One test for each row: the component prints what Node prints. */
export function testParity(rows: Readonly<Record<string, ParityRow>>): void {
  const run = useExecutor();
  let expected: Map<string, string>;
  let actual: Map<string, string>;
  beforeAll(async () => {
    const program = programOf(rows);
    const ended = await run(program, { limits: { timeMs: 60_000 } });
    expect(ended.stderr).toBe('');
    actual = sections(ended.stdout);
    expected = sections((await inNode(program)).stdout);
  });
  test.each(Object.keys(rows))('%s', (name) => {
    const row = rows[name];
    const fromNode = expected.get(name);
    expect(fromNode, 'Node printed something').not.toBe(undefined);
    if (typeof row === 'string') {
      expect(actual.get(name)).toBe(fromNode);
    } else {
      expect(actual.get(name)).toBe(row?.[1]);
      expect(fromNode, 'the difference is still there').not.toBe(row?.[1]);
    }
  });
}
