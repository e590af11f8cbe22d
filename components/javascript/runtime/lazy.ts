import { define, defineProperty } from './primordials.ts';

/**
 * A property whose value is made when it is first read. Like the data property that it then becomes, it can be
 * replaced and deleted.
 */
export function lazyProperty(target: object, key: PropertyKey, make: () => unknown, enumerable = true): void {
  defineProperty(target, key, {
    __proto__: null,
    get() {
      const value = make();
      define(target, key, value, enumerable);
      return value;
    },
    set(value: unknown) {
      define(target, key, value, enumerable);
    },
    enumerable,
    configurable: true,
  } as PropertyDescriptor);
}
