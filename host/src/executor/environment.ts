import { InvalidRequestError } from '../errors.ts';
import { checkLimits, type Limits } from '../limits.ts';

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
  const value = /^\d+$/.test(text) ? Number(text) * factor : Number.NaN;
  try {
    return checkLimits({ [name]: value }, 'limits');
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    throw new InvalidRequestError(variable, `${error.message} (from the text ${JSON.stringify(text)})`);
  }
}
