import { formatWithOptions } from './inspect/format.ts';
import { type InspectOptions, inspect } from './inspect/index.ts';
import { table } from './inspect/table.ts';
import { native } from './native.ts';
import {
  append,
  define,
  isError,
  mapDelete,
  mapGet,
  mapSet,
  NativeError,
  NativeMap,
  numberToFixed,
  stringIncludes,
  stringIndexOf,
  stringSlice,
} from './primordials.ts';

const counts = new NativeMap<string, number>();
const timers = new NativeMap<string, number>();
let indentation = '';

const noOptions: Partial<InspectOptions> = {};

function print(fd: 1 | 2, args: readonly unknown[]): void {
  printText(fd, formatWithOptions(noOptions, args));
}

function printText(fd: 1 | 2, text: string): void {
  native.print(fd, `${indentation === '' ? text : indent(text)}\n`);
}

function indent(text: string): string {
  let result = indentation;
  let from = 0;
  for (let at = stringIndexOf(text, '\n'); at >= 0; at = stringIndexOf(text, '\n', from)) {
    result += stringSlice(text, from, at + 1) + indentation;
    from = at + 1;
  }
  return result + stringSlice(text, from);
}

function elapsed(label: string): string | undefined {
  const began = mapGet(timers, label);
  if (began === undefined) return undefined;
  const ms = native.now() - began;
  if (ms >= 60_000) return `${numberToFixed(ms / 60_000, 3)}m`;
  if (ms >= 1000) return `${numberToFixed(ms / 1000, 3)}s`;
  return ms >= 1 ? `${numberToFixed(ms, 3)}ms` : `${+numberToFixed(ms, 3)}ms`;
}

function timerText(label: string, data: readonly unknown[]): string | undefined {
  const time = elapsed(label);
  if (time === undefined) {
    printText(2, `Warning: No such label '${label}' for console.time()`);
    return undefined;
  }
  return data.length > 0 ? `${label}: ${time} ${formatWithOptions(noOptions, data)}` : `${label}: ${time}`;
}

/** `console`, with the text of Node's. stdout and stderr are the program's own. */
const methods = {
  log: (...args: unknown[]): void => print(1, args),
  info: (...args: unknown[]): void => print(1, args),
  debug: (...args: unknown[]): void => print(1, args),
  error: (...args: unknown[]): void => print(2, args),
  warn: (...args: unknown[]): void => print(2, args),
  trace: (...args: unknown[]): void => {
    const error = new NativeError(formatWithOptions(noOptions, args));
    const stack = error.stack ?? '';
    const at = stringIndexOf(stack, '\n');
    const label = args.length > 0 ? `Trace: ${formatWithOptions(noOptions, args)}` : 'Trace';
    const frames = stringIncludes(stack, '    at ')
      ? stringSlice(stack, stringIndexOf(stack, '    at '))
      : stringSlice(stack, at + 1);
    printText(
      2,
      `${label}\n${frames[frames.length - 1] === '\n' ? stringSlice(frames, 0, frames.length - 1) : frames}`,
    );
  },
  assert: (condition?: unknown, ...args: unknown[]): void => {
    if (condition) return;
    const first = args[0];
    if (typeof first === 'string') {
      args[0] = `Assertion failed: ${first}`;
      print(2, args);
    } else {
      const all: unknown[] = ['Assertion failed'];
      for (let i = 0; i < args.length; i++) append(all, args[i]);
      print(2, all);
    }
  },
  dir: (value?: unknown, options?: Partial<InspectOptions>): void =>
    printText(1, inspect(value, { customInspect: false, ...options })),
  dirxml: (...args: unknown[]): void => print(1, args),
  table: (data?: unknown, columns?: readonly string[]): void => {
    const text = table(data, columns);
    if (text === undefined) print(1, [data]);
    else printText(1, text);
  },
  group: (...args: unknown[]): void => {
    if (args.length > 0) print(1, args);
    indentation += '  ';
  },
  groupCollapsed: (...args: unknown[]): void => {
    if (args.length > 0) print(1, args);
    indentation += '  ';
  },
  groupEnd: (): void => {
    indentation = stringSlice(indentation, 2);
  },
  count: (label: unknown = 'default'): void => {
    const name = `${label as string}`;
    const count = (mapGet(counts, name) ?? 0) + 1;
    mapSet(counts, name, count);
    printText(1, `${name}: ${count}`);
  },
  countReset: (label: unknown = 'default'): void => {
    mapDelete(counts, `${label as string}`);
  },
  time: (label: unknown = 'default'): void => {
    mapSet(timers, `${label as string}`, native.now());
  },
  timeLog: (label: unknown = 'default', ...data: unknown[]): void => {
    const text = timerText(`${label as string}`, data);
    if (text !== undefined) printText(1, text);
  },
  timeEnd: (label: unknown = 'default'): void => {
    const text = timerText(`${label as string}`, []);
    if (text !== undefined) printText(1, text);
    mapDelete(timers, `${label as string}`);
  },
  clear: (): void => undefined,
};

export const console = methods as typeof methods & { [Symbol.toStringTag]: string };
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
