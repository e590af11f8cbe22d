import { native } from '../native.ts';
import {
  apply,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  isBufferView,
  isError,
  NativeNumber,
  objectIs,
  stringCharCodeAt,
  stringSlice,
  symbolToString,
  toInteger,
  toJson,
  trunc,
} from '../primordials.ts';
import { errorText, peek } from './error.ts';
import { type InspectOptions, inspect } from './index.ts';

const { parseFloat: toFloat } = NativeNumber;
const builtinErrorToString = Error.prototype.toString;
const builtinToString = Object.prototype.toString;

/** `util.format` with options for what is inspected. */
export function formatWithOptions(options: Partial<InspectOptions>, args: readonly unknown[]): string {
  const first = args[0];
  if (args.length === 1 && typeof first === 'string') return first;
  let next = 0;
  let text = '';
  if (typeof first === 'string') {
    const filled = fill(first, args, options);
    text = filled.text;
    next = filled.next;
  }
  for (let i = next; i < args.length; i++) {
    if (i > 0) text += ' ';
    const value = args[i];
    text += typeof value === 'string' ? value : inspect(value, { ...options, compact: 3, depth: options.depth ?? 2 });
  }
  return text;
}

/** Replaces the `%` directives of a format by the arguments after it. */
function fill(
  template: string,
  args: readonly unknown[],
  options: Partial<InspectOptions>,
): { text: string; next: number } {
  if (args.length === 1) return { text: template, next: 1 };
  let text = '';
  let from = 0;
  let next = 1;
  for (let i = 0; i < template.length - 1; i++) {
    if (stringCharCodeAt(template, i) !== 37) continue;
    const directive = template[i + 1];
    if (directive === '%') {
      text += stringSlice(template, from, i + 1);
      from = i + 2;
      i++;
      continue;
    }
    if (next >= args.length) continue;
    const replacement = directiveText(directive, args[next], options);
    if (replacement === undefined) continue;
    next++;
    text += stringSlice(template, from, i) + replacement;
    from = i + 2;
    i++;
  }
  return { text: text + stringSlice(template, from), next };
}

function directiveText(
  directive: string | undefined,
  value: unknown,
  options: Partial<InspectOptions>,
): string | undefined {
  switch (directive) {
    case 's':
      return stringText(value, options);
    case 'd':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || typeof value === 'object' ? 'NaN' : numberText(NativeNumber(value));
    case 'i':
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'symbol' || typeof value === 'object'
        ? 'NaN'
        : numberText(trunc(toInteger(`${value as string}`, 10)));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : numberText(toFloat(`${value as string}`));
    case 'j':
      return json(value);
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O':
      return inspect(value, options);
    case 'c':
      return '';
    default:
      return undefined;
  }
}

function numberText(value: number): string {
  return objectIs(value, -0) ? '-0' : `${value}`;
}

function json(value: unknown): string {
  try {
    return toJson(value) ?? 'undefined';
  } catch (error) {
    const message = isError(error) ? peek(error, 'message') : '';
    if (typeof message === 'string' && message.length > 0 && stringSlice(message, 0, 19) === 'Converting circular')
      return '[Circular]';
    throw error;
  }
}

function stringText(value: unknown, options: Partial<InspectOptions>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return symbolToString(value);
  if (typeof value !== 'object' || value === null) return `${value as string}`;
  const isProxy = native.proxyTarget(value) !== undefined;
  if (isBufferView(value) && native.classOf(value) !== 'DataView') return `${value as unknown as string}`;
  if (!isProxy && hasOwnToString(value))
    return `${apply(peek(value, 'toString') as () => unknown, value, []) as string}`;
  if (!isProxy && isError(value)) return errorText(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

/** Does the object or its class say how it becomes a string? */
function hasOwnToString(value: object): boolean {
  const method = peek(value, 'toString');
  if (typeof method !== 'function' || method === builtinToString || method === builtinErrorToString || isArray(value))
    return false;
  if (hasOwn(value, 'toString')) return true;
  const owner = peek(value, 'constructor');
  const prototype = typeof owner === 'function' ? getOwnPropertyDescriptor(owner, 'prototype')?.value : undefined;
  return native.classOf(value) === 'Object' && typeof prototype === 'object' && prototype !== null;
}
