import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createExecutor, ExecError, type Executor } from '../../host/src/index.ts';
import { BuildError } from './log.ts';
import { paths } from './paths.ts';

/** Bytes of source that are compiled in one run. */
const batchBytes = 2 * 1024 * 1024;
/** A file that is compiled alone may take this long, in milliseconds, on a slow machine. */
const mostMs = 600_000;

/**
 * Compiles Python files with the component's own CPython, which alone may write what it will load.
 *
 * @returns the byte code by path, each in a `__pycache__` beside its source.
 * @throws {BuildError} for source that it does not take.
 */
export async function compileTree(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, Uint8Array>> {
  const program = await readFile(join(paths.root, 'build/lib/vendor-compile.py'), 'utf8');
  await using executor = createExecutor({ packages: false });
  const batches = batch([...files].filter(([path]) => path.endsWith('.py')));
  const compiled = await Promise.all(batches.map((sources) => compileBatch(executor, program, sources)));
  return new Map(compiled.flat());
}

function batch(sources: [string, Uint8Array][]): [string, Uint8Array][][] {
  const batches: [string, Uint8Array][][] = [];
  let room = 0;
  for (const source of sources) {
    room -= source[1].length;
    if (room < 0) {
      batches.push([]);
      room = batchBytes;
    }
    batches.at(-1)?.push(source);
  }
  return batches;
}

async function compileBatch(
  executor: Executor,
  program: string,
  sources: readonly [string, Uint8Array][],
): Promise<[string, Uint8Array][]> {
  const limits = { timeMs: mostMs, memoryBytes: 1024 ** 3 };
  await using session = await executor.openSession({ language: 'python', limits });
  for (const [name, content] of sources) await session.upload({ name, content });
  await session.run({ code: program, args: sources.map(([name]) => name) }).catch((error: unknown) => {
    throw new BuildError(error instanceof ExecError ? `${error.message}\n${error.run.stderr}` : String(error));
  });
  return readRecords(await session.download('.compiled'));
}

function readRecords(bytes: Uint8Array): [string, Uint8Array][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: [string, Uint8Array][] = [];
  for (let at = 0; at < bytes.length; ) {
    const begin = at + 8 + view.getUint32(at, true);
    const end = begin + view.getUint32(at + 4, true);
    records.push([new TextDecoder().decode(bytes.subarray(at + 8, begin)), bytes.slice(begin, end)]);
    at = end;
  }
  return records;
}
