/**
 * `node build/intl-data.ts`: reads out of the ICU of the Node that runs it what the JavaScript component's Intl has of
 * CLDR beyond what packages give, and writes `components/javascript/runtime/intl/data/`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from './lib/paths.ts';

/** Scripts of Europe, Hebrew, Arabic, kana and the common signs: first and last code point. */
const ranges = [
  ...[[0x20, 0x7e] as const, [0xa0, 0x2ff] as const, [0x370, 0x3ff] as const, [0x400, 0x52f] as const],
  ...[[0x531, 0x58f] as const, [0x5be, 0x5f4] as const, [0x60c, 0x64a] as const, [0x2010, 0x205e] as const],
  ...[[0x20a0, 0x20c0] as const, [0x2100, 0x2bff] as const, [0x3000, 0x3003] as const, [0x3005, 0x3030] as const],
  [0x3041, 0x30ff] as const,
];

const base = new Intl.Collator('en-US', { sensitivity: 'base' });
const variant = new Intl.Collator('en-US', { sensitivity: 'variant' });

function byOrder(before: string): (a: string, b: string) => number {
  return (a, b) => variant.compare(before + a, before + b) || (a < b ? -1 : 1);
}

/** Letters, digits and signs in their order, groups of one base divided by U+0001; accents in theirs. */
export function collationData(): { order: string; accents: string } {
  const letters = ['\t', '\n', '\v', '\f', '\r'];
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) {
      const letter = String.fromCodePoint(code);
      const isPlain = letter.normalize('NFKD') === letter && /[\p{L}\p{N}\p{P}\p{S}\p{Z}]/u.test(letter);
      if (isPlain && base.compare(letter, '') !== 0) letters.push(letter);
    }
  }
  const groups: string[][] = [];
  for (const letter of letters.sort(byOrder(''))) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && base.compare(last[0], letter) === 0) last.push(letter);
    else groups.push([letter]);
  }
  const accents: string[] = [];
  for (let code = 0x300; code <= 0x36f; code++) {
    const accent = String.fromCodePoint(code);
    if (accent.normalize('NFD') === accent) accents.push(accent);
  }
  return { order: groups.map((group) => group.join('')).join('\u0001'), accents: accents.sort(byOrder('a')).join('') };
}

type NameStyle = 'long' | 'longGeneric' | 'short' | 'shortGeneric' | 'longOffset';

/** How one zone is called at a time; '' where that is only its offset. */
function namer(zone: string): (time: number, style: NameStyle) => string {
  const formats = new Map<NameStyle, Intl.DateTimeFormat>();
  return (time, style) => {
    const format =
      formats.get(style) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style, hour: 'numeric' });
    formats.set(style, format);
    return format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? '';
  };
}

function minutesOf(offsetName: string): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(offsetName) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Long standard, summer and common name, and the short ones, with `|` between. */
function namesOf(zone: string): string {
  const name = namer(zone);
  const shown = (time: number, style: NameStyle): string => name(time, style).replace(/^GMT[+-].*$/, '');
  const [january, july] = [Date.UTC(2024, 0, 15), Date.UTC(2024, 6, 15)];
  const difference = minutesOf(name(january, 'longOffset')) - minutesOf(name(july, 'longOffset'));
  const standard = difference <= 0 ? january : july;
  let summer = difference === 0 ? undefined : standard === january ? july : january;
  // Zones that had summer time once.
  for (let year = 2023; year >= 1971 && summer === undefined; year--) {
    summer = [Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)].find((time) => /Summer|Daylight/.test(shown(time, 'long')));
  }
  const inSummer = (style: NameStyle): string => (summer === undefined ? '' : shown(summer, style));
  const common = shown(difference === 0 && summer !== undefined ? summer : standard, 'longGeneric');
  const short = shown(standard, 'shortGeneric');
  return [
    ...[shown(standard, 'long'), inSummer('long'), shown(standard, 'long') === '' ? '' : common],
    ...[shown(standard, 'short'), inSummer('short'), /^[A-Z]{2,4}$/.test(short) ? short : ''],
  ]
    .join('|')
    .replace(/\|+$/, '');
}

interface PackedZones {
  readonly zones: readonly string[];
  readonly links: readonly string[];
}

/** The zones that have names, by these names; and the names that are reported as another one. */
export async function zoneData(): Promise<{ zoneNames: string; zoneAliases: string }> {
  const file = join(paths.root, 'node_modules/moment-timezone/data/packed/latest.json');
  const packed = JSON.parse(await readFile(file, 'utf8')) as PackedZones;
  const all = [
    ...packed.zones.map((zone) => zone.split('|')[0] ?? ''),
    ...packed.links.map((link) => link.split('|')[1] ?? ''),
  ];
  const byNames = new Map<string, string[]>();
  const aliases: string[] = [];
  for (const zone of all) {
    let reported: string;
    try {
      reported = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      continue; // ICU does not know it
    }
    if (reported !== zone) aliases.push(`${zone}=${reported}`);
    const names = reported === 'UTC' ? '' : namesOf(zone);
    if (names !== '') byNames.set(names, [...(byNames.get(names) ?? []), zone]);
  }
  const lines = [...byNames].map(([names, zones]) => `${names}=${zones.sort().join(' ')}`);
  return { zoneNames: lines.sort().join('\n'), zoneAliases: aliases.sort().join('\n') };
}

const folder = join(paths.root, 'components/javascript/runtime/intl/data');
const origin = `Made by build/intl-data.ts from ICU ${process.versions['icu'] ?? ''}.`;

async function write(): Promise<void> {
  const { order, accents } = collationData();
  const escaped = (text: string): string =>
    JSON.stringify(text).replace(
      /[^\x20-\x7e\u00a1-\u1fff\u2c00-\ud7ff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  await writeFile(
    join(folder, 'collation.ts'),
    `/**
 * The order of letters, digits and signs (CLDR's root collation) for the scripts of Europe, Hebrew, Arabic, kana and the
 * common symbols. Groups are divided by U+0001; the letters of a group differ in case or accent only. ${origin}
 */
export const order =
  ${escaped(order)};

/** The common accents in their order. */
export const accents =
  ${escaped(accents)};
`,
  );
  const { zoneNames, zoneAliases } = await zoneData();
  await writeFile(
    join(folder, 'zone-names.ts'),
    `/**
 * What American English calls the time zones that it has names for (CLDR's metazones): long standard, summer and common
 * name, short ones likewise, then the zones. ${origin}
 */
export const zoneNames = \`\n${zoneNames}\n\`;

/** Names that stand for another one: as it was given, as it is reported. */
export const zoneAliases = \`\n${zoneAliases}\n\`;
`,
  );
}

if (import.meta.main) await write();
