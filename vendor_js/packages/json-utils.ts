/** Reading and changing JSON-like values by path. No function changes its argument: changed copies are returned. */
import { type ValidateOptions, type ValidateResult, validate as validateSchema } from './json-schema.ts';

export type Path = string | readonly (string | number)[];
type Container = Record<string, unknown>;

interface Step {
  readonly key: string;
  /** Whether it is a place in a list where there is nothing yet: `[0]` and `.0`, but not `["0"]`. */
  readonly inList: boolean;
}

const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key);

function stepsOf(path: Path): Step[] {
  if (Array.isArray(path)) return path.map((key) => ({ key: String(key), inList: typeof key === 'number' }));
  const text = String(path);
  const steps: Step[] = [];
  const step = /\.?\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\]"']*))\]|(?:^|\.)([^.[\]]+)/gy;
  while (step.lastIndex < text.length) {
    const at = step.lastIndex;
    const found = step.exec(text);
    if (found === null) throw new SyntaxError(`json-utils: the path ${JSON.stringify(text)} is wrong at offset ${at}`);
    const quoted = found[1] ?? found[2];
    const plain = found[3] ?? found[4] ?? '';
    if (quoted === undefined) steps.push({ key: plain, inList: isIndex(plain) });
    else
      steps.push({
        key: found[1] === undefined ? quoted.replace(/\\(.)/g, '$1') : (JSON.parse(`"${quoted}"`) as string),
        inList: false,
      });
  }
  return steps;
}

/** `'a.b[0]["c.d"]'` as `['a', 'b', '0', 'c.d']`. */
export function parsePath(path: Path): string[] {
  return stepsOf(path).map(({ key }) => key);
}

const isObject = (value: unknown): value is Container => typeof value === 'object' && value !== null;
const isPlain = (value: unknown): value is Container => {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === null || prototype === Object.prototype || Object.prototype.toString.call(value) === '[object Object]'
  );
};

/** An own property, whatever its name is. */
function put(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The value at a path; `fallback` where there is none. Only own properties are found. */
export function get(value: unknown, path: Path, fallback?: unknown): unknown {
  let current = value;
  for (const key of parsePath(path)) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return fallback;
    current = current[key];
  }
  return current === undefined ? fallback : current;
}

export function has(value: unknown, path: Path): boolean {
  let current = value;
  for (const key of parsePath(path)) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return false;
    current = current[key];
  }
  return true;
}

function copyOf(value: Container): Container {
  return Array.isArray(value) ? ([...value] as unknown as Container) : { ...value };
}

function setAt(value: unknown, steps: readonly Step[], made: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return made;
  const { key, inList } = step;
  const copy: Container = isObject(value) ? copyOf(value) : ((inList ? [] : {}) as Container);
  if (Array.isArray(copy) && isIndex(key) && Number(key) > copy.length + 10_000)
    throw new RangeError(`json-utils: index ${key} is far beyond the list's ${copy.length} values`);
  put(copy, key, setAt(Object.hasOwn(copy, key) ? copy[key] : undefined, rest, made));
  return copy;
}

/** A copy with the value at a path; what is missing on the way is made (a list where the next key is a number). */
export function set<T>(value: T, path: Path, made: unknown): T {
  return setAt(value, stepsOf(path), made) as T;
}

/** A copy in which the value at a path is what `change` makes of it. */
export function update<T>(value: T, path: Path, change: (before: unknown) => unknown): T {
  return set(value, path, change(get(value, path)));
}

function unsetAt(value: unknown, keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined || !isObject(value) || !Object.hasOwn(value, key)) return value;
  const copy = copyOf(value);
  if (rest.length > 0) put(copy, key, unsetAt(value[key], rest));
  else if (Array.isArray(copy) && isIndex(key)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

/** A copy without what stands at a path. */
export function unset<T>(value: T, path: Path): T {
  return unsetAt(value, parsePath(path)) as T;
}

/** A deep copy of plain data. */
export function clone<T>(value: T): T {
  if (value instanceof Date) return new Date(value) as T;
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clone(each)])) as T;
}

/** Objects merged deeply, later ones win; lists and other values are replaced. */
export function merge(...values: readonly object[]): Container {
  const merged: Container = {};
  for (const value of values) {
    for (const [key, each] of Object.entries(value ?? {})) {
      const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
      put(merged, key, isPlain(each) && isPlain(before) ? merge(before, each) : clone(each));
    }
  }
  return merged;
}

export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
  );
}

export type Change =
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string; readonly before: unknown }
  | { readonly op: 'replace'; readonly path: string; readonly value: unknown; readonly before: unknown };

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** What must change to make `b` of `a`, with JSON pointers as paths. `patch` does it. */
export function diff(a: unknown, b: unknown, path = ''): Change[] {
  if (deepEqual(a, b)) return [];
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b) || a instanceof Date || b instanceof Date)
    return [{ op: 'replace', path, value: b, before: a }];
  const changes: Change[] = [];
  const gone = Object.keys(a).filter((key) => !Object.hasOwn(b, key));
  // From the end, so that the indices of a list stay right.
  for (const key of gone.reverse()) changes.push({ op: 'remove', path: `${path}/${escaped(key)}`, before: a[key] });
  for (const key of Object.keys(b)) {
    const at = `${path}/${escaped(key)}`;
    if (Object.hasOwn(a, key)) changes.push(...diff(a[key], b[key], at));
    else changes.push({ op: 'add', path: at, value: b[key] });
  }
  return changes;
}

/** A copy with changes as `diff` gives them. */
export function patch(value: unknown, changes: readonly { op: string; path: string; value?: unknown }[]): unknown {
  return changes.reduce((result, change) => {
    const keys =
      change.path === ''
        ? []
        : change.path
            .slice(1)
            .split('/')
            .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return change.op === 'remove' ? unset(result, keys) : set(result, keys, change.value);
  }, value);
}

/** `{ a: { b: [1] } }` as `{ 'a.b[0]': 1 }`. */
export function flatten(value: unknown): Container {
  const flat: Container = {};
  const visit = (each: unknown, path: string): void => {
    if ((isPlain(each) || Array.isArray(each)) && Object.keys(each).length > 0) {
      for (const [key, inner] of Object.entries(each)) {
        const plain = /^[^.[\]]+$/.test(key) && !isIndex(key);
        if (Array.isArray(each)) visit(inner, `${path}[${key}]`);
        else visit(inner, plain ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`);
      }
    } else put(flat, path, each);
  };
  visit(value, '');
  return flat;
}

/** The inverse of `flatten`. */
export function unflatten(flat: object): unknown {
  let value: unknown;
  for (const [path, each] of Object.entries(flat)) value = set(value, path, each);
  return value ?? {};
}

export function pick(value: unknown, paths: readonly Path[]): unknown {
  return paths
    .filter((path) => has(value, path))
    .reduce<unknown>((picked, path) => set(picked, path, get(value, path)), {});
}

export function omit<T>(value: T, paths: readonly Path[]): T {
  return paths.reduce<T>((left, path) => unset(left, path), value);
}

/** Every path that leads to a value that is no object and no list. */
export function paths(value: unknown): string[] {
  return Object.keys(flatten(value));
}

/** The value of a JSON text, or `fallback` where it is none. */
export function parse(text: string, fallback?: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fallback;
  }
}

/** JSON with the keys of every object in order: equal values give equal texts. */
export function stableStringify(value: unknown, indent?: number): string {
  const ordered = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(ordered);
    if (!isPlain(each)) return each;
    return Object.fromEntries(
      Object.keys(each)
        .sort()
        .map((key) => [key, ordered(each[key])]),
    );
  };
  return JSON.stringify(ordered(value), null, indent);
}

/** The values in lists under what a function, or the value at a path, says. */
export function groupBy<T>(values: readonly T[], by: Path | ((value: T) => unknown)): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  for (const value of values) {
    const name = String(typeof by === 'function' ? by(value) : get(value, by));
    if (!Object.hasOwn(groups, name)) put(groups, name, []);
    groups[name]?.push(value);
  }
  return groups;
}

/** A sorted copy: by paths, a `-` before one for descending order. */
export function sortBy<T>(values: readonly T[], ...by: readonly string[]): T[] {
  return [...values].sort((a, b) => {
    for (const path of by) {
      const down = path.startsWith('-');
      const [left, right] = [get(a, down ? path.slice(1) : path), get(b, down ? path.slice(1) : path)] as [
        never,
        never,
      ];
      if (left < right) return down ? 1 : -1;
      if (left > right) return down ? -1 : 1;
    }
    return 0;
  });
}

/** Whether a value fits a JSON Schema, and every place where it does not. */
export function validate(value: unknown, schema: object | boolean, options?: ValidateOptions): ValidateResult {
  return validateSchema(value, schema, options);
}
