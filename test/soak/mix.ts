import { ExecError, type ExecRequest, type Executor } from 'golem-exec';

/** A run and how it must end. */
interface Mixed {
  readonly request: ExecRequest;
  readonly ends: string;
}

const python = (content: string, limits = {}): ExecRequest => ({
  language: 'python',
  files: [{ name: 'm.py', content }],
  limits,
});
const javascript = (content: string, limits = {}): ExecRequest => ({
  language: 'javascript',
  files: [{ name: 'm.js', content }],
  limits,
});

/** Good runs and every kind of bad one, in a fixed order. */
const mix: readonly Mixed[] = [
  { request: python('print("hi")'), ends: 'ok' },
  { request: javascript('console.log("hi")'), ends: 'ok' },
  { request: python('import json; print(len(json.dumps(list(range(5000)))))'), ends: 'ok' },
  {
    request: javascript('const a = []; for (let i = 0; i < 50000; i++) a.push({ i }); console.log(a.length)'),
    ends: 'ok',
  },
  { request: python('open("f", "w").write("x" * 100000)\nraise ValueError("no")'), ends: 'runtime-failed' },
  { request: javascript('throw new Error("no")'), ends: 'runtime-failed' },
  { request: python('if x'), ends: 'compilation-failed' },
  { request: javascript('let = ;'), ends: 'compilation-failed' },
  { request: python('import sys; sys.exit(3)'), ends: 'ok' },
  { request: python('x = bytearray(100_000_000)', { memoryBytes: 64 * 1024 * 1024 }), ends: 'resource-exceeded' },
  {
    request: javascript('const a = []; for (;;) a.push(new Uint8Array(1e6))', { memoryBytes: 32 * 1024 * 1024 }),
    ends: 'resource-exceeded',
  },
  { request: javascript('while (true) {}', { timeMs: 20 }), ends: 'timeout' },
  { request: python('while True: pass', { fuel: 20_000_000 }), ends: 'resource-exceeded' },
  {
    request: javascript('for (;;) console.log("x".repeat(1000))', { fuel: 20_000_000, outputBytes: 10_000 }),
    ends: 'resource-exceeded',
  },
];

/**
 * Runs the mix over and over.
 *
 * @throws {Error} when a run ends otherwise than it must.
 */
export async function soak(
  executor: Executor,
  runs: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  for (let done = 0; done < runs; done += mix.length) {
    await Promise.all(
      mix.map(async ({ request, ends }) => {
        const end = await executor.run(request).then(
          () => 'ok',
          (error: unknown) => (error instanceof ExecError ? error.tag : String(error)),
        );
        if (end !== ends)
          throw new Error(`${JSON.stringify(request.files[0]?.content)} ended with ${end}, not ${ends}`);
      }),
    );
    onProgress(done + mix.length);
  }
}
