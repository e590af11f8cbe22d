import { native } from '../native.ts';
import { append, getOwnPropertyDescriptor, isArray, ownKeys, stringEndsWith } from '../primordials.ts';
import { constructorName, peek } from './error.ts';
import type { Context } from './options.ts';

const { toStringTag } = Symbol;

export function shapeName(value: object): string {
  if (isArray(value)) return 'Array';
  return constructorName(value) ?? `${native.classOf(value)}: null prototype`;
}

/** "Class(size) " before the braces of collections. */
export function prefix(value: object, className: string, size?: number): string {
  const name = constructorName(value);
  const count = size === undefined ? '' : `(${size})`;
  // A module's namespace has no prototype.
  const kind = name === undefined && isNamespace(value) ? 'Module' : className;
  const own = name === undefined ? `[${kind}${count}: null prototype]` : `${name}${count}`;
  const tag = tagOf(value, name ?? kind);
  // `Intl.NumberFormat` says what `NumberFormat` is.
  if (name !== undefined && stringEndsWith(tag, `.${name}`)) return `${tag}${count} `;
  return `${own}${tag === '' ? '' : ` [${tag}]`} `;
}

function isNamespace(value: object): boolean {
  const tag = native.proxyTarget(value) === undefined ? getOwnPropertyDescriptor(value, toStringTag) : undefined;
  return tag?.value === 'Module' && tag.configurable === false;
}

export function tagOf(value: object, name: string): string {
  // One that is shown as a property is not said twice.
  if (getOwnPropertyDescriptor(value, toStringTag)?.enumerable) return '';
  const tag = peek(value, toStringTag);
  return typeof tag === 'string' && tag !== '' && tag !== name ? tag : '';
}

export function ownProperties(context: Context, value: object, skipIndices: boolean): PropertyKey[] {
  const all = ownKeys(value);
  const kept: PropertyKey[] = [];
  for (let i = 0; i < all.length; i++) {
    const key = all[i] as PropertyKey;
    if (skipIndices && typeof key === 'string' && isIndex(key)) continue;
    const descriptor = getOwnPropertyDescriptor(value, key);
    if (descriptor?.enumerable || context.showHidden) append(kept, key);
  }
  return kept;
}

export function isIndex(key: string): boolean {
  const number = +key;
  return number >= 0 && number < 4294967295 && number % 1 === 0 && `${number}` === key;
}
