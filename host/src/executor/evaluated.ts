import type { RunOutcome } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import type { EvaluatedValue, ExecResult } from '../types.ts';

/** Characters of a component's answer: 2 Mi of data, or a text of which each character may take six. */
const mostCharacters = 2 * 2 ** 20 + 1024;

/**
 * The value of a completed run. A program can make the component say anything: what is no answer is told as the
 * program's failure.
 *
 * @throws {ExecError} `runtime-failed`.
 */
export function evaluatedValue({ value }: RunOutcome, result: ExecResult): EvaluatedValue | undefined {
  if (value === undefined) return undefined;
  const answer = value.length > mostCharacters ? undefined : parsed(value);
  if (answer !== undefined) return answer;
  const details = { reason: 'claim', claim: value.slice(0, 200) };
  throw new ExecError('runtime-failed', 'the program spoilt what evaluates it', result, details);
}

function parsed(answer: string): EvaluatedValue | undefined {
  let object: unknown;
  try {
    object = JSON.parse(answer);
  } catch {
    return undefined;
  }
  if (typeof object !== 'object' || object === null) return undefined;
  if (Object.hasOwn(object, 'data')) return { kind: 'data', data: (object as { data: never }).data };
  const { text, reason } = object as { text?: unknown; reason?: unknown };
  return typeof text === 'string' && typeof reason === 'string' ? { kind: 'text', text, reason } : undefined;
}
