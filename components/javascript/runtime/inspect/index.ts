import { assign, NativeMap } from '../primordials.ts';
import { type Context, defaultOptions, type InspectOptions } from './options.ts';
import { formatValue } from './value.ts';

export { colors, defaultOptions, type InspectOptions, styles } from './options.ts';
export { customInspect } from './symbol.ts';

/** Nothing is shown beyond this many characters (128 MiB), however deep an object goes. */
const characterBudget = 1 << 27;

/** The text of any value, as Node's `util.inspect`. Never throws because of what the value does, unless its own custom function does. */
export function inspect(value: unknown, options?: Partial<InspectOptions> | boolean, ...older: unknown[]): string {
  const given = typeof options === 'object' && options !== null ? options : olderOptions(options, older);
  const context: Context = {
    ...assign({}, defaultOptions, given),
    seen: [],
    circular: new NativeMap(),
    indentation: 0,
    currentDepth: 0,
    budget: characterBudget,
    userOptions: given,
  };
  if (context.maxArrayLength === null) context.maxArrayLength = Number.POSITIVE_INFINITY;
  if (context.maxStringLength === null) context.maxStringLength = Number.POSITIVE_INFINITY;
  return formatValue(context, value, 0, true);
}

/** Node's older form: `inspect(value, showHidden, depth, colors)`. */
function olderOptions(showHidden: unknown, older: readonly unknown[]): Partial<InspectOptions> | undefined {
  if (typeof showHidden !== 'boolean' && older.length === 0) return undefined;
  const options: Partial<InspectOptions> = {};
  if (typeof showHidden === 'boolean') options.showHidden = showHidden;
  if (older[0] !== undefined) options.depth = older[0] as number | null;
  if (older[1] !== undefined) options.colors = older[1] === true;
  return options;
}
