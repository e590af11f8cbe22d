import type { Command } from 'commander';
import { InvalidRequestError } from '../errors.ts';
import type { ExecRequest } from '../types.ts';
import { oneRunExecutor } from './early.ts';
import { envPair, languageOfProgram, moduleFiles, programFile, stdinBytes } from './inputs.ts';
import { addProgramOptions, collect, limitsOf, type ProgramOptions } from './program-options.ts';
import { outputMode, perform, showEnd, showFailedRun } from './show.ts';

interface RunOptions extends ProgramOptions {
  readonly lang?: string;
  readonly mount?: readonly string[];
}

const examples = `
Examples:
  $ golem-exec run main.py -- first second      run a file with two arguments
  $ golem-exec run -e 'print(6 * 7)' --lang python
  $ golem-exec run main.mjs --module lib/util.mjs=./lib/util.mjs --env MODE=test
  $ golem-exec run report.py --module data.csv=./data.csv --stdin "a title"
  $ golem-exec run report.py --mount ./data:/data:ro --mount ./out:/app/out
  $ cat main.js | golem-exec run - --lang js --json

The program sees the files it is given in its working directory, and nothing else: no network, no other
files, no environment. A folder that is mounted is copied in; without ":ro" what the program changed below
GUEST is written back when it has ended, however it ended. Without --json its output comes as it is printed and the exit status is its own
(124 timeout, 137 memory or another resource exceeded, 65 it does not compile, 64 usage, 70 internal).`;

/** Adds `golem-exec run`. */
export function addRunCommand(program: Command): void {
  const command = program
    .command('run')
    .summary('run a program and show its output')
    .description('Run a JavaScript or Python program in a WebAssembly instance of its own.')
    .argument('[FILE]', 'the program; "-" reads it from standard input')
    .argument('[ARGS...]', 'arguments of the program, after "--"')
    .option('--lang <LANGUAGE>', 'js or python; clear from the ending of FILE where it has one')
    .option(
      '--mount <HOST:GUEST[:ro]>',
      'lend a copy of a folder, and write changes back unless :ro (repeatable)',
      collect,
    );
  addProgramOptions(command)
    .addHelpText('after', examples)
    .action(async (file: string | undefined, args: string[], options: RunOptions) => {
      process.exitCode = await run(file, args, options);
    });
}

async function run(file: string | undefined, args: string[], options: RunOptions): Promise<number> {
  const mode = outputMode(options);
  try {
    const request = await requestOf(file, args, options);
    await using executor = oneRunExecutor();
    if (options.mount === undefined) return showEnd(await perform(executor, request, mode), mode);
    const { runMounted } = await import('./mounted-run.ts');
    return await runMounted(executor, request, options.mount, mode);
  } catch (error) {
    return showFailedRun(error, mode);
  }
}

async function requestOf(file: string | undefined, args: string[], options: RunOptions): Promise<ExecRequest> {
  if (file !== undefined && options.eval !== undefined) {
    // With -e there is no FILE: what stands there is the program's first argument.
    return await requestOf(undefined, [file, ...args], options);
  }
  if (file === undefined && options.eval === undefined) {
    throw new InvalidRequestError('FILE', 'give a program: a file, "-" for standard input, or -e CODE');
  }
  if (file === '-' && options.stdin === '-') {
    throw new InvalidRequestError('stdin', 'standard input is the program already; give --stdin a file or a text');
  }
  const language = await languageOfProgram(options.lang, file);
  const [program, stdin, ...modules] = await Promise.all([
    programFile(file, options.eval, language),
    stdinBytes(options.stdin),
    ...(options.module ?? []).map(moduleFiles),
  ]);
  return {
    language,
    files: [program, ...modules.flat()],
    stdin,
    args,
    env: (options.env ?? []).map(envPair),
    limits: limitsOf(options),
  };
}
