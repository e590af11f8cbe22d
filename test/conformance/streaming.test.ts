/** `run-streaming` on the host, the pull shim in a bare component: ordered, bounded, one end, nothing after it. */
import { conformance, entry } from './suite.ts';
import { allWays, main } from './table.ts';

const streams = allWays.filter((way) => way.includes('stream'));

conformance('streaming', [
  {
    name: 'both streams in the order they were written',
    ways: streams,
    files: [
      main(
        'import sys\nfor i in range(30):\n  print("o", i)\n  print("e", i, file=sys.stderr)\nsys.exit(3)',
        'for (let i = 0; i < 30; i++) { console.log("o", i); console.error("e", i); } process.exit(3);',
      ),
    ],
    expect: {
      stdout: Array.from({ length: 30 }, (_, i) => `o ${i}\n`).join(''),
      stderr: Array.from({ length: 30 }, (_, i) => `e ${i}\n`).join(''),
      exitCode: 3,
      interleaved: 60,
    },
  },
  {
    name: 'large output comes in pieces, and nothing is lost',
    ways: streams,
    files: [
      main(
        'import sys\nfor i in range(3000): print("%08d" % i, "." * 60)\nsys.stdout.write("x" * 200000)',
        'for (let i = 0; i < 3000; i++) console.log(String(i).padStart(8, "0"), ".".repeat(60)); process.stdout.write("x".repeat(200000));',
      ),
    ],
    expect: {
      stdout:
        Array.from({ length: 3000 }, (_, i) => `${String(i).padStart(8, '0')} ${'.'.repeat(60)}\n`).join('') +
        'x'.repeat(200_000),
    },
  },
  {
    name: 'no output, one event',
    ways: streams,
    files: [main('', '')],
    expect: { stdout: '', interleaved: 0 },
  },
  {
    name: 'a program without files fails in the stream',
    ways: ['stream'],
    files: [],
    expect: { arm: 'internal', field: 'files' },
  },
  {
    name: 'one stream after the other in one session',
    steps: [
      { upload: main('print(input())', 'import fs from "node:fs"; console.log(fs.readFileSync(0, "utf8"));') },
      { stream: { ...entry, stdin: 'one' }, expect: { stdout: 'one\n' } },
      { stream: { ...entry, stdin: 'two' }, expect: { stdout: 'two\n' } },
      { run: { ...entry, stdin: 'three' }, expect: { stdout: 'three\n' } },
    ],
  },
]);
