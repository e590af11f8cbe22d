import { printError, thrownText } from './console/index.ts';
import { inherits } from './inherits.ts';
import { errorText, peek } from './inspect/error.ts';
import { InvalidTextError, readSource } from './modules/files.ts';
import { MissingEntrypointError } from './modules/main.ts';
import {
  isError,
  min,
  regExpExec,
  stringIndexOf,
  stringRepeat,
  stringSlice,
  stringStartsWith,
  toInteger,
} from './primordials.ts';

import { errorOfReason } from './rejections.ts';

/** How errors that end a program are shown: the place in the program's text, then the error, as Node does. */

const frame = /\n {4}at (?:[^\n]*\()?(\/[^\n]*?):(\d+):(\d+)\)?(?:\n|$)/;

/** Longest source line that is shown. */
const longestLine = 300;

function place(text: string): string {
  const match = regExpExec(frame, text);
  if (match === null) return '';
  const file = match[1] ?? '';
  const lineNumber = toInteger(match[2] ?? '', 10);
  const column = toInteger(match[3] ?? '', 10);
  let source: string | number;
  try {
    source = readSource(file);
  } catch {
    return '';
  }
  if (typeof source === 'number') return `${file}:${lineNumber}\n\n`;
  let line = source;
  for (let i = 1; i < lineNumber; i++) {
    const at = stringIndexOf(line, '\n');
    if (at < 0) return `${file}:${lineNumber}\n\n`;
    line = stringSlice(line, at + 1);
  }
  const end = stringIndexOf(line, '\n');
  if (end >= 0) line = stringSlice(line, 0, end);
  if (line.length > longestLine) return `${file}:${lineNumber}\n\n`;
  return `${file}:${lineNumber}\n${line}\n${stringRepeat(' ', min(column, line.length + 1) - 1)}^\n\n`;
}

/** Prints an error that nobody caught. */
export function reportUncaught(error: unknown): void {
  if (inherits(error, MissingEntrypointError.prototype) || inherits(error, InvalidTextError.prototype)) {
    printError((error as Error).message);
    return;
  }
  if (!isError(error)) {
    printError(`Uncaught ${thrownText(error)}`);
    return;
  }
  const stack = errorText(error);
  const text = thrownText(error);
  // Without frames an error is shown in brackets, which are of no use here.
  const bracketed = stack[0] === '[' && stringStartsWith(text, stack);
  const bare = bracketed ? stringSlice(stack, 1, stack.length - 1) + stringSlice(text, stack.length) : text;
  printError(place(stack) + bare);
}

/** Prints a rejection that nobody handled. */
export function reportRejection(reason: unknown): void {
  reportUncaught(errorOfReason(reason));
}

/** Codes of errors that a size limit causes. */
export function isQuotaError(error: unknown): boolean {
  if (!isError(error)) return false;
  const code = peek(error, 'code');
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' || code === 'ENOMEM';
}
