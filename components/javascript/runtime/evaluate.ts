import { thrownText } from './console/index.ts';
import { inherits } from './inherits.ts';
import { inspect } from './inspect/index.ts';
import { native } from './native.ts';
import { Measure, textOf, Unsaveable } from './persist/write.ts';
import { isError, NativeRangeError, stringSlice, toJson } from './primordials.ts';

/**
 * The value of a program's last expression, for a host that asks for it (EXEC_EVALUATE): JSON in the form in which
 * sessions keep their globals, or text where there is no such form.
 */

/** Characters of a value as JSON, and of a value as text. */
const longestData = 2 * 2 ** 20;
const longestText = 10_000;

let answer: string | undefined;

interface Main {
  readonly run: () => unknown;
  readonly isModule: boolean;
}

/** The program with its value kept; a value that is a promise is waited for. */
export function evaluating({ run, isModule }: Main): () => Promise<void> {
  answer = undefined;
  return () => settled(run() as Promise<{ value: unknown } | undefined>, isModule);
}

async function settled(completion: Promise<{ value: unknown } | undefined>, isModule: boolean): Promise<void> {
  const result = await completion;
  // A module has none.
  let value = isModule ? undefined : result?.value;
  // Nothing else is waited for: what has a `then` of its own may be anything.
  if (native.classOf(value) === 'Promise') value = await value;
  answer = answerOf(value);
}

/** Hook: what `evaluating` kept; undefined for a program that ended before it had a value. */
export function evaluated(): string | undefined {
  const text = answer;
  answer = undefined;
  return text;
}

function answerOf(value: unknown): string {
  let reason = 'it has no form as data';
  try {
    new Measure().of(value, 0);
    const text = textOf(value);
    if (text.length <= longestData) return `{"data":${text}}`;
    reason = `as data it has ${text.length} characters, more than ${longestData}`;
  } catch (error) {
    if (!inherits(error, Unsaveable.prototype) && !inherits(error, NativeRangeError.prototype)) throw error;
  }
  return `{"text":${toJson(shown(value))},"reason":${toJson(reason)}}`;
}

/** As the console shows it; the program can put code of its own in there, which may fail. */
function shown(value: unknown): string {
  let text: string;
  try {
    text = isError(value) ? thrownText(value) : inspect(value);
  } catch {
    text = `<${native.classOf(value)}>`;
  }
  return text.length <= longestText ? text : `${stringSlice(text, 0, longestText)}…`;
}
