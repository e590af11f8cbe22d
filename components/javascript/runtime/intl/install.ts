import { lazyProperty } from '../lazy.ts';
import { lazyPart } from '../parts.ts';
import { apply, bigintToString, dateGetTime, define, NativeNumber } from '../primordials.ts';
import { grouped, plainNumber } from './plain-number.ts';

/** The members of the language that need Intl: each loads it at its first call. */

const intl = lazyPart<typeof import('../parts/intl.ts')>('intl');
const number = lazyPart<typeof import('../parts/intl-number.ts')>('intl-number');

lazyProperty(globalThis, 'Intl', () => intl().Intl, false);

/** Methods without declared parameters: their `length` is that of the standard. */
type Arguments = readonly [locales?: unknown, options?: unknown];
type Method = (this: unknown, ...args: Arguments) => unknown;

/** Nothing but the locale that there is was asked for. */
function isBare(args: Arguments): boolean {
  return args[1] === undefined && (args[0] === undefined || args[0] === 'en-US' || args[0] === 'en');
}

function install(prototype: object, methods: Readonly<Record<string, Method>>): void {
  for (const name of Object.keys(methods)) define(prototype, name, methods[name], false);
}

const numberValue = NativeNumber.prototype.valueOf;
const bigintValue = BigInt.prototype.valueOf;

install(Number.prototype, {
  toLocaleString(this: unknown, ...args: Arguments): string {
    const value = apply(numberValue, this, []) as number;
    const plain = isBare(args) ? plainNumber(value) : undefined;
    if (plain !== undefined) return plain;
    return number().numberToLocaleString(value, args[0], args[1]);
  },
});

install(BigInt.prototype, {
  toLocaleString(this: unknown, ...args: Arguments): string {
    const value = apply(bigintValue, this, []) as bigint;
    if (isBare(args)) return value < 0n ? `-${grouped(bigintToString(-value))}` : grouped(bigintToString(value));
    return number().numberToLocaleString(value, args[0], args[1]);
  },
});

install(Date.prototype, {
  toLocaleString(this: unknown, ...args: Arguments): string {
    return intl().dateToLocaleString(dateGetTime(this as Date), args[0], args[1], 'any', 'all');
  },
  toLocaleDateString(this: unknown, ...args: Arguments): string {
    return intl().dateToLocaleString(dateGetTime(this as Date), args[0], args[1], 'date', 'date');
  },
  toLocaleTimeString(this: unknown, ...args: Arguments): string {
    return intl().dateToLocaleString(dateGetTime(this as Date), args[0], args[1], 'time', 'time');
  },
});

function listToLocaleString(list: ArrayLike<unknown>, args: Arguments): string {
  let text = '';
  for (let i = 0; i < list.length; i++) {
    if (i > 0) text += ',';
    const value = list[i];
    if (value !== undefined && value !== null)
      text += `${(value as { toLocaleString(...given: unknown[]): unknown }).toLocaleString(...args)}`;
  }
  return text;
}

/** Lists that hold themselves. */
const open: unknown[] = [];

install(Array.prototype, {
  toLocaleString(this: unknown, ...args: Arguments): string {
    if (open.includes(this)) return '';
    open.push(this);
    try {
      return listToLocaleString(Object(this) as ArrayLike<unknown>, args);
    } finally {
      open.pop();
    }
  },
});

const typedLength = Reflect.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype) as object, 'length')
  ?.get as () => number;
install(Object.getPrototypeOf(Uint8Array.prototype) as object, {
  toLocaleString(this: unknown, ...args: Arguments): string {
    apply(typedLength, this, []);
    return listToLocaleString(this as ArrayLike<unknown>, args);
  },
});

define(
  String.prototype,
  'localeCompare',
  {
    localeCompare(this: unknown, that: unknown, ...args: [locales?: unknown, options?: unknown]): number {
      if (this === undefined || this === null)
        throw new TypeError('String.prototype.localeCompare called on null or undefined');
      return intl().localeCompare(`${this as string}`, `${that as string}`, args[0], args[1]);
    },
  }.localeCompare,
  false,
);

for (const name of ['toLocaleUpperCase', 'toLocaleLowerCase'] as const) {
  const change = String.prototype[name === 'toLocaleUpperCase' ? 'toUpperCase' : 'toLowerCase'];
  install(String.prototype, {
    [name](this: unknown, ...args: Arguments): string {
      const text = apply(change, this, []) as string;
      // A wrong tag is an error; the languages with rules of their own (Turkish, Lithuanian, …) are not here.
      if (args[0] !== undefined) intl().localeList(args[0]);
      return text;
    },
  });
}
