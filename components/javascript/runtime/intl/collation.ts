import { accents, order } from './data/collation.ts';

/** UTS #10 on CLDR's root collation: how texts compare in American English. */

/** What one sign weighs; a primary of 0 is no sign of its own (an accent). */
interface Element {
  readonly primary: number;
  readonly secondary: number;
  readonly tertiary: number;
}

const elements = new Map<string, Element>();
order.split('\u0001').forEach((group, index) => {
  const bases: string[] = [];
  for (const letter of group) {
    const isKatakana = letter >= 'ァ' && letter <= 'ヶ';
    const small = isKatakana ? String.fromCharCode(letter.charCodeAt(0) - 0x60) : letter.toLowerCase();
    if (!bases.includes(small)) bases.push(small);
    elements.set(letter, {
      primary: index + 1,
      secondary: 1 + bases.indexOf(small) / 100,
      tertiary: isKatakana ? 3 : letter === small ? 1 : 2,
    });
  }
});

const primaryOf = (letter: string): number => elements.get(letter)?.primary ?? 0;
const firstSymbol = primaryOf('`');
const firstDigit = primaryOf('0');
const firstCurrency = primaryOf('¤');
const firstKana = primaryOf('ぁ');
/** Above all letters that the table has. */
const unlisted = 100_000;

/** Letters that count as two, and how much they differ from them. */
const expansions: Readonly<Record<string, string>> = {
  __proto__: null as never,
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ẞ: 'SS',
};

/** By code: primary and tertiary weights of the printable ASCII signs. */
const asciiPrimary = new Uint16Array(128);
const asciiTertiary = new Uint8Array(128);
for (let code = 0x20; code < 0x7f; code++) {
  const element = elements.get(String.fromCharCode(code));
  asciiPrimary[code] = element?.primary ?? 0;
  asciiTertiary[code] = element?.tertiary ?? 0;
}

export interface Collation {
  readonly sensitivity: 'base' | 'accent' | 'case' | 'variant';
  readonly numeric: boolean;
  readonly ignorePunctuation: boolean;
  readonly caseFirst: 'upper' | 'lower' | 'false';
}

function accentRank(letter: string, code: number): number {
  const rank = accents.indexOf(letter);
  return rank < 0 ? code : rank;
}

function elementOf(letter: string): Element | undefined {
  const known = elements.get(letter);
  if (known !== undefined) return known;
  const code = letter.codePointAt(0) ?? 0;
  if (/\p{Mn}|\p{Me}/u.test(letter)) return { primary: 0, secondary: 10 + accentRank(letter, code), tertiary: 1 };
  if (/\p{C}/u.test(letter)) return undefined;
  if (/[\p{S}\p{P}\p{Z}]/u.test(letter))
    return { primary: firstCurrency - 1 + code / 0x110000, secondary: 1, tertiary: 1 };
  // Parts of Hangul syllables.
  if (code >= 0x1100 && code <= 0x11ff) return { primary: firstKana - 1 + code / 0x110000, secondary: 1, tertiary: 1 };
  return { primary: unlisted + code, secondary: 1, tertiary: 1 };
}

function analyse(text: string, { numeric, ignorePunctuation }: Collation): Element[] {
  const list: Element[] = [];
  const letters = [...text.replace(/[æÆœŒßẞ]/g, (letter) => `${expansions[letter]}\u0001`).normalize('NFD')];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? '';
    // Marks what two letters were one before.
    if (letter === '\u0001') {
      list.push({ primary: 0, secondary: 5, tertiary: 1 });
      continue;
    }
    if (numeric && letter >= '0' && letter <= '9') {
      let digits = '';
      for (; i < letters.length && /^[0-9]$/.test(letters[i] ?? ''); i++) digits += letters[i];
      i--;
      const value = digits.replace(/^0+(?=.)/, '');
      list.push(
        { primary: firstDigit, secondary: 1, tertiary: 1 },
        { primary: value.length, secondary: 1, tertiary: 1 },
      );
      for (const digit of value) list.push({ primary: Number(digit) + 1, secondary: 1, tertiary: 1 });
      continue;
    }
    if (elements.has(letter) || letter.normalize('NFKD') === letter) put(list, elementOf(letter), ignorePunctuation);
    else
      for (const part of letter.normalize('NFKD')) {
        const element = elementOf(part);
        put(list, element && { ...element, tertiary: element.tertiary + 2 }, ignorePunctuation);
      }
  }
  return list;
}

function put(list: Element[], element: Element | undefined, ignorePunctuation: boolean): void {
  if (element === undefined) return;
  if (ignorePunctuation && element.primary > 0 && element.primary < firstSymbol) return;
  list.push(element);
}

function compareLevel(a: readonly Element[], b: readonly Element[], level: keyof Element): number {
  const [left, right] =
    level === 'primary' ? [a.filter((one) => one.primary > 0), b.filter((one) => one.primary > 0)] : [a, b];
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = (left[i]?.[level] ?? 0) - (right[i]?.[level] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(left.length - right.length);
}

/** Small letters are odd; by case alone, signs that only look different are the same. */
function caseWeight(tertiary: number, { sensitivity, caseFirst }: Collation): number {
  const weight = sensitivity === 'case' ? ((tertiary - 1) % 2) + 1 : tertiary;
  if (caseFirst !== 'upper') return weight;
  return weight % 2 === 1 ? weight + 1 : weight - 1;
}

const printable = /^[\x20-\x7e]*$/;

/** The same for texts of printable ASCII, without lists. */
function compareAscii(a: string, b: string, withCase: boolean, upperFirst: boolean): number {
  const length = Math.min(a.length, b.length);
  let byCase = 0;
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const difference = (asciiPrimary[left] ?? 0) - (asciiPrimary[right] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
    if (byCase === 0) byCase = (asciiTertiary[left] ?? 0) - (asciiTertiary[right] ?? 0);
  }
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return withCase ? Math.sign(upperFirst ? -byCase : byCase) + 0 : 0;
}

export function compareTexts(a: string, b: string, collation: Collation): number {
  if (a === b) return 0;
  const { sensitivity, caseFirst } = collation;
  const withCase = sensitivity === 'case' || sensitivity === 'variant';
  if (!collation.numeric && !collation.ignorePunctuation && printable.test(a) && printable.test(b))
    return compareAscii(a, b, withCase, caseFirst === 'upper');
  const left = analyse(a, collation);
  const right = analyse(b, collation);
  const primary = compareLevel(left, right, 'primary');
  if (primary !== 0) return primary;
  if (sensitivity === 'accent' || sensitivity === 'variant') {
    const secondary = compareLevel(left, right, 'secondary');
    if (secondary !== 0) return secondary;
  }
  if (!withCase) return 0;
  const letters = (list: readonly Element[]): Element[] =>
    list.filter((one) => one.primary > 0).map((one) => ({ ...one, tertiary: caseWeight(one.tertiary, collation) }));
  return compareLevel(letters(left), letters(right), 'tertiary') + 0;
}
