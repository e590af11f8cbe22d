import { join } from 'node:path';
import { BuildError } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';
import { python } from './lib/python.ts';
import { runStep } from './lib/step.ts';
import { zig } from './quickjs.ts';
import type { Toolchain } from './toolchain.ts';

const source = join(import.meta.dirname, 'same-machine.c');
const library = join(paths.cache, 'same-machine.so');
/** What every clock shows, in seconds since 1970: the start of 2026. */
const now = 1767225600;
/** The processors whose system calls same-machine.c knows. */
const targets: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

/** How to run a Python program that finds the same machine wherever it runs, or why that is not possible here. */
export type SameMachine =
  | { readonly python: string; readonly env: Readonly<Record<string, string>> }
  | { readonly reason: string };

/** The source that the outcome depends on, for a step's inputs. */
export const sameMachineSource = source;

/**
 * Prepares what fixes entropy, clocks and the traces of file systems for one process (same-machine.c says how). Only Linux
 * has the means that it needs: a kernel that hands a process its own system calls. An environment variable such as PYTHONHASHSEED does
 * not reach the interpreter that componentize-py runs.
 *
 * @throws {BuildError} when it does not compile.
 */
export async function sameMachine(toolchain: Toolchain): Promise<SameMachine> {
  const target = targets[process.arch];
  if (process.platform !== 'linux' || target === undefined) {
    return {
      reason: `it takes Linux on ${Object.keys(targets).join(' or ')}, this is ${process.platform} on ${process.arch}`,
    };
  }
  await runStep({
    name: 'compile what makes machines alike',
    inputs: [source, import.meta.filename],
    values: [toolchain.versions, target],
    outputs: [library],
    build: async () => {
      const object = `${library}.o`;
      const flags = ['-O2', '-g0', '-fPIC', '-fno-sanitize=all', '-fno-stack-protector', '-Wall', '-Wextra', '-Werror'];
      // Compiled with a libc's headers and linked without a libc, which the process has: building its stubs takes 10 s.
      const compile = [
        'cc',
        '-target',
        `${target}-linux-gnu.2.28`,
        ...flags,
        `-DNOW=${now}`,
        '-c',
        source,
        '-o',
        object,
      ];
      await zig(toolchain, paths.root, compile);
      await zig(toolchain, paths.root, ['ld.lld', '-shared', '-s', object, '-o', library]);
    },
  });
  // `python` may be a shell script, which would be the first to be given the library.
  const executable = (await run(await python(), ['-c', 'import sys; print(sys.executable)'])).trim();
  const env = { LD_PRELOAD: library };
  try {
    const shown = await run(executable, ['-c', 'import time; print(int(time.time()))'], { env });
    return shown.trim() === String(now)
      ? { python: executable, env }
      : { reason: `LD_PRELOAD has no effect on ${executable}` };
  } catch (error) {
    if (error instanceof BuildError) return { reason: error.message };
    throw error;
  }
}
