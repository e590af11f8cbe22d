/** The Intl object, dates and the order of texts. */
export { localeCompare } from '../intl/collator.ts';
export { dateToLocaleString } from '../intl/date/format.ts';
export { Intl } from '../intl/index.ts';
export { localeList } from '../intl/locales.ts';
