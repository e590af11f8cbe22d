import { resolveLocale, supportedOf } from './locales.ts';

/** What the packages of formatjs take from `@formatjs/intl-localematcher`, for the one locale that there is. */

export function LookupSupportedLocales(_available: readonly string[], requested: readonly string[]): string[] {
  return supportedOf(requested);
}

type LocaleData = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

export function ResolveLocale(
  _available: unknown,
  requested: readonly string[],
  options: Readonly<Record<string, string | undefined>>,
  keys: readonly string[],
  localeData: LocaleData,
): Record<string, string> {
  const allowed: Record<string, readonly string[]> = {};
  for (const key of keys) {
    const values = localeData['en']?.[key];
    allowed[key] = Array.isArray(values) ? values : [];
  }
  const resolved = resolveLocale(requested, allowed, options);
  return { ...Object.fromEntries(resolved.keys), locale: resolved.locale, dataLocale: 'en' };
}
