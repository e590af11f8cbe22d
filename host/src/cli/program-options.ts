import type { Command } from 'commander';
import type { Limits } from '../limits.ts';
import { parseBytes, parseInteger } from './units.ts';

/** Limits and environment, as `run` and the sessions take them. */
export interface LimitOptions {
  readonly env?: readonly string[];
  readonly timeout?: string;
  readonly memory?: string;
  readonly fuel?: string;
  readonly fileSize?: string;
}

/** What a run is given besides its program. */
export interface ProgramOptions extends LimitOptions {
  readonly eval?: string;
  readonly stdin?: string;
  readonly module?: readonly string[];
  readonly json?: boolean;
}

/** Adds the options of {@link ProgramOptions}. */
export function addProgramOptions(command: Command): Command {
  command
    .option('-e, --eval <CODE>', 'run CODE instead of a file')
    .option('--stdin <SOURCE>', 'standard input: "-" (this one), the name of a file, or the text itself')
    .option('--module <NAME=PATH>', 'lend a file, or all files of a folder, under NAME (repeatable)', collect);
  return addLimitOptions(command).option('--json', 'print one line of JSON with the result instead of the output');
}

/** Adds the options of {@link LimitOptions}. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--env <NAME=VALUE>', 'set an environment variable (repeatable)', collect)
    .option('--timeout <MS>', 'wall-clock limit in milliseconds (default: EXEC_TIMEOUT_MS or 5000)')
    .option('--memory <SIZE>', 'memory limit, such as 128MB (default: EXEC_MEMORY_LIMIT_MB or 256MB)')
    .option('--fuel <N>', 'units of fuel the program may spend (default: no limit)')
    .option('--file-size <SIZE>', 'largest size of a file the program writes (default: 64MB)');
}

/** @throws {InvalidRequestError} naming the option. */
export function limitsOf(options: LimitOptions): Partial<Limits> {
  const limits: { -readonly [name in keyof Limits]?: number } = {};
  if (options.timeout !== undefined) limits.timeMs = parseInteger(options.timeout, 'timeout');
  if (options.memory !== undefined) limits.memoryBytes = parseBytes(options.memory, 'memory');
  if (options.fuel !== undefined) limits.fuel = parseInteger(options.fuel, 'fuel');
  if (options.fileSize !== undefined) limits.fileSizeBytes = parseBytes(options.fileSize, 'file-size');
  return limits;
}

/** All values of an option that may be given more than once. */
function collect(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value];
}
