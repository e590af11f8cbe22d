/** What get_execution_guidance says of fuel, against what programs take. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { createExecutor } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measuredFuel } from '../../../host/src/guidance/advise.ts';
import { measuredModules, moduleFuel } from '../../../host/src/guidance/module-fuel.ts';
import { ask, connectStdio, execute, type Language, languages, scratchFolder } from './support.ts';

let client: Client;
beforeAll(async () => {
  ({ client } = await connectStdio(await scratchFolder()));
});
afterAll(() => client.close());

async function analysisOf(language: Language, code: string) {
  return (await ask(client, 'get_execution_guidance', { language, code })).analysis;
}

/** The number in `about 1.9B units (…)`. */
function fuelIn(estimate: string): number {
  const [, digits, unit = ''] = /^about ([\d.]+)([KMB]?) units/.exec(estimate) ?? [];
  return Number(digits) * ({ K: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1);
}

const programs: readonly [language: Language, code: string][] = [
  ['python', 'print(1)'],
  ['python', 'x = 0\nfor i in range(100_000): x += i'],
  ['python', 'print(sum([i * i for i in range(100_000)]))'],
  ['python', 'd = {}\nfor i in range(20_000):\n    d[str(i)] = i'],
  ['python', 'n = 300\nfor i in range(n):\n    for j in range(n):\n        i * j'],
  ['python', 'N = 10 ** 5\ntotal = sum(i for i in range(N))'],
  ['python', 'def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(20))'],
  ['python', 'def hanoi(n):\n    return 0 if n == 0 else 2 * hanoi(n - 1) + 1\nprint(hanoi(100))'],
  ['python', 'i = 0\nwhile i < 100_000:\n    i += 1'],
  ['python', 'print(sum(range(10 ** 5)))'],
  ['python', 'for i in range(500): print(i)'],
  ['python', 'import openpyxl\nbook = openpyxl.Workbook()\nbook.active.append([1])\nbook.save("x.xlsx")'],
  ['python', 'import yaml\nprint(yaml.safe_load("a: 1"))'],
  ['python', 'import unittest'],
  ['python', 'from urllib.request import Request'],
  ['python', 'def work():\n    for i in range(1000):\n        i * i\nfor n in [1] * 50: work()'],
  [
    'python',
    'm = [[0] * 100 for _ in range(100)]\nfor i in range(100):\n    for j in range(100):\n        m[i][j] += i * j',
  ],
  ['javascript', 'console.log(1)'],
  ['javascript', 'let n = 0; for (let i = 0; i < 100000; i++) n += i;'],
  ['javascript', 'const N = 1e5; let s = 0; for (let i = 0; i < N; i += 2) { s += i }'],
  ['javascript', 'for (let i = 0; i < 300; i++) for (let j = 0; j < 300; j++) { i * j }'],
  ['javascript', 'const a = Array.from({ length: 50000 }, (_, i) => i * i); console.log(a.length)'],
  ['javascript', 'const a = [...Array(50000).keys()]; console.log(a.reduce((x, y) => x + y))'],
  ['javascript', 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }; console.log(fib(20))'],
  ['javascript', 'const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); console.log(fib(22))'],
  ['javascript', 'let i = 0; while (i < 200000) i++;'],
  ['javascript', 'for (let i = 0; i < 500; i++) console.log(i)'],
  ['javascript', 'const m = new Map(); for (let i = 0; i < 20000; i++) m.set("k" + i, i);'],
  [
    'javascript',
    'class A { constructor(x) { this.x = x } }; const a = []; for (let i = 0; i < 10000; i++) a.push(new A(i))',
  ],
  [
    'javascript',
    "import fs from 'node:fs'; fs.writeFileSync('a.txt', 'x'); console.log(fs.readFileSync('a.txt', 'utf8'))",
  ],
  [
    'javascript',
    "const crypto = require('crypto'); console.log(crypto.createHash('sha256').update('x').digest('hex'))",
  ],
  ['javascript', "const csv = requireVendor('csv'); console.log(csv.parse('a,b\\n1,2'))"],
  ['javascript', "const xlsx = requireVendor('xlsx'); console.log(typeof xlsx)"],
];

test.each(programs)('%s: within a factor of ten of what it takes: %s', async (language, code) => {
  const estimate = fuelIn((await analysisOf(language, code)).estimated_fuel);
  const { success, fuel_consumed } = await execute(client, language, code);
  expect(success).toBe(true);
  const ratio = estimate / fuel_consumed;
  expect([estimate, fuel_consumed, ratio > 0.1 && ratio < 10]).toEqual([estimate, fuel_consumed, true]);
});

describe('a program that would meet the default budget', () => {
  const large: readonly [Language, string][] = [
    ['python', 'N = 10 ** 8\nx = 0\nfor i in range(N):\n    x += i'],
    ['python', 'def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(40))'],
    ['python', 'i = 0\nwhile i < 10 ** 9:\n    i += 1'],
    ['javascript', 'const N = 1e9; for (let i = 0; i < N; i++);'],
    ['javascript', 'const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); fib(45)'],
  ];
  test.each(large)('%s is warned of, and a larger one advised: %s', async (language, code) => {
    const { warnings, recommended_session_type, recommended_config } = await analysisOf(language, code);
    expect(warnings.join('\n')).toMatch(/default fuel budget/);
    expect(recommended_session_type).toBe('new_session');
    expect(recommended_config.fuel_budget).toBeGreaterThan(10_000_000_000);
    expect(Number.isSafeInteger(recommended_config.fuel_budget)).toBe(true);
  });

  test('one whose work is not to be seen says so', async () => {
    for (const [language, code] of [
      ['python', 'for line in open("x"): print(line)'],
      ['javascript', 'for (const line of lines()) console.log(line)'],
    ] as const) {
      const { estimated_fuel, recommended_session_type } = await analysisOf(language, code);
      expect(estimated_fuel).toMatch(/depends on data/);
      expect(recommended_session_type).toBe('default_session');
    }
  });
});

test('numbers of any size make an estimate', async () => {
  for (const [language, code] of [
    ['python', 'for i in range(9**9**9): pass'],
    ['python', 'n = 1e300 * 10\nfor i in range(-5): pass\nx = [0] * -3'],
    ['python', 'def f(n): return f(n - 1) + f(n - 2) + f(n - 3)\nf(10 ** 30)'],
    ['python', 'def a(): b()\ndef b(): a()\na()'],
    ['javascript', 'for (let i = 0; i < 1e400; i++);'],
    ['javascript', 'const a = new Array(-1); const b = 1 / 0; for (let i = b; i < b; i++);'],
    ['javascript', 'const f = (n) => f(n - 1) + f(n - 1) + f(n - 1); f(1e30)'],
    ['javascript', 'const a = () => b(); const b = () => a(); a()'],
    ['javascript', `const a = [${'1,'.repeat(2_000)}]`],
  ] as const) {
    const { estimated_fuel, recommended_config } = await analysisOf(language, code);
    expect([code.slice(0, 50), Number.isFinite(fuelIn(estimated_fuel))]).toEqual([code.slice(0, 50), true]);
    expect(recommended_config.fuel_budget).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  }
});

test.each(languages)(
  '%s: the fuel of a start and of modules is that which estimates use',
  async (language) => {
    await using executor = createExecutor({ workers: 1 });
    const fuelOf = async (content: string): Promise<number> =>
      (await executor.run({ language, files: [{ name: 'main', content }], limits: { timeMs: 60_000 } })).fuel ?? 0;
    const start = await fuelOf('');
    const near = (known: number, real: number): boolean => known / real > 0.25 && known / real < 4;
    expect([start, near(measuredFuel[language].start, start)]).toEqual([start, true]);
    for (const name of measuredModules(language)) {
      const code = language === 'python' ? `import ${name}` : `import * as m from 'node:${name}'; m.x;`;
      const fuel = (await fuelOf(code)) - start;
      expect([name, fuel, near(moduleFuel(name, language), fuel)]).toEqual([name, fuel, true]);
    }
  },
  60_000,
);
