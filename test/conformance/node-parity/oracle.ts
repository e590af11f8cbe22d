/** Runs a program under the pinned Node and in the component: Node is the oracle of what it should print. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ExecError, type Executor } from 'golem-exec';
import { describe, test } from 'vitest';
import { lendExecutor } from '../../integration/support.ts';

/** A program in files; the first is run. The text alone is `main.mjs`. */
export type Program = string | Readonly<Record<string, string>>;

/** What each program finds on standard input. */
const stdin = 'first\nsecond\n';

/** How a program ended. Of standard error, what both say in the same words. */
interface Ended {
  readonly stdout: string;
  readonly exitCode: number | undefined;
  readonly stderr: string;
}

const filesOf = (program: Program): Readonly<Record<string, string>> =>
  typeof program === 'string' ? { 'main.mjs': program } : program;

/** Runs a program in a folder of its own, which then is called `/app` in all that it printed. */
export async function inNode(program: Program): Promise<Ended> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'parity-')));
  try {
    const files = Object.entries(filesOf(program));
    for (const [name, content] of files) {
      const path = join(root, 'app', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    const child = spawn(process.execPath, [files[0]?.[0] ?? ''], {
      cwd: join(root, 'app'),
      env: { HOME: '/app', LANG: 'C.UTF-8', TMPDIR: '/tmp', NODE_NO_WARNINGS: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    child.stdin.on('error', () => {}); // a program need not read it
    child.stdin.end(stdin);
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | undefined>((resolve) => child.on('close', (code) => resolve(code ?? undefined))),
    ]);
    const renamed = (printed: string): string => printed.replaceAll(root, '');
    return { stdout: renamed(stdout), exitCode, stderr: common(renamed(stderr)) };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Without what only Node says: its version, and its own functions in a stack trace. */
function common(stderr: string): string {
  return stderr
    .replace(/^ {4}at .*(?:node:|<anonymous>).*\n/gm, '')
    .replace(/\n\nNode\.js v.*\n$/, '\n')
    .trimEnd();
}

async function inComponent(executor: Executor, program: Program): Promise<Ended> {
  const files = Object.entries(filesOf(program)).map(([name, content]) => ({ name, content }));
  const report = await executor.run({ language: 'javascript', files, stdin }).catch((error: unknown) => {
    if (!(error instanceof ExecError)) throw error;
    return error;
  });
  const stage = report instanceof ExecError && report.tag === 'compilation-failed' ? report.compile : report.run;
  return { stdout: stage?.stdout ?? '', exitCode: stage?.exitCode, stderr: common(stage?.stderr ?? '') };
}

/** One test for each program: stdout and exit code are Node's, and with `withStderr` standard error, too. */
export function testParity(title: string, programs: Readonly<Record<string, Program>>, withStderr = false): void {
  const executor = lendExecutor();
  describe(title, () => {
    test.concurrent.for(Object.entries(programs))('%s', async ([, program], { expect: same }) => {
      const [node, component] = await compared(executor(), program, withStderr);
      same(component).toEqual(node);
    });
  });
}

/**
 * How a program ends in Node and here.
 *
 * @throws {Error} for a program that prints nothing and ends well, which would prove nothing.
 */
export async function compared(
  executor: Executor,
  program: Program,
  withStderr = false,
): Promise<readonly [node: Partial<Ended>, component: Partial<Ended>]> {
  const [node, component] = await Promise.all([inNode(program), inComponent(executor, program)]);
  if (node.stdout === '' && node.exitCode === 0) throw new Error('the program shows nothing');
  const seen = ({ stderr, ...rest }: Ended): Partial<Ended> => (withStderr ? { stderr, ...rest } : rest);
  return [seen(node), seen(component)];
}
