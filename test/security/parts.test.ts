/** Parts of the runtime that are loaded at their first use, by programs that are stopped while they load. */
import { ExecError } from 'golem-exec';
import { expect, test } from 'vitest';
import { lendExecutor } from '../integration/support.ts';

const executor = lendExecutor();

/** Loads one part after the other. */
const content = `
const all = [];
all.push(new URL("http://a/b/../c").href);
all.push(structuredClone({ a: [1] }).a[0]);
all.push(new TextDecoder("windows-1252").decode(Uint8Array.of(0x80)));
all.push(require("zlib").gunzipSync(require("zlib").gzipSync("z")).toString());
all.push(require("crypto").createHash("sha256").update("x").digest("hex").slice(0, 8));
all.push(new Intl.NumberFormat("en", { style: "currency", currency: "USD" }).format(1234.5));
all.push(new Headers({ a: "b" }).get("a"), typeof new ReadableStream().getReader, new Event("e").type);
console.log(all.join());`;
const expected = 'http://a/c,1,€,z,2d711642,$1,234.50,b,function,e\n';
const files = [{ name: 'main.cjs', content }];

async function ended(limits: { fuel?: number }): Promise<{ fuel: number; stdout: string; tag: string }> {
  const request = { language: 'javascript', files, limits: { timeMs: 20_000, ...limits } } as const;
  return await executor()
    .run(request)
    .then(
      ({ run, fuel = 0 }) => ({ fuel, stdout: run.stdout, tag: 'ok' }),
      (error: unknown) => {
        if (!(error instanceof ExecError)) throw error;
        return { fuel: error.fuel ?? 0, stdout: error.run.stdout, tag: error.tag };
      },
    );
}

test('wherever a program was stopped, the next one loads all from the start, with the same fuel', async () => {
  const whole = await ended({});
  expect(whole).toMatchObject({ tag: 'ok', stdout: expected });
  const points = 25;
  for (let point = 1; point < points; point++) {
    const stopped = await ended({ fuel: Math.floor((whole.fuel * point) / points) });
    expect(stopped).toMatchObject({ tag: 'resource-exceeded', stdout: '' });
    if (point % 4 === 0) expect(await ended({})).toEqual(whole);
  }
  expect(await ended({})).toEqual(whole);
});

test('in a session that keeps its heap, it goes back to what it was before', async () => {
  await using session = await executor().openSession({ language: 'javascript', persist: 'heap' });
  await session.run({ code: 'globalThis.kept = "kept";' });
  const code = `(() => { ${content} })();`;
  for (const fuel of [2e6, 5e6, 1e7]) {
    const stopped = await session.run({ code, limits: { fuel } }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(stopped).toMatchObject({ tag: 'resource-exceeded' });
  }
  expect((await session.run({ code })).run.stdout).toBe(expected);
  expect((await session.run({ code: 'console.log(kept)' })).run.stdout).toBe('kept\n');
});

test('memory that ends while a part loads is an error of the program, which may try again', async () => {
  const program = `
    const parts = [() => new URL("http://a/b/../c").href, () => structuredClone([1])[0],
      () => require("zlib").gunzipSync(require("zlib").gzipSync("z")).toString(),
      () => new Intl.NumberFormat("en").format(1234.5)];
    const answers = [];
    for (const part of parts) {
      let all = [];
      try { for (let size = 1 << 22; size > 64; size >>= 1) try { for (;;) all.push(new Uint8Array(size)); } catch {} } catch {}
      try { part(); } catch {}
      all = undefined;
      answers.push(part());
    }
    console.log(answers.join());`;
  const limits = { timeMs: 20_000, memoryBytes: 48 * 1024 * 1024 };
  const request = { language: 'javascript', files: [{ name: 'main.cjs', content: program }], limits } as const;
  const { run } = await executor().run(request);
  expect(run).toEqual({ stdout: 'http://a/c,1,z,1,234.5\n', stderr: '', exitCode: 0 });
  expect(await ended({})).toMatchObject({ tag: 'ok', stdout: expected });
});
