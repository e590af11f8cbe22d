import { typeError } from '../errors.ts';
import { customInspect, type InspectOptions } from '../inspect/index.ts';
import {
  define,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  setAdd,
  setPrototypeOf,
} from '../primordials.ts';
import { uncloneable } from './platform-objects.ts';

/** What Web IDL prescribes for the look of classes: enumerable members, `Symbol.toStringTag`, brand checks. */

type Class = { readonly prototype: object };

function makeEnumerable(target: object, skip: readonly PropertyKey[]): void {
  for (const key of ownKeys(target)) {
    if (typeof key === 'symbol' || skip.includes(key)) continue;
    const descriptor = getOwnPropertyDescriptor(target, key);
    if (descriptor?.configurable) defineProperty(target, key, { enumerable: true });
  }
}

/** Gives a class its name (bundling may have changed it), its tag, and enumerable members. */
export function expose(Interface: Class, name: string): void {
  define(Interface, 'name', name, false);
  defineProperty(Interface, 'name', { writable: false });
  makeEnumerable(Interface.prototype, ['constructor']);
  makeEnumerable(Interface, ['name', 'length', 'prototype']);
  defineProperty(Interface.prototype, Symbol.toStringTag, { value: name, configurable: true });
  setAdd(uncloneable, Interface.prototype);
}

/** Constants that a class has twice: on itself and on its prototype. */
export function exposeConstants(Interface: Class, constants: Readonly<Record<string, number>>): void {
  for (const name of Object.keys(constants)) {
    const descriptor = { value: constants[name], enumerable: true };
    defineProperty(Interface, name, descriptor);
    defineProperty(Interface.prototype, name, descriptor);
  }
}

/** For the constructors that programs cannot call. */
export const unlocked: unique symbol = Symbol('unlocked');

export function refuseConstruction(key: unknown): void {
  if (key !== unlocked) throw typeError('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

/** @throws {TypeError} when fewer arguments came than `names` has. */
export function needArguments(given: { readonly length: number }, ...names: readonly string[]): void {
  if (given.length >= names.length) return;
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop() ?? '';
  const list = quoted.length === 0 ? `${last} argument` : `${quoted.join(', ')} and ${last} arguments`;
  throw typeError('ERR_MISSING_ARGS', `The ${list} must be specified`);
}

/** A string as Web IDL's `USVString`: lone surrogates are replaced. */
export function usvString(value: unknown): string {
  return `${value as string}`.toWellFormed();
}

type Inspect = (value: unknown, options?: Partial<InspectOptions>) => string;

/** Makes `console.log` show objects of a class as its name and these fields; `undefined` leaves it as it would be. */
export function showAs<T extends object>(
  Interface: { readonly prototype: T },
  fields: (self: T) => object | undefined,
  name?: string,
): void {
  define(
    Interface.prototype,
    customInspect,
    function show(this: T, depth: number | null, options: InspectOptions, inspect: Inspect): unknown {
      if (depth !== null && depth < 0) return this;
      const shown = fields(this);
      if (shown === undefined) return this;
      const title = name ?? (this.constructor as { name?: string } | undefined)?.name ?? 'Object';
      return `${title} ${inspect(shown, { ...options, depth: options.depth === null ? null : (options.depth ?? 2) - 1 })}`;
    },
    false,
  );
}

/** What `entries`, `keys` and `values` of a list-like interface give. */
export type PairKind = 'key' | 'value' | 'key+value';

const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) as object) as object;

/**
 * The iterator class of one interface. It looks the pairs up by number at every step, so that it sees what is added
 * and removed meanwhile, as Web IDL says.
 */
export function pairIterators<T extends object>(
  name: string,
  pairAt: (target: T, index: number) => readonly [unknown, unknown] | undefined,
): (target: T, kind: PairKind) => IterableIterator<never> {
  const pick = (pair: readonly [unknown, unknown], kind: PairKind): unknown =>
    kind === 'key' ? pair[0] : kind === 'value' ? pair[1] : [pair[0], pair[1]];
  class PairIterator {
    readonly #target: T;
    readonly #kind: PairKind;
    #index = 0;

    constructor(target: T, kind: PairKind) {
      this.#target = target;
      this.#kind = kind;
    }

    next(): { value: unknown; done: boolean } {
      const pair = pairAt(this.#target, this.#index);
      if (pair === undefined) return { value: undefined, done: true };
      this.#index++;
      return { value: pick(pair, this.#kind), done: false };
    }

    static rest(self: PairIterator): unknown[] {
      const rest: unknown[] = [];
      for (let at = self.#index; ; at++) {
        const pair = pairAt(self.#target, at);
        if (pair === undefined) return rest;
        rest.push(pick(pair, self.#kind));
      }
    }
  }
  const { prototype } = PairIterator;
  const { rest } = PairIterator;
  setPrototypeOf(prototype, IteratorPrototype);
  makeEnumerable(prototype, ['constructor']);
  Reflect.deleteProperty(prototype, 'constructor');
  defineProperty(prototype, Symbol.toStringTag, { value: `${name} Iterator`, configurable: true });
  define(
    prototype,
    customInspect,
    function show(this: PairIterator, depth: number | null, options: InspectOptions, inspect: Inspect): unknown {
      if (depth !== null && depth < 0) return '[Object]';
      const shown = rest(this).map((item) => inspect(item, options));
      return shown.length === 0 ? `${name} Iterator {  }` : `${name} Iterator { ${shown.join(', ')} }`;
    },
    false,
  );
  return (target, kind) => new PairIterator(target, kind) as unknown as IterableIterator<never>;
}
