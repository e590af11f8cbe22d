/** Malformed requests never reach a program: `internal("invalid request: …")` names the field. */
import { conformance } from './suite.ts';
import { allWays, type FileRow, main } from './table.ts';

const file = (name: string, content: string): FileRow => ({ name, content });
const anything = main('pass', '');

/** Names that no file of a request may have. */
const badNames: readonly (readonly [what: string, name: string])[] = [
  ['that is empty', ''],
  ['that ends in /', 'a/'],
  ['that holds NUL', 'a\0b'],
  ['that holds a backslash', 'a\\b'],
  ['that leaves /app', '../x'],
  ['that leaves /app on a detour', 'a/../../x'],
  ['that is absolute and outside /app', '/etc/x'],
  ['that is /app itself', '/app'],
  ['that is the folder itself', '.'],
  ['that ends in a dot segment', 'a/.'],
];

conformance('malformed requests', [
  {
    name: 'no files',
    ways: ['run', 'stream'],
    files: [],
    expect: { arm: 'internal', field: 'files' },
  },
  ...badNames.map(([what, name]) => ({
    name: `a name ${what}`,
    files: [anything, file(name, '')],
    expect: { arm: 'internal' as const, field: 'files[1].name' },
  })),
  {
    name: 'a program whose name leaves /app',
    ways: ['run', 'stream'],
    files: [file('../main.py', 'print(1)')],
    expect: { arm: 'internal', field: 'files[0].name' },
  },
  {
    name: 'a name given twice',
    files: [anything, file('a', '1'), file('./b/../a', '2')],
    expect: { arm: 'internal', field: 'files[2].name' },
  },
  {
    name: 'a file where another needs a folder',
    files: [anything, file('a/b', '2'), file('a', '1')],
    expect: { arm: 'internal', field: { host: 'files[1].name', wasmtime: 'files[' } },
  },
  {
    name: 'an argument with NUL',
    ways: allWays,
    files: [anything],
    args: ['a', 'b\0'],
    expect: { arm: 'internal', field: 'args[1]' },
  },
  {
    name: 'a variable whose name holds =',
    ways: allWays,
    files: [anything],
    env: [['A=B', 'c']],
    expect: { arm: 'internal', field: 'env[0]' },
  },
  {
    name: 'a limit of zero',
    ways: allWays,
    files: [anything],
    limits: { timeMs: 0 },
    expect: { arm: 'internal', field: { host: 'limits.timeMs', wasmtime: 'constraints.time-ms' } },
  },
]);
