import { plainError, requireString } from '../errors.ts';
import { lazyProperty } from '../lazy.ts';
import { native } from '../native.ts';
import { refused } from './refuse.ts';

/** Modules of which little makes sense here. */

function unavailable(module: string, names: readonly string[], why: string): Record<string, unknown> {
  const exports: Record<string, unknown> = {};
  for (const name of names) exports[name] = refused(name, `node:${module} ${name} is not available: ${why}`);
  return exports;
}

/** `node:perf_hooks`: the web's performance API, and Node's own `timerify`. */
export function perfHooks(): Record<string, unknown> {
  const exports: Record<string, unknown> = {
    ...unavailable(
      'perf_hooks',
      ['createHistogram', 'monitorEventLoopDelay'],
      'nothing collects samples. Measure with performance.now().',
    ),
    eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }),
    timerify: <F>(callback: F): F => callback,
    constants: {},
  };
  // biome-ignore format: names
  const names = [
    'performance', 'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver',
    'PerformanceObserverEntryList',
  ];
  for (const name of names) lazyProperty(exports, name, () => (globalThis as unknown as Record<string, unknown>)[name]);
  return exports;
}

export const tty = {
  isatty: () => false,
  ...unavailable('tty', ['ReadStream', 'WriteStream'], 'there is no terminal. Use process.stdin and process.stdout.'),
};

/** `node:v8`: what memory a program uses, and copies of values as bytes are refused with the way to do it. */
export const v8 = {
  getHeapStatistics: (): Record<string, number> => {
    const [linear, used] = native.memory();
    return {
      total_heap_size: linear,
      total_heap_size_executable: 0,
      total_physical_size: linear,
      total_available_size: linear,
      used_heap_size: used,
      heap_size_limit: linear,
      malloced_memory: used,
      peak_malloced_memory: used,
      does_zap_garbage: 0,
      number_of_native_contexts: 1,
      number_of_detached_contexts: 0,
      total_global_handles_size: 0,
      used_global_handles_size: 0,
      external_memory: 0,
    };
  },
  getHeapSpaceStatistics: () => [],
  setFlagsFromString: () => undefined,
  cachedDataVersionTag: () => 0,
  ...unavailable(
    'v8',
    ['serialize', 'deserialize', 'Serializer', 'Deserializer', 'writeHeapSnapshot', 'getHeapSnapshot'],
    'the engine is not V8. Use structuredClone or JSON.',
  ),
};

/** `node:vm`: scripts of this global scope. A second one does not exist. */
class Script {
  readonly #code: string;
  readonly #name: string;

  constructor(code: unknown, options: string | { filename?: string; lineOffset?: number } = {}) {
    this.#code = `${code as string}`;
    this.#name = typeof options === 'string' ? options : (options.filename ?? 'evalmachine.<anonymous>');
    // A text that does not parse fails here, and not when it is run.
    native.evaluate(`(function(){\n${this.#code}\n})`, this.#name, 0);
  }

  runInThisContext(): unknown {
    return native.evaluate(this.#code, this.#name, 1);
  }

  runInContext(): never {
    throw noContexts('Script.runInContext');
  }

  runInNewContext(): never {
    throw noContexts('Script.runInNewContext');
  }
}

function noContexts(name: string): Error {
  return plainError(
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `node:vm ${name} is not available: there is one global scope. Use runInThisContext, or a function with parameters.`,
  );
}

export const vm = {
  Script,
  createScript: (code: string, options?: string) => new Script(code, options),
  runInThisContext: (code: string, options?: string) => {
    requireString(code, 'code');
    return new Script(code, options).runInThisContext();
  },
  isContext: () => false,
  compileFunction(code: string, parameters: readonly string[] = []): unknown {
    requireString(code, 'code');
    return Reflect.construct(Function, [...parameters, code]);
  },
  createContext(): never {
    throw noContexts('createContext');
  },
  runInContext(): never {
    throw noContexts('runInContext');
  },
  runInNewContext(): never {
    throw noContexts('runInNewContext');
  },
  constants: {},
};

function hostname(text: string): string {
  const { URL } = globalThis as unknown as { URL: new (url: string) => { hostname: string } };
  return new URL(`http://${text}`).hostname;
}

/** `node:punycode`: deprecated in Node; names as the web's URL has them. */
export const punycode = {
  version: '2.1.0',
  ucs2: {
    decode: (text: string) => Array.from(text, (letter) => letter.codePointAt(0)),
    encode: (points: readonly number[]) => String.fromCodePoint(...points),
  },
  toASCII: (domain: string) => hostname(domain),
  ...unavailable('punycode', ['decode', 'encode', 'toUnicode'], 'it is deprecated. Use url.domainToASCII.'),
};
