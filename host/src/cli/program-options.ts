import { type Command, Option } from 'commander';
import { InvalidRequestError } from '../errors.ts';
import { type Limits, limitTable } from '../limits.ts';
import { parseBytes, parseInteger } from './units.ts';

/** Limits and environment, as `run` and the sessions take them. */
export interface LimitOptions {
  readonly env?: readonly string[];
  readonly timeout?: string;
  readonly memory?: string;
  readonly fuel?: string;
  readonly fileSize?: string;
  readonly limit?: readonly string[];
}

/** What a run is given besides its program. */
export interface ProgramOptions extends LimitOptions {
  readonly eval?: string;
  readonly stdin?: string;
  readonly module?: readonly string[];
  readonly json?: boolean;
  readonly stream?: boolean;
}

/** Adds the options of {@link ProgramOptions}. */
export function addProgramOptions(command: Command): Command {
  command
    .option('-e, --eval <CODE>', 'run CODE instead of a file')
    .option('--stdin <SOURCE>', 'standard input: "-" (this one), the name of a file, or the text itself')
    .option('--module <NAME=PATH>', 'lend a file, or all files of a folder, under NAME (repeatable)', collect);
  return addLimitOptions(command)
    .option('--json', 'print one line of JSON with the result instead of the output')
    .addOption(
      new Option(
        '--stream',
        'print a line of JSON for each event: chunks of output as they come, then the result',
      ).conflicts('json'),
    );
}

/** Adds the options of {@link LimitOptions}. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--env <NAME=VALUE>', 'set an environment variable (repeatable)', collect)
    .option('--timeout <MS>', 'wall-clock limit in milliseconds (default: EXEC_TIMEOUT_MS or 5000)')
    .option('--memory <SIZE>', 'memory limit, such as 128MB (default: EXEC_MEMORY_LIMIT_MB or 256MB)')
    .option('--fuel <N>', 'units of fuel the program may spend (default: no limit)')
    .option('--file-size <SIZE>', 'largest size of a file the program writes (default: 64MB)')
    .option('--limit <NAME=VALUE>', `any limit (repeatable): ${Object.keys(limitTable).join(', ')}`, collect);
}

/** @throws {InvalidRequestError} naming the option. */
export function limitsOf(options: LimitOptions): Partial<Limits> {
  const limits: { -readonly [name in keyof Limits]?: number } = {};
  for (const definition of options.limit ?? []) {
    const equals = definition.indexOf('=');
    const name = definition.slice(0, Math.max(equals, 0));
    if (!isLimit(name)) {
      const problem = `${JSON.stringify(definition)} is not NAME=VALUE with a limit's name`;
      throw new InvalidRequestError('limit', `${problem}; the limits are ${Object.keys(limitTable).join(', ')}`);
    }
    const value = definition.slice(equals + 1);
    limits[name] = limitTable[name].unit === 'bytes' ? parseBytes(value, 'limit') : parseInteger(value, 'limit');
  }
  if (options.timeout !== undefined) limits.timeMs = parseInteger(options.timeout, 'timeout');
  if (options.memory !== undefined) limits.memoryBytes = parseBytes(options.memory, 'memory');
  if (options.fuel !== undefined) limits.fuel = parseInteger(options.fuel, 'fuel');
  if (options.fileSize !== undefined) limits.fileSizeBytes = parseBytes(options.fileSize, 'file-size');
  return limits;
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(limitTable, name);
}

/** All values of an option that may be given more than once. */
export function collect(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value];
}
