/** The runtime's own modules as a way around the limits: small requests that want much time or memory. */
import { describe, expect, test } from 'vitest';
import { lendExecutor } from '../integration/support.ts';

const executor = lendExecutor();

const slow: Readonly<Record<string, string>> = {
  pbkdf2: 'require("crypto").pbkdf2Sync("p", "s", 2 ** 31 - 1, 64, "sha512");',
  scrypt: 'for (;;) require("crypto").scryptSync("p", "s", 64, { N: 2 ** 14, r: 8, p: 1, maxmem: 2 ** 30 });',
  hashes:
    'const c = require("crypto"); const b = Buffer.alloc(1 << 22); for (;;) c.createHash("sha256").update(b).digest();',
  zlib: 'const z = require("zlib"); const b = Buffer.alloc(1 << 23, "ab"); for (;;) z.gunzipSync(z.gzipSync(b));',
  brotli:
    'const z = require("zlib"); const b = Buffer.alloc(1 << 20); for (;;) try { z.brotliDecompressSync(b); } catch {}',
  'a pattern that goes back': '/^(a+)+$/.test("a".repeat(50) + "!");',
  Intl: 'const s = "ab ".repeat(1 << 18); for (;;) { for (const x of new Intl.Segmenter("en", { granularity: "word" }).segment(s)); }',
  URL: 'for (;;) new URL("http://x/" + "../a/".repeat(1 << 16));',
  structuredClone: 'let o = []; for (let i = 0; i < 1e5; i++) o.push({ i, o: [i] }); for (;;) structuredClone(o);',
  'a stream without end':
    '(async () => { for await (const x of new ReadableStream({ pull(c) { c.enqueue("x"); } })); })();',
  'a stream of Node without end':
    'const { Readable } = require("stream"); new Readable({ read() { this.push("x"); } }).resume();',
  ticks: 'const f = () => process.nextTick(f); f();',
  'text that is decoded': 'const b = new Uint8Array(1 << 24); for (;;) new TextDecoder("utf-16le").decode(b).length;',
  'large numbers': 'let n = 3n; for (let i = 0; i < 18; i++) n *= n; for (;;) n * n;',
  inspecting:
    'const { inspect } = require("util"); const o = {}; let p = o; for (let i = 0; i < 200; i++) p = p.x = { a: Array(100).fill("x") }; for (;;) inspect(o, { depth: Infinity, maxArrayLength: Infinity });',
  comparing:
    'const s = () => new Set(Array.from({ length: 4000 }, (_, i) => ({ i, a: [i] }))); require("assert").deepStrictEqual(s(), s()); for (;;) require("assert").deepStrictEqual(s(), s());',
};

describe('time', () => {
  test.each(Object.entries(slow))('%s ends at the deadline, and the next program is well', async (_, content) => {
    const files = [{ name: 'main.cjs', content }];
    const limits = { timeMs: 400, memoryBytes: 512 * 1024 * 1024 };
    const error = await executor()
      .run({ language: 'javascript', files, limits })
      .then(
        ({ run }) => run,
        (thrown: unknown) => thrown,
      );
    expect(error).toMatchObject({ tag: 'timeout', run: { signal: 'SIGKILL' } });
    await well();
  });
});

const large: Readonly<Record<string, string>> = {
  'a bomb of zlib':
    'const z = require("zlib"); let b = z.gzipSync(Buffer.alloc(1 << 20)); const all = []; for (;;) all.push(z.gunzipSync(b));',
  buffers: 'const all = []; for (;;) all.push(Buffer.alloc(1 << 24));',
  'one huge buffer': 'Buffer.alloc(2 ** 30, 1);',
  blobs: 'let b = new Blob(["x".repeat(1 << 20)]); for (;;) b = new Blob([b, b]);',
  'strings of URLSearchParams': 'const u = new URLSearchParams(); for (;;) u.append("x".repeat(1 << 16), "y");',
  'a stream that nobody reads':
    'const { PassThrough } = require("stream"); const p = new PassThrough(); for (;;) p.write(Buffer.alloc(1 << 20));',
  'messages that nobody takes':
    'const { port1 } = new MessageChannel(); for (;;) port1.postMessage("x".repeat(1 << 20));',
  timers: 'for (;;) setTimeout(() => {}, 1e9, new Array(1000).fill(1));',
};

describe('memory', () => {
  // Small, so that even what is slow meets it, long before its deadline.
  const limits = { timeMs: 120_000, memoryBytes: 16 * 1024 * 1024 };
  const failed = async (content: string): Promise<unknown> =>
    await executor()
      .run({ language: 'javascript', files: [{ name: 'main.cjs', content }], limits })
      .catch((thrown: unknown) => thrown);

  test.each(Object.entries(large))(
    '%s meets its limit, and the next program is well',
    { timeout: 180_000 },
    async (_, content) => {
      expect(await failed(content)).toMatchObject({ tag: 'resource-exceeded', details: { reason: 'memory' } });
      await well();
    },
  );

  // Node has the first rule too; the second is the runtime's own: no program can have so much.
  test.each([
    ['2 ** 29', 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS'],
    ['2 ** 40', '"maxmem" limit was hit'],
  ])('scrypt of huge memory with a maxmem of %s is refused before it begins', async (maxmem, reason) => {
    const content = `require("crypto").scryptSync("p", "s", 64, { N: 2 ** 20, r: 8, p: 1, maxmem: ${maxmem} });`;
    expect(await failed(content)).toMatchObject({
      tag: 'runtime-failed',
      run: { stderr: expect.stringContaining(reason) },
    });
    await well();
  });
});

/** A program that uses what was stopped finds it in its first state. */
async function well(): Promise<void> {
  const content = `
    const z = require('zlib'), c = require('crypto');
    console.log(z.gunzipSync(z.gzipSync('well')).toString(), c.createHash('sha256').update('x').digest('hex').slice(0, 8),
      new URL('http://a/b/../c').href, new Intl.NumberFormat('en').format(1234.5), structuredClone({ a: [1] }).a[0]);`;
  const { run } = await executor().run({ language: 'javascript', files: [{ name: 'main.cjs', content }] });
  expect(run).toEqual({ stdout: 'well 2d711642 http://a/c 1,234.5 1\n', stderr: '', exitCode: 0 });
}
