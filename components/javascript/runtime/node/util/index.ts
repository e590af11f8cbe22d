import { errnoTable, invalidArgument, plainError, requireFunction, requireString, wordsOf } from '../../errors.ts';
import { formatWithOptions } from '../../inspect/format.ts';
import { customInspect, defaultOptions, type InspectOptions, inspect, styles } from '../../inspect/index.ts';
import { native } from '../../native.ts';
import { apply, define, isArray, isError, NativePromise, setPrototypeOf } from '../../primordials.ts';
import { nextTick } from '../../ticks.ts';
import { emitWarning } from '../../warnings.ts';
import { TextDecoder, TextEncoder } from '../../web/encoding.ts';
import { process } from '../process.ts';
import { customPromisify } from '../promisify.ts';
import { isDeepEqual } from './deep-equal.ts';
import { MIMEParams, MIMEType } from './mime.ts';
import { parseArgs } from './parse-args.ts';
import { colors, stripVTControlCharacters, styleText } from './style.ts';

type AnyFunction = (...args: never[]) => unknown;

/** A function that takes a callback as its last argument, as one that returns a promise. */
export function promisify(original: unknown): AnyFunction {
  requireFunction(original, 'original');
  const own = (original as unknown as Record<PropertyKey, unknown>)[customPromisify];
  if (own !== undefined && own !== null) {
    requireFunction(own, 'util.promisify.custom');
    define(own, customPromisify, own, false);
    return own;
  }
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
  define(promised, customPromisify, promised, false);
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original)) as AnyFunction;
}

/** The reverse of `promisify`. */
export function callbackify(original: unknown): AnyFunction {
  requireFunction(original, 'original');
  function callbackified(this: unknown, ...args: never[]): void {
    const callback = args.pop() as unknown;
    requireFunction(callback, 'last argument');
    void (apply(original as AnyFunction, this, args) as Promise<unknown>).then(
      (value) => nextTick(callback, null, value),
      (error: unknown) => nextTick(callback, error || falsyRejection(error)),
    );
  }
  define(callbackified, 'name', `${original.name}Callbackified`, false);
  define(callbackified, 'length', original.length + 1, false);
  return callbackified as AnyFunction;
}

function falsyRejection(reason: unknown): Error {
  return Object.assign(plainError('ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason });
}

function inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  requireFunction(child, 'ctor');
  requireFunction(parent, 'superCtor');
  if (parent.prototype === undefined) throw invalidArgument('superCtor.prototype', 'of type object', parent.prototype);
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  setPrototypeOf(child.prototype, parent.prototype);
}

const warned = new Set<unknown>();

function deprecate(method: unknown, message: string, code?: string): unknown {
  requireFunction(method, 'fn');
  let done = false;
  function deprecated(this: unknown, ...args: never[]): unknown {
    if (!done && (code === undefined || !warned.has(code))) emitWarning(message, 'DeprecationWarning', code);
    done = true;
    warned.add(code);
    return new.target ? Reflect.construct(method as never, args, new.target) : apply(method as AnyFunction, this, args);
  }
  setPrototypeOf(deprecated, method);
  if (method.prototype) deprecated.prototype = method.prototype;
  define(deprecated, 'length', method.length, false);
  return deprecated;
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
  isExternal: () => false,
  isKeyObject: () => false,
  isCryptoKey: () => false,
  isModuleNamespaceObject: is('Module'),
};
for (const name of typedArrays) types[`is${name}`] = is(name);

function getSystemErrorName(errno: number): string {
  const table = errnoTable();
  return Object.keys(table).find((code) => table[code] === -errno) ?? `Unknown system error ${errno}`;
}

/** Variables of the text of an `.env` file. */
function parseEnv(text: unknown): Record<string, string> {
  requireString(text, 'content');
  const result: Record<string, string> = {};
  const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:[^"])*"|'[^']*'|`[^`]*`|[^\n\r#]*)/gm;
  for (const [, name = '', raw = ''] of text.matchAll(line)) {
    let value = raw.trim();
    const mark = value[0];
    if (value.length > 1 && (mark === '"' || mark === "'" || mark === '`') && value.endsWith(mark)) {
      value = value.slice(1, -1);
      if (mark === '"') value = value.replaceAll('\\n', '\n');
    }
    result[name] = value;
  }
  return result;
}

/** `util.debuglog`: prints for the sections that NODE_DEBUG names. */
function debuglog(section: string): AnyFunction {
  const wanted = `${process.env['NODE_DEBUG'] ?? ''}`.toUpperCase().split(',');
  const enabled = wanted.some(
    (name) => name !== '' && new RegExp(`^${name.replaceAll('*', '.*')}$`).test(section.toUpperCase()),
  );
  const log = (...args: unknown[]): void => {
    if (enabled) native.print(2, `${section.toUpperCase()} 1: ${formatWithOptions({}, args)}\n`);
  };
  return Object.assign(log, { enabled });
}

interface Signal {
  readonly aborted: boolean;
  addEventListener(event: string, listener: () => void, options?: object): void;
}

/** Resolves when the signal aborts. */
async function aborted(signal: Signal, resource: unknown): Promise<void> {
  if (typeof signal !== 'object' || signal === null || !('aborted' in signal))
    throw invalidArgument('signal', 'an instance of AbortSignal', signal);
  if (typeof resource !== 'object' || resource === null) throw invalidArgument('resource', 'of type object', resource);
  if (signal.aborted) return;
  await new NativePromise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function getSystemErrorMap(): Map<number, [string, string]> {
  const table = errnoTable();
  return new Map(Object.keys(table).map((code) => [-(table[code] ?? 0), [code, wordsOf(table[code] ?? 0)]]));
}

// `util.inspect.defaultOptions = {…}` changes some of them.
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaultOptions,
  set: (options: object) => void Object.assign(defaultOptions, options),
  configurable: true,
});
Object.assign(inspect, { custom: customInspect, colors, styles });
Object.assign(promisify, { custom: customPromisify });

export const util: Record<string, unknown> = {
  inspect,
  format: (...args: unknown[]) => formatWithOptions({}, args),
  formatWithOptions: (options: Partial<InspectOptions>, ...args: unknown[]) => formatWithOptions(options, args),
  promisify,
  callbackify,
  inherits,
  deprecate,
  debuglog,
  debug: debuglog,
  parseEnv,
  aborted,
  getSystemErrorMap,
  getSystemErrorMessage: (errno: number) => wordsOf(-errno),
  getCallSites: () => [],
  isDeepStrictEqual: (a: unknown, b: unknown) => isDeepEqual(a, b, true),
  isArray,
  types,
  MIMEParams,
  MIMEType,
  TextDecoder,
  TextEncoder,
  stripVTControlCharacters,
  styleText,
  parseArgs,
  getSystemErrorName,
  toUSVString: (text: unknown) => `${text as string}`.toWellFormed(),
};

export { isDeepEqual };
