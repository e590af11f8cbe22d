import type { Command } from 'commander';
import { InvalidRequestError } from '../errors.ts';
import { createExecutor } from '../index.ts';
import type { Limits } from '../limits.ts';
import type { ExecRequest } from '../types.ts';
import { failureJson, statusOf } from './exit.ts';
import { envPair, languageOf, moduleFiles, programFile, stdinBytes } from './inputs.ts';
import { parseBytes, parseInteger } from './units.ts';

interface RunOptions {
  readonly eval?: string;
  readonly lang?: string;
  readonly stdin?: string;
  readonly env: readonly string[];
  readonly module: readonly string[];
  readonly timeout?: string;
  readonly memory?: string;
  readonly fuel?: string;
  readonly fileSize?: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  $ golem-exec run main.py -- first second      run a file with two arguments
  $ golem-exec run -e 'print(6 * 7)' --lang python
  $ golem-exec run main.mjs --module lib/util.mjs=./lib/util.mjs --env MODE=test
  $ golem-exec run report.py --module data.csv=./data.csv --stdin "a title"
  $ cat main.js | golem-exec run - --lang js --json

The program sees the files it is given in its working directory, and nothing else: no network, no other
files, no environment. Without --json its output comes as it is printed and the exit status is its own
(124 timeout, 137 memory or another resource exceeded, 65 it does not compile, 64 usage, 70 internal).`;

/** Adds `golem-exec run`. */
export function addRunCommand(program: Command): void {
  const collect = (value: string, all: string[]): string[] => [...all, value];
  program
    .command('run')
    .summary('run a program and show its output')
    .description('Run a JavaScript or Python program in a WebAssembly instance of its own.')
    .argument('[FILE]', 'the program; "-" reads it from standard input')
    .argument('[ARGS...]', 'arguments of the program, after "--"')
    .option('-e, --eval <CODE>', 'run CODE instead of a file')
    .option('--lang <LANGUAGE>', 'js or python; clear from the ending of FILE where it has one')
    .option('--stdin <SOURCE>', 'standard input: "-" (this one), the name of a file, or the text itself')
    .option('--env <NAME=VALUE>', 'set an environment variable (repeatable)', collect, [])
    .option('--module <NAME=PATH>', 'lend a file, or all files of a folder, under NAME (repeatable)', collect, [])
    .option('--timeout <MS>', 'wall-clock limit in milliseconds (default: EXEC_TIMEOUT_MS or 5000)')
    .option('--memory <SIZE>', 'memory limit, such as 128MB (default: EXEC_MEMORY_LIMIT_MB or 256MB)')
    .option('--fuel <N>', 'units of fuel the program may spend (default: no limit)')
    .option('--file-size <SIZE>', 'largest size of a file the program writes (default: 64MB)')
    .option('--json', 'print one line of JSON with the result instead of the output')
    .addHelpText('after', examples)
    .action(async (file: string | undefined, args: string[], options: RunOptions) => {
      process.exitCode = await run(file, args, options);
    });
}

async function run(file: string | undefined, args: string[], options: RunOptions): Promise<number> {
  try {
    const request = await requestOf(file, args, options);
    await using executor = createExecutor({ workers: 1 });
    if (options.json === true) {
      const result = await executor.run(request);
      process.stdout.write(`${JSON.stringify({ ok: true, result })}\n`);
      return result.run.exitCode ?? 0;
    }
    for await (const event of executor.runStreaming(request)) {
      switch (event.tag) {
        case 'stdout-chunk':
          await write(process.stdout, event.val);
          break;
        case 'stderr-chunk':
          await write(process.stderr, event.val);
          break;
        case 'finished':
          return event.val.run.exitCode ?? 0;
        case 'failed':
          throw event.val;
      }
    }
    return 0;
  } catch (error) {
    if (options.json === true) process.stdout.write(`${JSON.stringify(failureJson(error))}\n`);
    else process.stderr.write(`golem-exec: ${error instanceof Error ? error.message : String(error)}\n`);
    return statusOf(error);
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
  const language = languageOf(options.lang, file);
  const [program, stdin, ...modules] = await Promise.all([
    programFile(file, options.eval, language),
    stdinBytes(options.stdin),
    ...options.module.map(moduleFiles),
  ]);
  const limits: { -readonly [name in keyof Limits]?: number } = {};
  if (options.timeout !== undefined) limits.timeMs = parseInteger(options.timeout, 'timeout');
  if (options.memory !== undefined) limits.memoryBytes = parseBytes(options.memory, 'memory');
  if (options.fuel !== undefined) limits.fuel = parseInteger(options.fuel, 'fuel');
  if (options.fileSize !== undefined) limits.fileSizeBytes = parseBytes(options.fileSize, 'file-size');
  return {
    language,
    files: [program, ...modules.flat()],
    stdin,
    args,
    env: options.env.map(envPair),
    limits,
  };
}

/** Writes to the terminal or pipe at its own pace. */
async function write(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    // A reader that went away (`| head`) ends our output, not with an error.
    stream.write(bytes, () => resolve());
  });
}
