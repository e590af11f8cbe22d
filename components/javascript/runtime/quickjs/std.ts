import { errnoOf, errnoTable, wordsOf } from '../errors.ts';
import { native, openBits } from '../native.ts';
import { process } from '../node/process.ts';
import { resolveFrom } from '../path.ts';
import { state } from '../state.ts';
import { FILE, sprintf } from './file.ts';
import { randomLetters } from './names.ts';
import { refuseOfStd } from './refused.ts';

const { read, write, create, truncate, append } = openBits;

const modes: Record<string, number> = {
  __proto__: null as unknown as number,
  r: read,
  w: write | create | truncate,
  a: write | create | append,
  'r+': read | write,
  'w+': read | write | create | truncate,
  'a+': read | write | create | append,
};

const at = (path: unknown): string => resolveFrom(state.workingDirectory, `${path as string}`);

interface ErrorObject {
  errno?: number;
}

function open(path: unknown, mode: unknown = 'r', errorObject?: ErrorObject): FILE | null {
  const bits = modes[`${mode as string}`.replace('b', '')];
  if (bits === undefined) throw new TypeError(`invalid file mode: ${mode as string}`);
  const fd = native.open(at(path), bits);
  if (errorObject !== undefined) errorObject.errno = fd === undefined || fd < 0 ? errnoOf(fd) : 0;
  return fd === undefined || fd < 0 ? null : new FILE(fd);
}

function loadFile(path: unknown, options?: { binary?: boolean }): string | Uint8Array | null {
  const bytes = native.readFile(at(path));
  if (typeof bytes === 'number') return null;
  return options?.binary ? bytes : native.decode(bytes);
}

function writeFile(path: unknown, data: unknown): void {
  const file = open(path, 'w');
  if (file === null) throw new TypeError(`cannot open ${path as string}`);
  if (typeof data === 'object' && data !== null) {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data as ArrayBuffer);
    file.write(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  } else {
    file.puts(data);
  }
  file.close();
}

const out = new FILE(1);

/** QuickJS's `std` module. */
export const std: Record<string, unknown> = {
  FILE,
  SEEK_SET: 0,
  SEEK_CUR: 1,
  SEEK_END: 2,
  Error: errnoTable(),
  exit(code: unknown = 0): never {
    return process.exit(Number(code) | 0);
  },
  gc: () => native.collectGarbage(),
  getenv: (name: unknown): string | undefined => process.env[`${name as string}`],
  setenv: (name: unknown, value: unknown): void => {
    process.env[`${name as string}`] = `${value as string}`;
  },
  unsetenv: (name: unknown): void => {
    delete process.env[`${name as string}`];
  },
  getenviron: () => ({ ...process.env }),
  evalScript(code: unknown, options?: { async?: unknown }): unknown {
    const text = `${code as string}`;
    if (options?.async) return native.compileScript(text, '<evalScript>')();
    return native.evaluate(text, '<evalScript>', 1);
  },
  loadScript(path: unknown): unknown {
    const source = loadFile(path);
    if (source === null) throw new ReferenceError(`could not load '${path as string}'`);
    return native.evaluate(source as string, at(path), 1);
  },
  loadFile,
  writeFile,
  open,
  tmpfile(errorObject?: ErrorObject): FILE | null {
    const path = `/tmp/.std-${randomLetters()}`;
    const file = open(path, 'w+', errorObject);
    if (file !== null) native.unlink(path);
    return file;
  },
  fdopen: (fd: number): FILE => new FILE(fd),
  strerror: (errno: number): string => wordsOf(errno),
  in: new FILE(0),
  out,
  err: new FILE(2),
  puts: (...texts: unknown[]) => out.puts(...texts),
  printf: (format: unknown, ...args: unknown[]) => out.printf(format, ...args),
  sprintf: (format: unknown, ...args: unknown[]) => sprintf(`${format as string}`, ...args),
  parseExtJSON: (text: unknown): unknown => JSON.parse(`${text as string}`),
};

refuseOfStd(std);
