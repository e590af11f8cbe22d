import { invalidArgument, typeError } from '../../errors.ts';
import { customInspect, type InspectOptions } from '../../inspect/index.ts';
import { define } from '../../primordials.ts';
import { expose, needArguments, pairIterators, usvString } from '../shape.ts';
import { type Pair, parseUrlencodedString, serializeUrlencoded } from './record.ts';

/** URL Standard §6.2: URLSearchParams. */

interface ParamsState {
  list: Pair[];
  /** Tells the URL that the list belongs to. */
  update: () => void;
}

let stateOf: (params: URLSearchParams) => ParamsState;
let hasState: (value: object) => boolean;

function pairsOf(init: unknown): Pair[] {
  if (init === undefined) return [];
  if ((typeof init !== 'object' && typeof init !== 'function') || init === null) {
    const text = usvString(init);
    return parseUrlencodedString(text[0] === '?' ? text.slice(1) : text);
  }
  const iterate: unknown = (init as Iterable<unknown>)[Symbol.iterator];
  if (iterate !== undefined && iterate !== null) {
    if (typeof iterate !== 'function') throw typeError('ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
    return pairsOfList(init as Iterable<unknown>);
  }
  const pairs: Pair[] = [];
  const at = new Map<string, Pair>();
  for (const key of Reflect.ownKeys(init)) {
    if (typeof key === 'symbol' || !Reflect.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
    const name = usvString(key);
    const pair: Pair = [name, usvString((init as Record<string, unknown>)[key])];
    const known = at.get(name);
    if (known === undefined) {
      at.set(name, pair);
      pairs.push(pair);
    } else {
      known[1] = pair[1];
    }
  }
  return pairs;
}

function pairsOfList(list: Iterable<unknown>): Pair[] {
  const pairs: Pair[] = [];
  for (const item of list) {
    const invalid = (): Error =>
      typeError('ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
    if (typeof item !== 'object' || item === null) throw invalid();
    if (typeof (item as { [Symbol.iterator]?: unknown })[Symbol.iterator] !== 'function') throw invalid();
    const parts: string[] = [];
    for (const part of item as Iterable<unknown>) {
      parts.push(usvString(part));
      if (parts.length > 2) break;
    }
    const [name, value] = parts;
    if (parts.length !== 2 || name === undefined || value === undefined) throw invalid();
    pairs.push([name, value]);
  }
  return pairs;
}

export class URLSearchParams {
  readonly #state: ParamsState = { list: [], update: () => {} };

  static {
    stateOf = (params) => params.#state;
    hasState = (value) => #state in value;
  }

  constructor(init: unknown = undefined) {
    this.#state.list = pairsOf(init);
  }

  get size(): number {
    return this.#state.list.length;
  }

  append(name: string, value: string): void {
    const state = this.#state;
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    needArguments(arguments, 'name', 'value');
    state.list.push([usvString(name), usvString(value)]);
    state.update();
  }

  delete(name: string, value: string | undefined = undefined): void {
    const state = this.#state;
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'name');
    const [key, wanted] = [usvString(name), value === undefined ? undefined : usvString(value)];
    state.list = state.list.filter((pair) => pair[0] !== key || (wanted !== undefined && pair[1] !== wanted));
    state.update();
  }

  get(name: string): string | null {
    const { list } = this.#state;
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'name');
    const key = usvString(name);
    return list.find((pair) => pair[0] === key)?.[1] ?? null;
  }

  getAll(name: string): string[] {
    const { list } = this.#state;
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'name');
    const key = usvString(name);
    return list.filter((pair) => pair[0] === key).map((pair) => pair[1]);
  }

  has(name: string, value: string | undefined = undefined): boolean {
    const { list } = this.#state;
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'name');
    const [key, wanted] = [usvString(name), value === undefined ? undefined : usvString(value)];
    return list.some((pair) => pair[0] === key && (wanted === undefined || pair[1] === wanted));
  }

  set(name: string, value: string): void {
    const state = this.#state;
    // biome-ignore lint/complexity/noArguments: as above
    needArguments(arguments, 'name', 'value');
    const [key, text] = [usvString(name), usvString(value)];
    const first = state.list.find((pair) => pair[0] === key);
    if (first === undefined) {
      state.list.push([key, text]);
    } else {
      first[1] = text;
      state.list = state.list.filter((pair) => pair === first || pair[0] !== key);
    }
    state.update();
  }

  sort(): void {
    const state = this.#state;
    state.list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    state.update();
  }

  entries(): IterableIterator<[string, string]> {
    return iterate(own(this), 'key+value');
  }

  forEach(
    callback: (this: unknown, value: string, name: string, params: URLSearchParams) => void,
    self?: unknown,
  ): void {
    const state = this.#state;
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    for (let i = 0; i < state.list.length; i++) {
      const [name, value] = state.list[i] as Pair;
      callback.call(self, value, name, this);
    }
  }

  keys(): IterableIterator<string> {
    return iterate(own(this), 'key');
  }

  values(): IterableIterator<string> {
    return iterate(own(this), 'value');
  }

  toString(): string {
    return serializeUrlencoded(this.#state.list);
  }

  [customInspect](
    depth: number | null,
    options: InspectOptions,
    inspect: (value: unknown, how: object) => string,
  ): string {
    const { list } = this.#state;
    if (depth !== null && depth < 0) return '[Object]';
    if (list.length === 0) return 'URLSearchParams {}';
    const shown = list.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
    const width = shown.reduce((sum, text) => sum + text.length + 2, 0);
    return width <= (options.breakLength ?? 80)
      ? `URLSearchParams { ${shown.join(', ')} }`
      : `URLSearchParams {\n  ${shown.join(',\n  ')} }`;
  }
}

function own(params: URLSearchParams): URLSearchParams {
  stateOf(params);
  return params;
}

const iterate = pairIterators<URLSearchParams>('URLSearchParams', (params, index) => stateOf(params).list[index]) as <
  T,
>(
  params: URLSearchParams,
  kind: 'key' | 'value' | 'key+value',
) => IterableIterator<T>;

define(URLSearchParams.prototype, Symbol.iterator, URLSearchParams.prototype.entries, false);
define(
  URLSearchParams.prototype,
  customInspect,
  (URLSearchParams.prototype as unknown as Record<symbol, unknown>)[customInspect],
  false,
);
expose(URLSearchParams, 'URLSearchParams');

/** The parameters of a URL: what is done to them is done to its query. */
export function paramsOfUrl(query: string | null, update: (query: string | null) => void): URLSearchParams {
  const params = new URLSearchParams();
  setParams(params, query);
  stateOf(params).update = () => {
    const text = serializeUrlencoded(stateOf(params).list);
    update(text === '' ? null : text);
  };
  return params;
}

/** Follows a new query of the URL. */
export function setParams(params: URLSearchParams, query: string | null): void {
  stateOf(params).list = query === null ? [] : parseUrlencodedString(query);
}

export function isURLSearchParams(value: unknown): value is URLSearchParams {
  return typeof value === 'object' && value !== null && hasState(value);
}
