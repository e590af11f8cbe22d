/** Numbers and plurals in words and signs. */
export { adopt, currencies, NumberFormat, numberToLocaleString, PluralRules, units } from '../intl/number.ts';
