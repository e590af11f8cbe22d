import { invalidArgument, invalidValue } from '../../errors.ts';
import { colors as basic } from '../../inspect/index.ts';
import { isArray } from '../../primordials.ts';

/** ANSI colours and what takes them out again. */

/** `util.inspect.colors`: the pairs of codes by name. */
export const colors: Record<string, readonly [number, number]> = Object.assign(basic, {
  blink: [5, 25],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
  redBright: [91, 39],
  greenBright: [92, 39],
  yellowBright: [93, 39],
  blueBright: [94, 39],
  magentaBright: [95, 39],
  cyanBright: [96, 39],
  whiteBright: [97, 39],
  bgBlack: [40, 49],
  bgRed: [41, 49],
  bgGreen: [42, 49],
  bgYellow: [43, 49],
  bgBlue: [44, 49],
  bgMagenta: [45, 49],
  bgCyan: [46, 49],
  bgWhite: [47, 49],
  bgGray: [100, 49],
  bgRedBright: [101, 49],
  bgGreenBright: [102, 49],
  bgYellowBright: [103, 49],
  bgBlueBright: [104, 49],
  bgMagentaBright: [105, 49],
  bgCyanBright: [106, 49],
  bgWhiteBright: [107, 49],
  framed: [51, 54],
  overlined: [53, 55],
});
for (const [alias, name] of [
  ['grey', 'gray'],
  ['blackBright', 'gray'],
  ['bgGrey', 'bgGray'],
  ['bgBlackBright', 'bgGray'],
  ['faint', 'dim'],
  ['crossedout', 'strikethrough'],
  ['strikeThrough', 'strikethrough'],
  ['crossedOut', 'strikethrough'],
  ['conceal', 'hidden'],
  ['swapColors', 'inverse'],
  ['swapcolors', 'inverse'],
  ['doubleUnderline', 'doubleunderline'],
] as const)
  Object.defineProperty(colors, alias, {
    get: () => colors[name],
    set: (pair: readonly [number, number]) => {
      colors[name] = pair;
    },
    configurable: true,
  });

const [esc, csi] = [String.fromCharCode(27), String.fromCharCode(155)];
const sequences = new RegExp(
  `(?:${esc}\\][\\s\\S]*?(?:${String.fromCharCode(7)}|${esc}\\\\|${String.fromCharCode(156)}))|[${esc}${csi}][[\\]()#;?]*(?:\\d{1,4}(?:[;:]\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]`,
  'g',
);

export function stripVTControlCharacters(text: unknown): string {
  if (typeof text !== 'string') throw invalidArgument('str', 'of type string', text);
  return text.replace(sequences, '');
}

interface StyleOptions {
  validateStream?: boolean;
  stream?: { isTTY?: boolean };
}

/** Text between the codes of a format or of several, the first outermost. Without a terminal there are none. */
export function styleText(format: unknown, text: unknown, options: StyleOptions = {}): string {
  if (typeof text !== 'string') throw invalidArgument('text', 'of type string', text);
  const names = isArray(format) ? (format as unknown[]) : [format];
  const pairs = names.map((name) => {
    if (name === 'none') return undefined;
    const pair = typeof name === 'string' ? colors[name] : undefined;
    if (pair === undefined)
      throw invalidValue(
        'format',
        name,
        `must be one of: ${Object.keys(colors)
          .map((one) => `'${one}'`)
          .join(', ')}`,
      );
    return pair;
  });
  if (options.validateStream !== false && options.stream?.isTTY !== true) return text;
  let result = text;
  for (const pair of pairs.toReversed()) {
    if (pair === undefined) continue;
    const [open, close] = pair;
    // What closes the format within the text opens it again.
    const inner = result.replaceAll(`${esc}[${close}m`, `${esc}[${close}m${esc}[${open}m`);
    result = `${esc}[${open}m${inner}${esc}[${close}m`;
  }
  return result;
}
