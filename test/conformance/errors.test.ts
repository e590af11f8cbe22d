/** Seed 004 §8, row "Error variants": each arm of `types.error`, on purpose, in each way to run a program. */
import { conformance, entry } from './suite.ts';
import { allWays, main, shortly } from './table.ts';

const before = { python: 'print("before")\n', javascript: 'console.log("before");\n' };
const program = (python: string, javascript: string) => main(before.python + python, before.javascript + javascript);

conformance('errors', [
  {
    name: 'unsupported-language',
    ways: allWays,
    foreign: true,
    files: [main('print(1)', 'console.log(1)')],
    expect: { arm: 'unsupported-language' },
  },
  {
    name: 'compilation-failed',
    ways: allWays,
    files: [program('x = (', 'let = ;')],
    expect: {
      arm: 'compilation-failed',
      stdout: '',
      stderr: { python: /\/app\/main\.py.*line 2.*SyntaxError/s, javascript: /\/app\/main\.mjs:2.*SyntaxError/s },
    },
  },
  {
    name: 'runtime-failed',
    ways: allWays,
    files: [program('raise KeyError("k")', 'throw new RangeError("k");')],
    expect: {
      arm: 'runtime-failed',
      stdout: 'before\n',
      stderr: { python: /KeyError: 'k'\n$/, javascript: /RangeError: k\n/ },
    },
  },
  {
    name: 'runtime-failed with another exit code',
    ways: allWays,
    files: [program('raise KeyboardInterrupt', 'await new Promise(() => {});')],
    expect: {
      arm: 'runtime-failed',
      stdout: 'before\n',
      stderr: { python: /KeyboardInterrupt/, javascript: /await/ },
      exitCode: { python: 130, javascript: 13 },
    },
  },
  {
    name: 'timeout',
    ways: allWays,
    files: [
      program(
        `import time\ntime.sleep(${(shortly * 1.5) / 1000})`,
        `const until = Date.now() + ${shortly * 1.5}; while (Date.now() < until);`,
      ),
    ],
    limits: { timeMs: shortly },
    expect: { arm: 'timeout', stdout: 'before\n' },
  },
  {
    name: 'resource-exceeded',
    ways: allWays,
    files: [
      program(
        'x = []\nwhile True: x.append(bytearray(1 << 20))',
        'const x = []; for (;;) x.push(new Uint8Array(1 << 20));',
      ),
    ],
    limits: { memoryBytes: 48 << 20, timeMs: 20_000 },
    expect: { arm: 'resource-exceeded', reason: 'memory', stdout: 'before\n' },
  },
  {
    name: 'internal: a malformed request',
    ways: allWays,
    files: [main('print(1)', 'console.log(1)')],
    limits: { memoryBytes: 0 },
    expect: { arm: 'internal', field: { host: 'limits.memoryBytes', wasmtime: 'constraints.memory-bytes' } },
  },
  {
    name: 'internal: a closed session',
    steps: [
      { upload: main('print(1)', 'console.log(1)') },
      { close: true },
      { run: entry, expect: { arm: 'internal', message: 'session is closed' } },
      { stream: entry, expect: { arm: 'internal', message: 'session is closed' } },
    ],
  },
]);
