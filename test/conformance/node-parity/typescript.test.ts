import { testParity } from './oracle.ts';

testParity('TypeScript', {
  'types of every kind go': {
    'main.ts':
      'interface A<T extends object = {}> { readonly x: T; y?: number }\ntype M = { [K in keyof A<{}>]: string } & Record<string, unknown>;\ndeclare const nothing: number;\ndeclare module "x" { export const y: number; }\nabstract class Base<T> { abstract f(): void; protected readonly v: T; private static s?: number = 1; constructor(v: T) { this.v = v; } get value(): T { return this.v; } declare q: string; }\nclass D<T = string> extends Base<T> implements A<{}> { readonly x = {} as const; override f(this: D<T>): void {} }\nconst d = new D<string>("v")!;\nfunction over(a: string): string; function over(a: number): number; function over(a: unknown): unknown { return a; }\nconst g = async <T>(x: T): Promise<T> => x;\nconsole.log(d.value, over(1 as unknown as number), g.length, typeof (d satisfies Base<string>), `${d.value as string}!`);\nlet u: string | undefined; console.log(u!?.length, (<T,>(x: T): x is T & {} => true)(1));\nfunction assertIsString(v: unknown): asserts v is string { if (typeof v !== "string") throw new Error("no"); }\nassertIsString("x");\nexport type { M };',
  },
  'modules of all endings, from one another': {
    'main.mts':
      'import { a, type A } from "./a.ts"; import type { B } from "./none.ts"; import b from "./b.cts"; import { createRequire } from "node:module"; const x: A & { b?: B } = { n: a }; console.log(x.n, b.c, createRequire(import.meta.url)("./a.ts").a, import.meta.filename); export {};',
    'a.ts': 'export interface A { n: number } export const a: number = 1;',
    'b.cts': 'const { a } = require("./a.ts") as { a: number }; exports.c = a + 1;',
  },
  'CommonJS by its syntax': {
    'main.ts': 'const p: typeof import("path") = require("node:path"); console.log(p.sep, typeof module, __filename);',
  },
  'type: module': {
    'main.ts': 'console.log(import.meta.filename, typeof require, (await import("./a.ts")).default);',
    'package.json': '{"type":"module"}',
    'a.ts': 'export default 5 as number;',
  },
  'lines of an error': {
    'main.ts':
      'type T = {\n  a: number;\n};\nfunction f<X>(a: X, b?: string): { a: X } | never { if (b as string) throw new Error("here"); return { a }; }\ntry { f<number>(1, "b" as string); } catch (e) { console.log((e as Error).stack!.split("\\n").slice(0, 2).join("|").replace(/file:\\/\\/|:\\d+\\)/g, "")); }',
  },
  'a syntax error in an imported file': {
    'main.mts': 'try { await import("./bad.ts"); } catch (e) { console.log((e as Error).name); }',
    'bad.ts': 'const x: = 5;',
  },
  'generics that look like comparisons and JSX': {
    'main.ts':
      'const a = 1, b = 2, c = 3; console.log(a < b, (a < b) > (c as any), [..."x"] as string[], new Map<string, Array<number>>([["k", [1]]]).get("k")![0]);',
  },
  'comments and strings that look like types': {
    'main.ts':
      'const s: string = "a as b: c"; /* : number */ const t = `x: ${s as string} as y`; // as z\nconsole.log(s, t, /a as b: c/.test(s));',
  },
});
