import { illegalInvocation } from '../brand.ts';
import { expose, pairIterators, showAs } from '../shape.ts';

/** Fetch Standard §5.1: Headers. */

/** What may be changed: a guard of the standard. */
export type Guard = 'none' | 'immutable';

interface Field {
  /** In small letters. */
  readonly key: string;
  /** As it was first given. */
  readonly name: string;
  value: string;
}

interface HeadersState {
  fields: Field[];
  guard: Guard;
  /** Sorted and combined, until something changes. */
  sorted: readonly (readonly [string, string])[] | undefined;
}

let stateOf: (headers: Headers) => HeadersState;
let hasState: (value: object) => boolean;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Web IDL's ByteString. */
export function byteString(value: unknown): string {
  const text = `${value as string}`;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255)
      throw new TypeError(
        `Cannot convert argument to a ByteString because the character at index ${i} has a value of ${code} which is greater than 255.`,
      );
  }
  return text;
}

function headerName(method: string, value: unknown): string {
  const name = byteString(value);
  if (!token.test(name)) throw new TypeError(`Headers.${method}: ${JSON.stringify(name)} is an invalid header name.`);
  return name;
}

function headerValue(method: string, value: unknown): string {
  const text = byteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header value.`);
  return text;
}

function need(method: string, given: { readonly length: number }, count: number): void {
  if (given.length >= count) return;
  const words = `${count} argument${count === 1 ? '' : 's'} required, but ${given.length === 0 ? '' : 'only '}${given.length} found.`;
  throw new TypeError(`Headers.${method}: ${words}`);
}

/** Web IDL: a sequence of pairs or a record. */
export function headerPairs(init: unknown): [unknown, unknown][] {
  if (typeof init !== 'object' || init === null)
    throw new TypeError(
      'Headers constructor: init given could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.',
    );
  const iterate: unknown = (init as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  const pairs: [unknown, unknown][] = [];
  if (typeof iterate === 'function') {
    for (const item of init as Iterable<unknown>) {
      const isIterable = typeof item === 'object' && item !== null && Symbol.iterator in item;
      if (!isIterable) throw new TypeError('Headers constructor: expected name/value pair to be length 2.');
      const pair = [...(item as Iterable<unknown>)];
      if (pair.length !== 2)
        throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${pair.length}.`);
      pairs.push([pair[0], pair[1]]);
    }
    return pairs;
  }
  for (const key of Reflect.ownKeys(init)) {
    if (!Reflect.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    pairs.push([key, (init as Record<string, unknown>)[key]]);
  }
  return pairs;
}

export class Headers {
  readonly #state: HeadersState = { fields: [], guard: 'none', sorted: undefined };

  static {
    stateOf = (headers) => {
      if (!hasState(headers)) throw illegalInvocation();
      return headers.#state;
    };
    hasState = (value) => typeof value === 'object' && value !== null && #state in value;
  }

  constructor(init: unknown = undefined) {
    if (init === undefined) return;
    if (isHeaders(init) && init[Symbol.iterator] === Headers.prototype.entries) {
      for (const field of stateOf(init).fields) this.#state.fields.push({ ...field });
      return;
    }
    for (const [name, value] of headerPairs(init)) appendTo(this.#state, 'append', name, value);
  }

  append(name: unknown, value: unknown): void {
    const state = stateOf(this);
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    need('append', arguments, 2);
    appendTo(state, 'append', name, value);
  }

  delete(name: unknown): void {
    const state = stateOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('delete', arguments, 1);
    const key = headerName('delete', name).toLowerCase();
    change(state);
    state.fields = state.fields.filter((field) => field.key !== key);
  }

  get(name: unknown): string | null {
    const state = stateOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('get', arguments, 1);
    const key = headerName('get', name).toLowerCase();
    const values = state.fields.filter((field) => field.key === key).map((field) => field.value);
    return values.length === 0 ? null : values.join(key === 'cookie' ? '; ' : ', ');
  }

  has(name: unknown): boolean {
    const state = stateOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('has', arguments, 1);
    const key = headerName('has', name).toLowerCase();
    return state.fields.some((field) => field.key === key);
  }

  set(name: unknown, value: unknown): void {
    const state = stateOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('set', arguments, 2);
    const title = headerName('set', name);
    const text = headerValue('set', value);
    const key = title.toLowerCase();
    change(state);
    const first = state.fields.find((field) => field.key === key);
    if (first === undefined) {
      state.fields.push({ key, name: title, value: text });
      return;
    }
    first.value = text;
    state.fields = state.fields.filter((field) => field === first || field.key !== key);
  }

  getSetCookie(): string[] {
    return stateOf(this)
      .fields.filter((field) => field.key === 'set-cookie')
      .map((field) => field.value);
  }

  keys(): IterableIterator<string> {
    return iterate(own(this), 'key');
  }

  values(): IterableIterator<string> {
    return iterate(own(this), 'value');
  }

  entries(): IterableIterator<[string, string]> {
    return iterate(own(this), 'key+value');
  }

  forEach(callback: (this: unknown, value: string, name: string, headers: Headers) => void, self?: unknown): void {
    stateOf(this);
    if (typeof callback !== 'function')
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    for (let i = 0; ; i++) {
      const pair = sorted(this)[i];
      if (pair === undefined) return;
      callback.call(self, pair[1], pair[0], this);
    }
  }

  declare [Symbol.iterator]: unknown;
}

function own(headers: Headers): Headers {
  stateOf(headers);
  return headers;
}

function change(state: HeadersState): void {
  if (state.guard === 'immutable') throw new TypeError('immutable');
  state.sorted = undefined;
}

function appendTo(state: HeadersState, method: string, name: unknown, value: unknown): void {
  const title = headerName(method, name);
  const text = headerValue(method, value);
  change(state);
  state.fields.push({ key: title.toLowerCase(), name: title, value: text });
}

/** Fetch Standard, "sort and combine": each name once, except for cookies. */
function sorted(headers: Headers): readonly (readonly [string, string])[] {
  const state = stateOf(headers);
  if (state.sorted !== undefined) return state.sorted;
  const pairs: [string, string][] = [];
  for (const key of [...new Set(state.fields.map((field) => field.key))].sort()) {
    const values = state.fields.filter((field) => field.key === key).map((field) => field.value);
    if (key === 'set-cookie') for (const value of values) pairs.push([key, value]);
    else pairs.push([key, values.join(key === 'cookie' ? '; ' : ', ')]);
  }
  state.sorted = pairs;
  return pairs;
}

const iterate = pairIterators<Headers>('Headers', (headers, index) => sorted(headers)[index]) as <T>(
  headers: Headers,
  kind: 'key' | 'value' | 'key+value',
) => IterableIterator<T>;

Reflect.defineProperty(Headers.prototype, Symbol.iterator, {
  value: Headers.prototype.entries,
  writable: true,
  configurable: true,
});
expose(Headers, 'Headers');
showAs(Headers, (headers) => {
  const fields: Record<string, string> = {};
  for (const { key, name } of stateOf(headers).fields) {
    const first = stateOf(headers).fields.find((field) => field.key === key)?.name ?? name;
    Reflect.defineProperty(fields, first, {
      value: headers.get(key),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return fields;
});

export function isHeaders(value: unknown): value is Headers {
  return hasState(value as object);
}

export function setGuard(headers: Headers, guard: Guard): void {
  stateOf(headers).guard = guard;
}

/** Sets a header unless it is there: the type that a body brings. */
export function defaultHeader(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) appendTo(stateOf(headers), 'append', name, value);
}
