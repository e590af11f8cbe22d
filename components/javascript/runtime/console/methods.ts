import { formatWithOptions } from '../inspect/format.ts';
import { type InspectOptions, inspect } from '../inspect/index.ts';
import { native } from '../native.ts';
import {
  append,
  apply,
  define,
  hasOwn,
  mapDelete,
  mapGet,
  mapSet,
  NativeError,
  NativeMap,
  numberToFixed,
  stringIncludes,
  stringIndexOf,
  stringPadStart,
  stringRepeat,
  stringSlice,
} from '../primordials.ts';
import { emitWarning } from '../warnings.ts';
import { table } from './table.ts';

/** Where a console's text goes: 1 is its stdout, 2 its stderr. */
type Stream = 1 | 2;

/** What a console keeps. */
interface State {
  write(to: Stream, text: string): void;
  options(to: Stream): Partial<InspectOptions>;
  readonly counts: Map<string, number>;
  readonly timers: Map<string, number>;
  /** Spaces of one group. */
  readonly step: number;
  indentation: string;
}

const stateKey: unique symbol = Symbol('kConsole') as never;

/** A console while its methods run. The methods go through `this`, so that a replaced `log` is the one they use. */
interface Self {
  readonly [stateKey]: State;
  log(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
}

function print(self: Self, to: Stream, args: readonly unknown[]): void {
  const state = self[stateKey];
  printText(self, to, formatWithOptions(state.options(to), args));
}

function printText(self: Self, to: Stream, text: string): void {
  const state = self[stateKey];
  state.write(to, `${state.indentation === '' ? text : indent(text, state.indentation)}\n`);
}

function indent(text: string, indentation: string): string {
  let result = indentation;
  let from = 0;
  for (let at = stringIndexOf(text, '\n'); at >= 0; at = stringIndexOf(text, '\n', from)) {
    result += stringSlice(text, from, at + 1) + indentation;
    from = at + 1;
  }
  return result + stringSlice(text, from);
}

/** A time in the largest unit that fits, as Node words it. */
function timeText(milliseconds: number): string {
  if (milliseconds >= 1000) {
    const seconds = milliseconds / 1000;
    if (seconds >= 3600) {
      const minutes = stringPadStart(`${Math.floor((seconds % 3600) / 60)}`, 2, '0');
      return `${Math.floor(seconds / 3600)}:${minutes}:${stringPadStart(numberToFixed(seconds % 60, 3), 6, '0')} (h:mm:ss.mmm)`;
    }
    if (seconds >= 60) {
      const rest = stringPadStart(numberToFixed(seconds % 60, 3), 6, '0');
      return `${Math.floor(seconds / 60)}:${rest} (m:ss.mmm)`;
    }
    return `${numberToFixed(seconds, 3)}s`;
  }
  return milliseconds >= 1 ? `${numberToFixed(milliseconds, 3)}ms` : `${+numberToFixed(milliseconds, 3)}ms`;
}

function showTimer(self: Self, method: string, label: string, data: readonly unknown[]): void {
  const began = mapGet(self[stateKey].timers, label);
  if (began === undefined) {
    emitWarning(`No such label '${label}' for console.${method}()`);
    return;
  }
  const time = timeText(native.now() - began);
  const args: unknown[] = ['%s: %s', label, time];
  for (let i = 0; i < data.length; i++) append(args, data[i]);
  apply(self.log, self, args);
}

function labelOf(label: unknown): string {
  return `${label as string}`;
}

/** Methods that are one function under two names. */
const group = function (this: Self, ...args: unknown[]): void {
  if (args.length > 0) apply(this.log, this, args);
  this[stateKey].indentation += stringRepeat(' ', this[stateKey].step);
};

/** Every method, in Node's order. */
export const methods: Record<string, (this: Self, ...args: never[]) => void> = {
  log(...args: unknown[]) {
    print(this, 1, args);
  },
  info(...args: unknown[]) {
    print(this, 1, args);
  },
  debug(...args: unknown[]) {
    print(this, 1, args);
  },
  warn(...args: unknown[]) {
    print(this, 2, args);
  },
  error(...args: unknown[]) {
    print(this, 2, args);
  },
  dir(value?: unknown, options?: Partial<InspectOptions>) {
    printText(this, 1, inspect(value, { customInspect: false, ...this[stateKey].options(1), ...options }));
  },
  time(label: unknown = 'default') {
    const { timers } = this[stateKey];
    if (mapGet(timers, labelOf(label)) !== undefined)
      emitWarning(`Label '${labelOf(label)}' already exists for console.time()`);
    else mapSet(timers, labelOf(label), native.now());
  },
  timeEnd(label: unknown = 'default') {
    showTimer(this, 'timeEnd', labelOf(label), []);
    mapDelete(this[stateKey].timers, labelOf(label));
  },
  timeLog(label: unknown = 'default', ...data: unknown[]) {
    showTimer(this, 'timeLog', labelOf(label), data);
  },
  trace(...args: unknown[]) {
    const text = formatWithOptions(this[stateKey].options(2), args);
    const stack = `${new NativeError().stack ?? ''}`;
    const frames = stringIncludes(stack, '    at ') ? stringSlice(stack, stringIndexOf(stack, '    at ')) : '';
    const trimmed = frames[frames.length - 1] === '\n' ? stringSlice(frames, 0, frames.length - 1) : frames;
    const headline = text === '' ? 'Trace' : `Trace: ${text}`;
    this.error(trimmed === '' ? headline : `${headline}\n${trimmed}`);
  },
  assert(condition?: unknown, ...args: unknown[]) {
    if (condition) return;
    const first = args[0];
    const all: unknown[] = [typeof first === 'string' ? `Assertion failed: ${first}` : 'Assertion failed'];
    for (let i = typeof first === 'string' ? 1 : 0; i < args.length; i++) append(all, args[i]);
    apply(this.warn, this, all);
  },
  clear() {},
  count(label: unknown = 'default') {
    const { counts } = this[stateKey];
    const count = (mapGet(counts, labelOf(label)) ?? 0) + 1;
    mapSet(counts, labelOf(label), count);
    this.log(`${labelOf(label)}: ${count}`);
  },
  countReset(label: unknown = 'default') {
    if (!mapDelete(this[stateKey].counts, labelOf(label))) emitWarning(`Count for '${labelOf(label)}' does not exist`);
  },
  group,
  groupEnd() {
    const state = this[stateKey];
    const length = state.indentation.length - state.step;
    state.indentation = stringSlice(state.indentation, 0, Math.max(length, 0));
  },
  table(data?: unknown, columns?: readonly string[]) {
    const text = table(data, columns);
    if (text === undefined) this.log(data);
    else this.log(text);
  },
  dirxml(...args: unknown[]) {
    print(this, 1, args);
  },
  groupCollapsed: group,
  // What only an attached debugger sees, in Node as well.
  profile() {},
  profileEnd() {},
  timeStamp() {},
};

/** The methods that `console` has and a `new Console()` has not, in Node's order. */
export const methodNames: readonly string[] = Object.keys(methods);

export type Console = Record<
  'log' | 'info' | 'debug' | 'warn' | 'error' | 'dir' | 'table' | 'group' | 'groupEnd' | 'trace',
  (...args: unknown[]) => void
>;

/** Gives `target` a console's state and methods, bound to it; a subclass's own methods stay what they are. */
export function makeConsole(
  target: object,
  settings: Pick<State, 'write' | 'options'> & { readonly step?: number },
): void {
  const state: State = {
    write: settings.write,
    options: settings.options,
    counts: new NativeMap(),
    timers: new NativeMap(),
    step: settings.step ?? 2,
    indentation: '',
  };
  define(target, stateKey, state, false);
  for (let i = 0; i < methodNames.length; i++) {
    const name = methodNames[i] ?? '';
    const inherited = (target as Record<string, unknown>)[name];
    const method = (typeof inherited === 'function' ? inherited : methods[name]) as (...args: unknown[]) => unknown;
    const bound = (...args: unknown[]): unknown => apply(method, target, args);
    define(bound, 'name', name, false);
    define(target, name, bound);
  }
}

export function isConsole(value: unknown): boolean {
  return typeof value === 'object' && value !== null && hasOwn(value, stateKey);
}
