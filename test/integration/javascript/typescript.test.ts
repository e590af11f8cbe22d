import { describe, expect, test } from 'vitest';
import { lendExecutor } from '../support.ts';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();
const name = 'main.ts';

describe('TypeScript, beyond what Node takes', () => {
  testRows(run, {
    'enums and parameter properties become code': [
      'enum E { A, B = "b", C = 1 << 3 } class P { constructor(private readonly x: number, public y = 2) {} sum() { return this.x + this.y; } } console.log(E.A, E.B, E.C, E[8], new P(1).sum());',
      '0 b 8 C 3\n',
      { name },
    ],
    'imports of what is a type only go': [
      'import { Shape, area } from "./shape.ts"; const s: Shape = { w: 3 }; console.log(area(s));',
      '3\n',
      {
        name,
        files: [
          { name: 'shape.ts', content: 'export interface Shape { w: number } export const area = (s: Shape) => s.w;' },
        ],
      },
    ],
    'a file is found without its ending, and by the name that it will have': [
      'import { a } from "./a"; import { b } from "./b.js"; import { c } from "./c.mjs"; import d from "./d.cjs"; console.log(a, b, c, d.d);',
      { tag: 'ok', stdout: 'a b c d\n' },
      {
        name: 'main.mts',
        files: [
          { name: 'a.ts', content: 'export const a: string = "a";' },
          { name: 'b.ts', content: 'export const b: string = "b";' },
          { name: 'c.mts', content: 'export const c: string = "c";' },
          { name: 'd.cts', content: 'exports.d = "d" as string;' },
        ],
      },
    ],
    'a syntax error names its place': [
      'let x: number = 1;\nlet y: = 2;',
      {
        tag: 'compilation-failed',
        exitCode: 1,
        stderr: '/app/main.ts:2\nlet y: = 2;\n       ^\n\nSyntaxError: Unexpected token\n    at /app/main.ts:2:8\n',
      },
      { name },
    ],
    'an error of the engine’s parser, too': [
      'let x: number = 1;\nlet x = 2;',
      { tag: 'compilation-failed', stderr: expect.stringMatching(/at \/app\/main\.ts:2:\d+\n$/) as never },
      { name },
    ],
    'a namespace with values is refused at its place, not lost': [
      'type A = 1;\n  export namespace N.M {\n type X = {}; interface Y {}\n  function f() {}\n}\nN.M.f();',
      {
        tag: 'compilation-failed',
        exitCode: 1,
        stderr:
          '/app/main.ts:2\n  export namespace N.M {\n         ^\n\nSyntaxError: TypeScript namespaces with values are not translated; use a file of its own, an object or a class\n    at /app/main.ts:2:10\n',
      },
      { name },
    ],
    'one within a namespace, too': [
      'namespace A {\n namespace B { export let q = 1; }\n}',
      { tag: 'compilation-failed', stderr: expect.stringContaining('at /app/main.ts:2:2\n') as never },
      { name },
    ],
    'namespaces of types, and what is declared only, go with the types': [
      `declare namespace D { const y: number; function f(): void }
declare module "x" { export const q: number }
declare global { namespace G { const z: number; } }
namespace T { export interface A { const: string; class: number } export type B = A | \`x\${string}\`; namespace U { type Q = 1 } }
declare const z: number;
namespace V { export declare const v: number; }
const namespace = 3;
const a: T.A = { const: namespace.toString(), class: 1 };
console.log(a, "namespace X { const a = 1 }");`,
      "{ const: '3', class: 1 } namespace X { const a = 1 }\n",
      { name },
    ],
    'nested too deeply is an error': [
      `let x: any = ${'['.repeat(100_000)}${']'.repeat(100_000)};`,
      { tag: 'compilation-failed', exitCode: 1 },
      { name },
    ],
  });
});

test('an uncaught error has the lines and columns of the file, and its text', async () => {
  const typed =
    'type T = number;\nconst n: T = 1; function f(x: T, y?: string): never { throw new TypeError(`bad ${x as T}`); }\nf(n as T, "y" as string);';
  // The same with a space for each letter of a type.
  const plain =
    '                \nconst n    = 1; function f(x   , y         )        { throw new TypeError(`bad ${x     }`); }\nf(n     , "y"          );';
  const [ts, js] = [await run(typed, { name }), await run(plain, { name: 'main.js' })];
  expect(ts).toMatchObject({ tag: 'runtime-failed', exitCode: 1 });
  const [place, line, mark, ...rest] = ts.stderr.split('\n');
  expect([place, line]).toEqual(['/app/main.ts:2', typed.split('\n')[1]]);
  const [, , markOfPlain, ...restOfPlain] = js.stderr.replaceAll('main.js', 'main.ts').split('\n');
  expect([mark, ...rest]).toEqual([markOfPlain, ...restOfPlain]);
  expect(rest[1]).toBe('TypeError: bad 1');
});

test('in a session, and in a heap, by the name of the file', async () => {
  for (const persist of ['workspace', 'heap'] as const) {
    await using session = await executor().openSession({ language: 'javascript', persist });
    await session.upload({ name: 'lib.ts', content: 'export const n: number = 5;' });
    await session.upload({
      name: 'main.ts',
      content: 'import { n } from "./lib.ts"; const m: number = n; console.log(m);',
    });
    const { run: stage } = await session.run({ entrypoint: 'main.ts' });
    expect(stage).toMatchObject({ stdout: '5\n', stderr: '', exitCode: 0 });
  }
});

const executor = lendExecutor();
