/** Seed 004 §8, row "File encoding": UTF-8 round-trip, Base64, Hex. */
import type { Encoding } from 'golem-exec';
import { conformance, entry } from './suite.ts';
import { type Expected, type FileRow, main, type Step } from './table.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
const texts = ['', 'plain', 'grün ☃ 𝄞\r\n\t\u0001', '\ufeffwith a mark', 'e\u0301 is not é', 'no end of line'];
const encoded = (name: string, bytes: Uint8Array, encoding: 'base64' | 'hex'): FileRow => ({
  name,
  content: Buffer.from(bytes).toString(encoding),
  encoding,
});

/** Text that is not valid in its encoding, with the offset of the first wrong byte. */
const invalid: readonly (readonly [content: string | Uint8Array, encoding: Encoding, offset: number])[] = [
  [Uint8Array.of(0x61, 0x62, 0xff), 'utf8', 2],
  [Uint8Array.of(0xc3), 'utf8', 0],
  [Uint8Array.of(0x61, 0xed, 0xa0, 0x80), 'utf8', 1],
  [Uint8Array.of(0xc0, 0x80), 'utf8', 0],
  [Uint8Array.of(0xf5, 0x80, 0x80, 0x80), 'utf8', 0],
  ['YWJ$', 'base64', 3],
  ['YW Jj', 'base64', 2],
  ['YWJj\n', 'base64', 4],
  ['YQ', 'base64', 2],
  ['YQ=', 'base64', 3],
  ['YR==', 'base64', 1],
  ['YQ==YQ==', 'base64', 2],
  ['_-8=', 'base64', 0],
  ['6', 'hex', 1],
  ['616', 'hex', 3],
  ['6g', 'hex', 1],
  ['0x61', 'hex', 1],
  ['61 62', 'hex', 2],
  [Uint8Array.of(0x36, 0xe9), 'hex', 1],
];

const notValid = (name: string, encoding: Encoding, offset: number): Expected => ({
  arm: 'compilation-failed',
  stderr: new RegExp(
    `^${name.replaceAll('.', '\\.')}: not valid ${encoding === 'utf8' ? '(utf8|UTF-8)' : encoding} at (byte )?offset ${offset}\\b`,
  ),
});
const shown = (content: string | Uint8Array): string =>
  typeof content === 'string' ? JSON.stringify(content) : Buffer.from(content).toString('hex');

conformance('encoding', [
  {
    name: 'UTF-8 text arrives and comes back as it is',
    steps: texts.flatMap((text, i): Step[] => [
      { upload: { name: `given${i}`, content: text } },
      { upload: { name: `named${i}`, content: text, encoding: 'utf8' } },
      { download: `given${i}`, expect: { bytes: text } },
      { download: `named${i}`, expect: { bytes: text } },
    ]),
  },
  {
    name: 'base64 and hex are decoded on arrival, byte for byte',
    steps: [
      { upload: encoded('b', everyByte, 'base64') },
      { upload: encoded('h', everyByte, 'hex') },
      { upload: { name: 'H', content: 'DEADbeef', encoding: 'hex' } },
      { upload: { name: 'empty', content: '', encoding: 'base64' } },
      ...[1, 2, 3].map((n): Step => ({ upload: encoded(`b${n}`, everyByte.slice(253 - n, 253), 'base64') })),
      { download: 'b', expect: { bytes: everyByte } },
      { download: 'h', expect: { bytes: everyByte } },
      { download: 'H', expect: { bytes: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) } },
      { download: 'empty', expect: { bytes: '' } },
      ...[1, 2, 3].map((n): Step => ({ download: `b${n}`, expect: { bytes: everyByte.slice(253 - n, 253) } })),
    ],
  },
  {
    name: 'a program reads and writes binary files',
    steps: [
      { upload: encoded('in', everyByte, 'hex') },
      {
        upload: main(
          'data = open("in", "rb").read()\nprint(len(data), data[255])\nopen("out", "wb").write(data[::-1])',
          'import fs from "node:fs"; const data = fs.readFileSync("in"); console.log(data.length, data[255]); fs.writeFileSync("out", Uint8Array.from(data).reverse());',
        ),
      },
      { run: entry, expect: { stdout: '256 255\n' } },
      { download: 'out', expect: { bytes: everyByte.toReversed() } },
    ],
  },
  ...(['base64', 'hex'] as const).map((encoding) => ({
    name: `a program and its data in ${encoding}`,
    ways: ['run', 'stream', 'session'] as const,
    files: [
      {
        name: { python: 'main.py', javascript: 'main.mjs' },
        content: {
          python: Buffer.from('print("grün", len(open("data", "rb").read()))').toString(encoding),
          javascript: Buffer.from('console.log("grün", (await import("fs")).readFileSync("data").length)').toString(
            encoding,
          ),
        },
        encoding,
      },
      encoded('data', everyByte, encoding),
    ],
    expect: { stdout: 'grün 256\n' },
  })),
  {
    name: 'bytes without an encoding are strict UTF-8',
    files: [main('', ''), { name: 'a.bin', content: Uint8Array.of(0x61, 0xff) }],
    ways: ['run', 'stream', 'session'],
    expect: notValid('a.bin', 'utf8', 1),
    except: [{ target: 'host', because: 'in TypeScript bytes are bytes and strings are text (types.ts)' }],
  },
  {
    name: 'bytes without an encoding are taken as they are',
    steps: [
      { upload: { name: 'a', content: Uint8Array.of(0x61, 0xff) } },
      { download: 'a', expect: { bytes: Uint8Array.of(0x61, 0xff) } },
    ],
    except: [{ target: 'wasmtime', because: 'the contract’s default encoding is utf8: the case before' }],
  },
  ...invalid.map(([content, encoding, offset]) => ({
    name: `not valid ${encoding}: ${shown(content)}`,
    ways: ['run', 'stream', 'session'] as const,
    files: [main('print(1)', 'console.log(1)'), { name: 'lib/a.txt', content, encoding }],
    expect: notValid('lib/a.txt', encoding, offset),
  })),
  {
    name: 'a program that is not valid in its encoding does not compile',
    ways: ['run', 'stream', 'session'],
    files: [{ name: { python: 'main.py', javascript: 'main.mjs' }, content: 'x\u0000é', encoding: 'base64' }],
    expect: { arm: 'compilation-failed', stderr: /^main\.(py|mjs): not valid base64 at (byte )?offset 1\b/ },
  },
  {
    name: 'output that is not UTF-8 is repaired in text, and raw in chunks',
    ways: ['run', 'stream', 'session'],
    files: [
      main(
        'import sys\nsys.stdout.buffer.write(b"a\\xffb\\xe2\\x82c\\xed\\xa0\\x80")',
        'process.stdout.write(Uint8Array.of(0x61, 0xff, 0x62, 0xe2, 0x82, 0x63, 0xed, 0xa0, 0x80));',
      ),
    ],
    expect: { stdout: 'a\ufffdb\ufffdc\ufffd\ufffd\ufffd' },
  },
]);
