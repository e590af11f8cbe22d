import type { RunOutcome } from '../engine/index.ts';
import { ExecError } from '../errors.ts';
import type { EvaluatedValue, ExecResult } from '../types.ts';

/** Characters of a component's answer: 2 Mi of data, or a text of which each character may take six. */
const mostCharacters = 2 * 2 ** 20 + 1024;

/** UTF-16 units of a text, and of the reason why there is no data; components send 10,000 characters at most. */
const mostText = 20_010;
/** Lists within lists: a hundred of the program's, each of which may be written as three. */
const deepest = 400;

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
  // Whoever shows, copies or compares the value may do it by recursion.
  if (nesting(answer) > deepest) return undefined;
  let object: unknown;
  try {
    object = JSON.parse(answer);
  } catch {
    return undefined;
  }
  if (typeof object !== 'object' || object === null) return undefined;
  if (Object.hasOwn(object, 'data')) return { kind: 'data', data: (object as { data: never }).data };
  const { text, reason } = object as { text?: unknown; reason?: unknown };
  if (typeof text !== 'string' || typeof reason !== 'string') return undefined;
  return text.length <= mostText && reason.length <= mostText ? { kind: 'text', text, reason } : undefined;
}

/** How deep the lists and objects of a JSON text are nested. */
function nesting(json: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (inText) {
      if (char === '\\') at++;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === '[' || char === '{') most = Math.max(most, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return most;
}
