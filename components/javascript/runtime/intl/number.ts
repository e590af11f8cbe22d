import { NumberFormat as Base } from '@formatjs/intl-numberformat';
import numbers from '@formatjs/intl-numberformat/locale-data/en.js';
import { PluralRules as BaseRules } from '@formatjs/intl-pluralrules';
import plurals from '@formatjs/intl-pluralrules/locale-data/en.js';
import { define, defineProperty } from '../primordials.ts';
import { defaultLocale } from './locales.ts';

/** Intl.NumberFormat and Intl.PluralRules, by formatjs. */

export interface Service {
  new (locales?: unknown, options?: unknown): { format(value: unknown): string };
  readonly prototype: object;
}

interface FormatjsService extends Service {
  __addLocaleData(data: unknown): void;
  __defaultLocale: string;
}

/** Gives a class of formatjs its data, and hides what it keeps on itself. */
export function adopt(Class: unknown, name: string, data?: unknown, hidden: readonly string[] = []): Service {
  const service = Class as FormatjsService;
  if (data !== undefined) service.__addLocaleData(data);
  service.__defaultLocale = defaultLocale;
  for (const key of Reflect.ownKeys(service)) {
    if (typeof key === 'string' && !['length', 'name', 'prototype'].includes(key))
      defineProperty(service, key, { enumerable: false });
  }
  for (const key of Reflect.ownKeys(service.prototype)) defineProperty(service.prototype, key, { enumerable: false });
  define(service.prototype, 'constructor', service, false);
  defineProperty(service, 'name', { value: name });
  // Members that it keeps on its objects.
  for (const key of hidden)
    defineProperty(service.prototype, key, {
      get: () => undefined,
      set(this: object, value: unknown) {
        define(this, key, value, false);
      },
    });
  return service;
}

export const NumberFormat = adopt(Base, 'NumberFormat', numbers);
export const PluralRules = adopt(BaseRules, 'PluralRules', plurals);

let plain: { format(value: unknown): string } | undefined;

/** Number.prototype.toLocaleString and that of BigInt. */
export function numberToLocaleString(value: unknown, locales: unknown, options: unknown): string {
  if (options === undefined && (locales === undefined || locales === 'en-US')) {
    plain ??= new NumberFormat();
    return plain.format(value);
  }
  return new NumberFormat(locales, options).format(value);
}

interface NumberData {
  readonly data: { readonly currencies: object; readonly units: { readonly simple: object } };
}

/** What `Intl.supportedValuesOf` tells. */
export function currencies(): string[] {
  return Object.keys((numbers as NumberData).data.currencies)
    .filter((code) => /^[A-Z]{3}$/.test(code))
    .sort();
}

export function units(): string[] {
  return Object.keys((numbers as NumberData).data.units.simple).sort();
}
