import { lazyPart } from '../parts.ts';
import type { Collation } from './collation.ts';
import { expose } from './expose.ts';
import { localeList, resolveLocale, supportedOf } from './locales.ts';
import { coerceOptions, flagOption, readMatcher, textOption } from './options.ts';

/** ECMA-402 §10: Intl.Collator, and String.prototype.localeCompare. */

const order = lazyPart<typeof import('../parts/intl-order.ts')>('intl-order');

interface State extends Collation {
  readonly locale: string;
  readonly usage: 'sort' | 'search';
}

const service = 'Collator';
const states = new WeakMap<object, { state: State; compare: ((a?: unknown, b?: unknown) => number) | undefined }>();

function readState(locales: unknown, given: unknown): State {
  const requested = localeList(locales);
  const options = coerceOptions(given);
  const usage = textOption(options, 'usage', ['sort', 'search'], service) ?? 'sort';
  readMatcher(options, service);
  textOption(options, 'collation', [], service);
  const numeric = flagOption(options, 'numeric');
  const caseFirst = textOption(options, 'caseFirst', ['upper', 'lower', 'false'], service);
  const resolved = resolveLocale(
    requested,
    { kf: ['false', 'lower', 'upper'], kn: ['false', 'true'] },
    { kf: caseFirst, kn: numeric === undefined ? undefined : `${numeric}` },
  );
  const sensitivity = textOption(options, 'sensitivity', ['base', 'accent', 'case', 'variant'], service) ?? 'variant';
  return {
    locale: resolved.locale,
    usage,
    sensitivity,
    ignorePunctuation: flagOption(options, 'ignorePunctuation') ?? false,
    numeric: resolved.keys.get('kn') === 'true',
    caseFirst: (resolved.keys.get('kf') ?? 'false') as State['caseFirst'],
  };
}

function stateOf(
  self: unknown,
  method: string,
): { state: State; compare: ((a?: unknown, b?: unknown) => number) | undefined } {
  const found = typeof self === 'object' && self !== null ? states.get(self) : undefined;
  if (found === undefined)
    throw new TypeError(`Method Intl.Collator.prototype.${method} called on incompatible receiver ${String(self)}`);
  return found;
}

const methods = {
  get compare(): (a?: unknown, b?: unknown) => number {
    const own = stateOf(this, 'compare');
    if (own.compare === undefined) {
      const { state } = own;
      own.compare = (a, b) => order().compareTexts(`${a as string}`, `${b as string}`, state);
      Reflect.defineProperty(own.compare, 'name', { value: '' });
    }
    return own.compare;
  },
  resolvedOptions(): object {
    const { locale, usage, sensitivity, ignorePunctuation, numeric, caseFirst } = stateOf(
      this,
      'resolvedOptions',
    ).state;
    return { locale, usage, sensitivity, ignorePunctuation, collation: 'default', numeric, caseFirst };
  },
};

export const Collator = function Collator(this: unknown, ...args: [locales?: unknown, options?: unknown]): object {
  const target = new.target ?? Collator;
  const self = Object.create((target as { prototype: object }).prototype ?? Collator.prototype) as object;
  states.set(self, { state: readState(args[0], args[1]), compare: undefined });
  return self;
} as unknown as {
  (locales?: unknown, options?: unknown): object;
  new (locales?: unknown, options?: unknown): object;
  prototype: object;
};

expose(Collator, 'Collator', methods, {
  supportedLocalesOf(locales: unknown, options: unknown = undefined): string[] {
    const list = localeList(locales);
    readMatcher(coerceOptions(options), service);
    return supportedOf(list);
  },
});

const plain = readState(undefined, undefined);

export function localeCompare(a: string, b: string, locales: unknown, options: unknown): number {
  const isPlain = options === undefined && (locales === undefined || locales === 'en' || locales === 'en-US');
  return order().compareTexts(a, b, isPlain ? plain : readState(locales, options));
}
