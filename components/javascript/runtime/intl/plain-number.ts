import {
  isNotANumber,
  numberToString,
  stringCharCodeAt,
  stringIncludes,
  stringIndexOf,
  stringSlice,
} from '../primordials.ts';

/**
 * Numbers as `toLocaleString()` writes them when nothing else is asked for: groups of three, three digits after the point.
 * The number formats proper, with their tables, are loaded for everything else.
 */

/** Digits in groups of three. */
export function grouped(digits: string): string {
  let result = '';
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % 3 === 0) result += ',';
    result += digits[i];
  }
  return result;
}

/** Decimal digits plus one. */
function increment(digits: string): string {
  let result = '';
  let carry = 1;
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = stringCharCodeAt(digits, i) - 48 + carry;
    carry = digit === 10 ? 1 : 0;
    result = `${digit % 10}${result}`;
  }
  return carry === 1 ? `1${result}` : result;
}

const mostFraction = 3;

/** Undefined for numbers that are written with an exponent, which are rare. */
export function plainNumber(value: number): string | undefined {
  if (isNotANumber(value)) return 'NaN';
  const sign = value < 0 || 1 / value === Number.NEGATIVE_INFINITY ? '-' : '';
  const text = numberToString(value < 0 ? -value : value, 10);
  if (text === 'Infinity') return `${sign}∞`;
  if (stringIncludes(text, 'e')) return undefined;
  const point = stringIndexOf(text, '.');
  let whole = point < 0 ? text : stringSlice(text, 0, point);
  let fraction = point < 0 ? '' : stringSlice(text, point + 1);
  if (fraction.length > mostFraction) {
    const isUp = stringCharCodeAt(fraction, mostFraction) >= 53;
    const kept = whole + stringSlice(fraction, 0, mostFraction);
    const digits = isUp ? increment(kept) : kept;
    whole = stringSlice(digits, 0, digits.length - mostFraction);
    fraction = stringSlice(digits, digits.length - mostFraction);
  }
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end--;
  return `${sign}${grouped(whole)}${end === 0 ? '' : `.${stringSlice(fraction, 0, end)}`}`;
}
