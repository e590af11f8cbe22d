/** Options of `util.inspect`, with Node's names and defaults. */
export interface InspectOptions {
  showHidden: boolean;
  depth: number | null;
  colors: boolean;
  customInspect: boolean;
  showProxy: boolean;
  maxArrayLength: number | null;
  maxStringLength: number | null;
  breakLength: number;
  compact: boolean | number;
  sorted: boolean | ((a: string, b: string) => number);
  getters: boolean | 'get' | 'set';
  numericSeparator: boolean;
}

export const defaultOptions: InspectOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

export type Style =
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'module'
  | 'null'
  | 'number'
  | 'regexp'
  | 'special'
  | 'string'
  | 'symbol'
  | 'undefined';

/** ANSI codes that begin and end a colour. */
export const colors: Record<string, readonly [number, number]> = {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  black: [30, 39],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  white: [37, 39],
  gray: [90, 39],
};

export const styles: Record<Style, string> = {
  bigint: 'yellow',
  boolean: 'yellow',
  date: 'magenta',
  module: 'underline',
  null: 'bold',
  number: 'yellow',
  regexp: 'red',
  special: 'cyan',
  string: 'green',
  symbol: 'green',
  undefined: 'gray',
};

/** State of one call of `inspect`. */
export interface Context extends InspectOptions {
  /** Objects on the way from the root to the value at hand. */
  readonly seen: object[];
  /** Numbers of the objects that refer to themselves, in the order they were met. */
  readonly circular: Map<object, number>;
  indentation: number;
  currentDepth: number;
  /** Characters that may still be written; what is endless stops here. */
  budget: number;
  /** The options a program gave, handed on to its custom inspect functions. */
  readonly userOptions: Partial<InspectOptions> | undefined;
}

export function stylize(context: Context, text: string, style: Style): string {
  if (!context.colors) return text;
  const color = colors[styles[style]];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}
