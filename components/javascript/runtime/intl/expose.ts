import { define, defineProperty, getOwnPropertyDescriptor, ownKeys } from '../primordials.ts';

/** Gives a constructor of Intl the look of the engine's own classes: members that are not enumerable, a tag. */
export function expose(
  Service: { prototype: object },
  name: string,
  methods: object,
  statics: object = {},
  length = 0,
): void {
  for (const key of ownKeys(methods))
    defineProperty(Service.prototype, key, {
      ...(getOwnPropertyDescriptor(methods, key) as PropertyDescriptor),
      enumerable: false,
    });
  for (const key of ownKeys(statics)) {
    const { value } = getOwnPropertyDescriptor(statics, key) as PropertyDescriptor;
    defineProperty(value as object, 'length', { value: 1 });
    define(Service, key, value, false);
  }
  defineProperty(Service, 'name', { value: name });
  defineProperty(Service, 'length', { value: length });
  defineProperty(Service, 'prototype', { writable: false });
  define(Service.prototype, 'constructor', Service, false);
  defineProperty(Service.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
}
