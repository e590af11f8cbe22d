/** Text that is cut off, or closes too much, as programs of models often are: its own last place, not that of a wrapper. */
import { describe } from 'vitest';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();

const at = (place: string, line: string, words: string, file = 'main.js') => {
  const [number, column = ''] = place.split(':');
  const mark = `${' '.repeat(Number(column) - 1)}^`;
  const stderr = `/app/${file}:${number}\n${line}\n${mark}\n\nSyntaxError: ${words}\n    at /app/${file}:${place}\n`;
  return { tag: 'compilation-failed', exitCode: 1, stderr } as const;
};
const ended = 'Unexpected end of input';
const name = 'main.js';

describe('text that does not end as it should', () => {
  testRows(run, {
    'an open call': ['foo(', at('1:5', 'foo(', ended), { name }],
    'an open block': ['let a = 1;\nif (a) {', at('2:9', 'if (a) {', ended), { name }],
    'an open function': ['function f() {\n  return 1;', at('2:12', '  return 1;', ended), { name }],
    'an open list': ['x = [1, 2', at('1:10', 'x = [1, 2', ended), { name }],
    'an operator without its right side': ['const x = 1 +', at('1:14', 'const x = 1 +', ended), { name }],
    'open behind a return of the module': ['if (0) return;\nfoo(', at('2:1', 'foo(', ended), { name }],
    'a brace too many': ['let a = 1;\n}', at('2:1', '}', "Unexpected token '}'"), { name }],
    'an ES module': ['export const a = (', at('1:19', 'export const a = (', ended, 'main.mjs')],
    'a mistake within the text stays where it is': [
      'let = = 3;\nfoo(',
      at('1:7', 'let = = 3;', "Unexpected token '='"),
      { name },
    ],
    'a required file': [
      'require("./part.cjs")',
      { tag: 'runtime-failed', stderr: `${at('2:5', 'foo(', ended, 'part.cjs').stderr}    at /app/main.js:1:1\n` },
      { name, files: [{ name: 'part.cjs', content: 'let a = 1;\nfoo(' }] },
    ],
  });
});
