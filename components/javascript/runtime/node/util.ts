import { errnoTable, typeError } from '../errors.ts';
import { formatWithOptions } from '../inspect/format.ts';
import { colors, customInspect, defaultOptions, type InspectOptions, inspect, styles } from '../inspect/index.ts';
import { native } from '../native.ts';
import { apply, define, isArray, isError, NativePromise, regExpExec, setPrototypeOf } from '../primordials.ts';
import { TextDecoder, TextEncoder } from '../web/encoding.ts';
import { isDeepEqual } from './deep-equal.ts';
import { registerNode } from './registry.ts';

type AnyFunction = (...args: never[]) => unknown;

const customPromisify: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never;

function requireFunction(value: unknown, name: string): asserts value is AnyFunction {
  if (typeof value !== 'function')
    throw typeError(
      'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be of type function. Received ${value === null ? 'null' : typeof value}`,
    );
}

/** A function that takes a callback as its last argument, as one that returns a promise. */
export function promisify(original: unknown): AnyFunction {
  requireFunction(original, 'original');
  const own = (original as unknown as Record<PropertyKey, unknown>)[customPromisify];
  if (typeof own === 'function') return own as AnyFunction;
  function promised(this: unknown, ...args: never[]): Promise<unknown> {
    return new NativePromise((resolve, reject) => {
      const callback = (error: unknown, value: unknown): void => {
        if (error) reject(error);
        else resolve(value);
      };
      apply(original as AnyFunction, this, [...args, callback as never]);
    });
  }
  setPrototypeOf(promised, Object.getPrototypeOf(original) as object);
  return promised as AnyFunction;
}

/** The reverse of `promisify`. */
export function callbackify(original: unknown): AnyFunction {
  requireFunction(original, 'original');
  return function callbackified(this: unknown, ...args: never[]): void {
    const callback = args.pop() as unknown as (error: unknown, value?: unknown) => void;
    requireFunction(callback, 'last argument');
    void (apply(original, this, args) as Promise<unknown>).then(
      (value) => callback(null, value),
      (error: unknown) => callback(error ?? new Error('Promise was rejected with a falsy value')),
    );
  } as AnyFunction;
}

function inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  define(child, 'super_', parent);
  setPrototypeOf(child.prototype, parent.prototype);
}

function deprecate<T extends AnyFunction>(method: T, message: string): T {
  let warned = false;
  return function deprecated(this: unknown, ...args: never[]): unknown {
    if (!warned) native.print(2, `DeprecationWarning: ${message}\n`);
    warned = true;
    return apply(method, this, args);
  } as unknown as T;
}

function is(...names: string[]): (value: unknown) => boolean {
  return (value) => names.includes(native.classOf(value));
}

const typedArrays = [
  'Int8',
  'Uint8',
  'Uint8Clamped',
  'Int16',
  'Uint16',
  'Int32',
  'Uint32',
  'Float16',
  'Float32',
  'Float64',
  'BigInt64',
  'BigUint64',
].map((name) => `${name}Array`);

/** `util.types`: what an object is, by the engine's own knowledge. */
export const types: Record<string, (value: unknown) => boolean> = {
  isAnyArrayBuffer: is('ArrayBuffer', 'SharedArrayBuffer'),
  isArrayBuffer: is('ArrayBuffer'),
  isSharedArrayBuffer: is('SharedArrayBuffer'),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isArgumentsObject: is('Arguments', 'MappedArguments'),
  isAsyncFunction: is('AsyncFunction', 'AsyncGeneratorFunction'),
  isGeneratorFunction: is('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: is('Generator', 'AsyncGenerator'),
  isBoxedPrimitive: is('Number', 'String', 'Boolean', 'BigInt', 'Symbol'),
  isNumberObject: is('Number'),
  isStringObject: is('String'),
  isBooleanObject: is('Boolean'),
  isBigIntObject: is('BigInt'),
  isSymbolObject: is('Symbol'),
  isDataView: is('DataView'),
  isDate: is('Date'),
  isMap: is('Map'),
  isMapIterator: is('Map Iterator'),
  isSet: is('Set'),
  isSetIterator: is('Set Iterator'),
  isWeakMap: is('WeakMap'),
  isWeakSet: is('WeakSet'),
  isPromise: is('Promise'),
  isProxy: (value) => native.proxyTarget(value) !== undefined,
  isRegExp: is('RegExp'),
  isNativeError: (value) => isError(value),
  isTypedArray: is(...typedArrays),
};
for (const name of typedArrays) types[`is${name}`] = is(name);

function getSystemErrorName(errno: number): string {
  const table = errnoTable();
  return Object.keys(table).find((code) => table[code] === -errno) ?? `Unknown system error ${errno}`;
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function stripVTControlCharacters(text: string): string {
  return `${text}`.replace(escapes, '');
}

function styleText(format: string | readonly string[], text: string): string {
  const names = isArray(format) ? (format as readonly string[]) : [format as string];
  let result = text;
  for (const name of names) {
    const color = colors[name];
    if (color === undefined)
      throw typeError(
        'ERR_INVALID_ARG_VALUE',
        `The argument 'format' must be one of: ${Object.keys(colors).join(', ')}. Received '${name}'`,
      );
    result = `\u001b[${color[0]}m${result}\u001b[${color[1]}m`;
  }
  return result;
}

interface OptionConfig {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  default?: unknown;
}

/** `util.parseArgs`, without its token list. */
function parseArgs(
  config: {
    args?: string[];
    options?: Record<string, OptionConfig>;
    strict?: boolean;
    allowPositionals?: boolean;
  } = {},
): {
  values: Record<string, unknown>;
  positionals: string[];
} {
  const options = config.options ?? {};
  const strict = config.strict !== false;
  const args = [...(config.args ?? (globalThis as unknown as { process: { argv: string[] } }).process.argv.slice(2))];
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const positionals: string[] = [];
  const store = (name: string, value: unknown): void => {
    const option = options[name];
    if (option?.multiple) values[name] = [...((values[name] as unknown[] | undefined) ?? []), value];
    else values[name] = value;
  };
  const long = (name: string, shown: string, inline: string | undefined): void => {
    const option = options[name];
    if (option === undefined && strict) {
      const negated = name.startsWith('no-') ? options[name.slice(3)] : undefined;
      if (negated?.type === 'boolean') {
        store(name.slice(3), false);
        return;
      }
      throw typeError('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${shown}'`);
    }
    if (option?.type === 'string') {
      const value = inline ?? args.shift();
      if (value === undefined)
        throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
      store(name, value);
    } else {
      if (inline !== undefined && strict)
        throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
      store(name, inline ?? true);
    }
  };
  while (args.length > 0) {
    const arg = args.shift() as string;
    const match = regExpExec(/^--([^=]+)(?:=([\s\S]*))?$/, arg);
    if (arg === '--') {
      positionals.push(...args.splice(0));
    } else if (match !== null) {
      long(match[1] ?? '', `--${match[1]}`, match[2]);
    } else if (arg.length > 1 && arg[0] === '-') {
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] ?? '';
        const name = Object.keys(options).find((key) => options[key]?.short === letter) ?? letter;
        const takesRest = options[name]?.type === 'string' && i + 1 < arg.length;
        long(name, `-${letter}`, takesRest ? arg.slice(i + 1) : undefined);
        if (takesRest) break;
      }
    } else {
      if (strict && !config.allowPositionals)
        throw typeError(
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${arg}'. This command does not take positional arguments`,
        );
      positionals.push(arg);
    }
  }
  for (const name of Object.keys(options)) {
    if (values[name] === undefined && options[name]?.default !== undefined) values[name] = options[name]?.default;
  }
  return { values, positionals };
}

Object.assign(inspect, { custom: customInspect, defaultOptions, colors, styles });
Object.assign(promisify, { custom: customPromisify });

export const util: Record<string, unknown> = {
  inspect,
  format: (...args: unknown[]) => formatWithOptions({}, args),
  formatWithOptions: (options: Partial<InspectOptions>, ...args: unknown[]) => formatWithOptions(options, args),
  promisify,
  callbackify,
  inherits,
  deprecate,
  debuglog: () => Object.assign(() => undefined, { enabled: false }),
  isDeepStrictEqual: (a: unknown, b: unknown) => isDeepEqual(a, b, true),
  isArray,
  types,
  TextDecoder,
  TextEncoder,
  stripVTControlCharacters,
  styleText,
  parseArgs,
  getSystemErrorName,
  toUSVString: (text: unknown) => `${text as string}`.toWellFormed(),
};
define(util, 'debug', util['debuglog']);

registerNode('util', util);
registerNode('util/types', types);
