/**
 * What the C glue gives the runtime: the parameter of the function that the bundle is. Programs never see this
 * object. File functions take absolute, normalised guest paths and answer with a negative number, -1 - code of
 * wasi:filesystem's `error-code`, when they fail.
 */
export interface Native {
  /** The engine's version. */
  readonly version: string;

  // Streams
  print(fd: 1 | 2, data: string | Uint8Array): void;
  /** Fills the start of `into`; 0 at the end of stdin. */
  readStdin(into: Uint8Array): number;

  // Clocks, entropy, memory, end
  /** Monotonic, in milliseconds. */
  now(): number;
  nowNanoseconds(): bigint;
  /** Milliseconds since 1970. */
  wallTime(): number;
  /** Waits; the program ends here when its deadline comes first. */
  sleep(milliseconds: number): void;
  random(into: Uint8Array): void;
  memory(): [linearBytes: number, usedBytes: number];
  collectGarbage(): void;
  /** Ends the program: what it throws cannot be caught. */
  exit(code: number): never;

  // Evaluation
  evaluate(text: string, fileName: string, firstLine: number): unknown;
  /** Returns a function that links and evaluates the module and answers with its promise. */
  compileModule(source: string, id: string): () => Promise<unknown>;
  /** The same for a script of the global scope, in which `await` may stand. */
  compileScript(source: string, id: string): () => Promise<unknown>;
  clone<T>(value: T): T;
  /** The function that a part of the runtime is (parts.ts). */
  loadPart(
    index: number,
  ): (
    core: Readonly<Record<string, object>>,
    part: (name: string) => object,
    builtin: (id: string) => unknown,
  ) => object;

  // Text
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
  /** The offset of the first byte that is no UTF-8 in place of the text. */
  decodeStrictly(bytes: Uint8Array): string | number;
  /** Length of the longest prefix that is valid UTF-8. */
  validPrefix(bytes: Uint8Array): number;

  // Properties and methods, out of reach of what programs made of the language's own
  /** `Reflect.defineProperty` with a value that is writable and configurable. */
  define(target: object, key: PropertyKey, value: unknown, enumerable: boolean): boolean;
  /** The same with the key `list.length`. */
  append(list: unknown[], value: unknown): boolean;
  /** The method as a function of what it is called on. */
  uncurry(method: unknown): unknown;

  // Behind objects
  /** The engine's own class name of an object, whatever the object pretends to be; '' for other values. */
  classOf(value: unknown): string;
  promiseState(promise: unknown): [state: 0 | 1 | 2, value: unknown];
  /** The target of a proxy; undefined for anything else. */
  proxyTarget(value: unknown): object | undefined;
  proxyHandler(value: unknown): object | undefined;

  // Files
  /** Undefined when too many are open. */
  open(path: string, bits: number): number | undefined;
  close(fd: number): number;
  /** Position -1 is the descriptor's own, which then moves. */
  read(fd: number, into: Uint8Array, offset: number, length: number, position: number): number;
  write(fd: number, from: Uint8Array, offset: number, length: number, position: number): number;
  truncate(fd: number, size: number): number;
  stat(pathOrFd: string | number, follow?: boolean): NativeStat | number;
  readFile(path: string): Uint8Array | number;
  /** Name, type, name, type, … */
  readDirectory(path: string): (string | number)[] | number;
  makeDirectory(path: string): number;
  removeDirectory(path: string): number;
  unlink(path: string): number;
  rename(from: string, to: string): number;
  link(existing: string, created: string): number;
  symlink(path: string, target: string): number;
  readLink(path: string): string | number;
  setTimes(pathOrFd: string | number, accessed: number, modified: number, follow: boolean): number;
}

/** Times in milliseconds since 1970. */
export type NativeStat = [
  type: number,
  size: number,
  links: number,
  accessed: number,
  modified: number,
  changed: number,
];

/** wasi:filesystem `descriptor-type`. */
export const fileType = { directory: 3, symbolicLink: 5, regularFile: 6 } as const;

/** Bits of `Native.open`, as in engine/files.c. */
export const openBits = {
  read: 1,
  write: 2,
  create: 4,
  exclusive: 8,
  truncate: 16,
  append: 32,
  directory: 64,
  noFollow: 128,
} as const;

/** The bundle is one function expression with this parameter (build/javascript.ts). */
declare const __native: Native;
export const native: Native = __native;
