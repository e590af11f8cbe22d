import { apply, getOwnPropertyDescriptor, hasOwn, symbolToString } from '../primordials.ts';
import { peek } from './error.ts';
import { type Context, stylize } from './options.ts';
import { isIdentifier, quote } from './text.ts';
import { formatValue } from './value.ts';

export function formatProperty(
  context: Context,
  object: object,
  key: PropertyKey,
  depth: number,
  inList: boolean,
): string {
  const descriptor = getOwnPropertyDescriptor(object, key);
  const isElement = inList && typeof key === 'number';
  let text: string;
  if (descriptor === undefined) {
    text = stylize(context, 'undefined', 'undefined');
  } else if (hasOwn(descriptor, 'value')) {
    const difference = context.compact !== true || isElement ? 2 : 3;
    context.indentation += difference;
    text = formatValue(context, descriptor.value, depth + 1);
    context.indentation -= difference;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(context, object, descriptor, depth);
  } else {
    text = stylize(
      context,
      descriptor.set === undefined ? 'undefined' : '[Setter]',
      descriptor.set === undefined ? 'undefined' : 'special',
    );
  }
  if (isElement) return text;
  let name: string;
  if (typeof key === 'symbol') name = stylize(context, symbolToString(key), 'symbol');
  else if (key === '__proto__') name = "['__proto__']";
  else if (descriptor?.enumerable === false) name = `[${key}]`;
  else if (isIdentifier(`${key}`)) name = `${key}`;
  else name = stylize(context, quote(`${key}`), 'string');
  // biome-ignore lint/style/useTemplate: a template copies what + joins as a rope; deep structures need that
  return name + ': ' + text;
}

function formatGetter(context: Context, object: object, descriptor: PropertyDescriptor, depth: number): string {
  const label = descriptor.set === undefined ? 'Getter' : 'Getter/Setter';
  const wanted =
    context.getters === true ||
    (context.getters === 'get' && descriptor.set === undefined) ||
    (context.getters === 'set' && descriptor.set !== undefined);
  if (!wanted || descriptor.get === undefined) return stylize(context, `[${label}]`, 'special');
  try {
    const value: unknown = apply(descriptor.get, object, []);
    context.indentation += 2;
    const text = formatValue(context, value, depth + 1);
    context.indentation -= 2;
    if (typeof value === 'object' && value !== null) return `${stylize(context, `[${label}]`, 'special')} ${text}`;
    return `${stylize(context, `[${label}:`, 'special')} ${text}${stylize(context, ']', 'special')}`;
  } catch (error) {
    const message = typeof error === 'object' && error !== null ? peek(error, 'message') : error;
    return stylize(
      context,
      `[${label}: <Inspection threw (${typeof message === 'string' ? message : ''})>]`,
      'special',
    );
  }
}
