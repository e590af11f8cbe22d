import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExecError, type Executor, type FileInput } from 'golem-exec';
import TestStream, { type Test262Test } from 'test262-stream';
import { unsupported } from './unsupported.ts';

export interface Outcome {
  readonly file: string;
  readonly scenario: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or what was seen instead of what the test expects. */
  readonly why?: string;
}

interface Options {
  /** Folder of a checkout of test262: `harness/` and `test/`. */
  readonly root: string;
  /** Folders and files below `root`; all of `test` where none is named. */
  readonly paths?: readonly string[] | undefined;
  /** One test of so many is run. */
  readonly every?: number | undefined;
}

/** What the driver prints at its end. */
interface Report {
  readonly error?: { readonly name: string; readonly message: string };
  readonly printed: readonly string[];
}

const driver = new URL('driver.mjs', import.meta.url);

/** Runs the tests of a checkout in the component, several at a time, each in a pristine instance. */
export async function* runTest262(executor: Executor, options: Options): AsyncGenerator<Outcome> {
  const program = await readFile(driver, 'utf8');
  const running = new Set<Promise<Outcome>>();
  let ended: Outcome[] = [];
  let number = 0;
  for await (const test of new TestStream(options.root, { paths: options.paths ?? ['test'] })) {
    const { attrs, scenario } = test as Test262Test;
    // Modules are strict as they are.
    if (attrs.flags['module'] === true && scenario !== 'default') continue;
    if (number++ % (options.every ?? 1) !== 0) continue;
    const run = runTest(executor, options.root, program, test as Test262Test).then((outcome) => {
      running.delete(run);
      ended.push(outcome);
      return outcome;
    });
    running.add(run);
    if (running.size >= 8) await Promise.race(running);
    yield* ended;
    ended = [];
  }
  await Promise.all(running);
  yield* ended;
}

async function runTest(executor: Executor, root: string, program: string, test: Test262Test): Promise<Outcome> {
  const { file, scenario, attrs, contents } = test;
  const feature = attrs.features?.find((name) => unsupported.has(name));
  if (feature !== undefined) {
    return { file, scenario, result: 'skipped', why: `${feature}: ${unsupported.get(feature)}` };
  }
  const isModule = attrs.flags['module'] === true;
  const name = basename(file);
  const files: FileInput[] = [
    { name: 'driver.mjs', content: program },
    { name: `test262/${name}`, content: contents },
    { name: 'test262/package.json', content: '{"type":"module"}' },
  ];
  if (isModule || contents.includes('import(')) files.push(...(await fixtures(join(root, dirname(file)))));
  const args = [isModule ? 'module' : 'script', isModule ? `./test262/${name}` : `test262/${name}`];
  const report = await executor.run({ language: 'javascript', files, args, limits: { timeMs: 20_000 } }).then(
    ({ run }) => reportOf(run.stdout),
    (error: unknown) => {
      if (!(error instanceof ExecError)) throw error;
      return reportOf(error.run?.stdout ?? '') ?? `${error.tag}: ${error.run?.stderr || error.message}`;
    },
  );
  const why =
    typeof report === 'string' ? report : complaint(attrs.negative?.type, attrs.flags['async'] === true, report);
  return why === undefined ? { file, scenario, result: 'passed' } : { file, scenario, result: 'failed', why };
}

/** Files that modules of a folder import. */
async function fixtures(folder: string): Promise<FileInput[]> {
  const names = (await readdir(folder)).filter((name) => name.includes('_FIXTURE'));
  return await Promise.all(
    names.map(async (name) => ({ name: `test262/${name}`, content: await readFile(join(folder, name)) })),
  );
}

function reportOf(stdout: string): Report | undefined {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? (JSON.parse(line) as Report) : undefined;
}

/** What is wrong with how a test ended, if anything is. */
function complaint(expected: string | undefined, isAsync: boolean, report: Report | undefined): string | undefined {
  if (report === undefined) return 'it ended without a report';
  const { error, printed } = report;
  if (expected !== undefined) {
    return error?.name === expected ? undefined : `expected ${expected}, got ${error?.name ?? 'no error'}`;
  }
  if (error !== undefined) return `${error.name}: ${error.message}`;
  if (!isAsync || printed.includes('Test262:AsyncTestComplete')) return undefined;
  return printed.at(-1) ?? 'the asynchronous test never said that it was done';
}
