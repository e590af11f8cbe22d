import { type InspectOptions, inspect } from '../inspect/index.ts';
import { native } from '../native.ts';
import { define, isError } from '../primordials.ts';
import { writeStandard } from '../standard.ts';
import { Console } from './console.ts';
import { type Console as Methods, makeConsole } from './methods.ts';

const plain: Partial<InspectOptions> = {};

/** The global `console`: stdout and stderr are the program's own, through `process.stdout` where a program replaced its `write`. */
export const console = {} as Methods;
makeConsole(console, { write: writeStandard, options: () => plain });
define(console, 'Console', Console);
define(console, 'context', () => console);
define(console, 'createTask', () => ({ run: (task: () => unknown) => task() }));
define(console, Symbol.toStringTag, 'console', false);

/** Prints an error that nobody handled. */
export function printError(text: string): void {
  native.print(2, `${text}\n`);
}

/** Text for a thrown value, error or not. */
export function thrownText(value: unknown): string {
  return isError(value) || (typeof value === 'object' && value !== null)
    ? inspect(value)
    : inspect(value, { maxStringLength: null });
}
