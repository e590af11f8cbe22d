import { InvalidRequestError } from '../errors.ts';
import { checkLimits, type Limits, limitTable } from '../limits.ts';

/**
 * The limits that the process's environment sets (seed 004 §7). DEVIATION D20: they are defaults, not caps.
 *
 * @throws {InvalidRequestError} naming the variable whose value is not a positive integer in range.
 */
export function environmentLimits(environment: Readonly<Record<string, string | undefined>>): Partial<Limits> {
  return {
    ...fromVariable(environment, 'EXEC_TIMEOUT_MS', 'timeMs', 1),
    ...fromVariable(environment, 'EXEC_MEMORY_LIMIT_MB', 'memoryBytes', 1024 * 1024),
  };
}

function fromVariable(
  environment: Readonly<Record<string, string | undefined>>,
  variable: string,
  name: keyof Limits,
  factor: number,
): Partial<Limits> {
  const text = environment[variable]?.trim();
  if (text === undefined || text === '') return {};
  const { unit, minimum, maximum } = limitTable[name];
  const value = /^\d+$/.test(text) ? Number(text) * factor : Number.NaN;
  if (value >= minimum && value <= maximum) return checkLimits({ [name]: value }, 'limits');
  const range = `from ${Math.ceil(minimum / factor)} to ${Math.floor(maximum / factor)}`;
  const inUnits = factor === 1 ? unit : 'MiB';
  throw new InvalidRequestError(variable, `expected a whole number ${range} (${inUnits}), got ${JSON.stringify(text)}`);
}
