import { inherits } from '../inherits.ts';
import { native } from '../native.ts';
import { environmentHandler } from '../node/environment.ts';
import {
  append,
  apply,
  arrayIndexOf,
  arraySort,
  assign,
  isError,
  mapGet,
  mapSet,
  mapSize,
  NativeRangeError,
  stringIncludes,
  symbolToString,
} from '../primordials.ts';
import { peek } from './error.ts';
import { inspect } from './index.ts';
import { layOut } from './layout.ts';
import { shapeName } from './names.ts';
import { type Context, defaultOptions, type Style, stylize } from './options.ts';
import { formatProperty } from './property.ts';
import { type Shape, shapeOf } from './shapes.ts';
import { customInspect } from './symbol.ts';
import { formatBigInt, formatNumber, formatString, spaces } from './text.ts';

export function formatValue(context: Context, value: unknown, depth: number, atTop = false): string {
  switch (typeof value) {
    case 'string':
      return formatString(context, value, atTop);
    case 'number':
      return formatNumber(context, value);
    case 'bigint':
      return formatBigInt(context, value);
    case 'boolean':
      return stylize(context, `${value}`, 'boolean');
    case 'undefined':
      return stylize(context, 'undefined', 'undefined');
    case 'symbol':
      return stylize(context, symbolToString(value), 'symbol');
  }
  if (value === null) return stylize(context, 'null', 'null');
  return formatObject(context, value as object, depth);
}

function formatObject(context: Context, value: object, depth: number): string {
  const target = native.proxyTarget(value);
  if (target !== undefined && native.proxyHandler(value) !== environmentHandler) {
    if (context.showProxy) return formatProxy(context, value, target, depth);
    return `Proxy(${formatPlain(context, innermost(target), value, depth)})`;
  }
  return formatPlain(context, target ?? value, value, depth);
}

/** `shown` is no proxy; `value` is what the program has in hand. */
function formatPlain(context: Context, shown: object, value: object, depth: number): string {
  if (context.customInspect) {
    const custom = peek(shown, customInspect);
    if (typeof custom === 'function' && custom !== inspect) {
      const result = callCustom(context, custom, value, depth);
      if (result !== undefined) return result;
    }
  }
  if (arrayIndexOf(context.seen, shown) >= 0) {
    let index = mapGet(context.circular, shown);
    if (index === undefined) {
      index = circularCount(context) + 1;
      mapSet(context.circular, shown, index);
    }
    return stylize(context, `[Circular *${index}]`, 'special');
  }
  return formatRaw(context, shown, depth);
}

function isStackOverflow(error: unknown): boolean {
  return (
    isError(error) &&
    inherits(error, NativeRangeError.prototype) &&
    peek(error, 'message') === 'Maximum call stack size exceeded'
  );
}

function circularCount(context: Context): number {
  return mapSize(context.circular as Map<unknown, unknown>);
}

/** Proxies of proxies: the object behind them all. */
function innermost(target: object): object {
  let at = target;
  for (let depth = 0; depth < 1000; depth++) {
    const next = native.proxyTarget(at);
    if (next === undefined) return at;
    at = next;
  }
  return {};
}

function formatProxy(context: Context, proxy: object, target: object, depth: number): string {
  if (context.depth !== null && depth > context.depth) return stylize(context, 'Proxy [Array]', 'special');
  context.indentation += 2;
  const parts = [formatValue(context, target, depth + 1), formatValue(context, native.proxyHandler(proxy), depth + 1)];
  context.indentation -= 2;
  return layOut(context, parts, '', 'Proxy [', ']', true, depth, undefined);
}

function callCustom(context: Context, custom: object, value: object, depth: number): string | undefined {
  const left = context.depth === null ? null : context.depth - depth;
  const options = assign({}, defaultOptions, context.userOptions, {
    // As in Node: the depth that was asked for, wherever in the whole the object stands.
    depth: context.depth,
    stylize: (text: unknown, style: Style) => stylize(context, `${text as string}`, style),
  });
  const result: unknown = apply(custom as () => unknown, value, [left, options, inspect]);
  if (result === value) return undefined;
  if (typeof result !== 'string') return formatValue(context, result, depth);
  if (!stringIncludes(result, '\n')) return result;
  let text = '';
  for (let i = 0; i < result.length; i++) text += result[i] === '\n' ? `\n${spaces(context.indentation)}` : result[i];
  return text;
}

function formatRaw(context: Context, value: object, depth: number): string {
  const shape = shapeOf(context, value, depth);
  if (shape.baseAlone && shape.keys.length === 0 && shape.entries === undefined) return shape.base;
  if (shape.keys.length === 0 && shape.entries === undefined) {
    return `${shape.base === '' ? '' : `${shape.base} `}${shape.open}${shape.close}`;
  }
  if (context.depth !== null && depth > context.depth) return stylize(context, `[${shapeName(value)}]`, 'special');
  const level = context.seen.length;
  append(context.seen, value);
  context.currentDepth = depth;
  let output: string[];
  try {
    output = shape.entries === undefined ? [] : shape.entries(context, depth);
    for (let i = 0; i < shape.keys.length; i++) {
      append(output, formatProperty(context, value, shape.keys[i] as PropertyKey, depth, shape.isList));
      if (context.budget < 0) break;
    }
  } catch (error) {
    context.seen.length = level;
    if (!isStackOverflow(error)) throw error;
    return stylize(
      context,
      `[${shapeName(value)}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`,
      'special',
    );
  }
  context.seen.length = level;
  if (context.sorted) sortEntries(context, output, shape);
  const reference = mapGet(context.circular, value);
  const mark = reference === undefined ? '' : stylize(context, `<ref *${reference}>`, 'special');
  let { base, open } = shape;
  if (mark !== '') {
    if (context.compact !== true) base = base === '' ? mark : `${mark} ${base}`;
    else open = `${mark} ${open}`;
  }
  if (output.length === 0) return `${base === '' ? '' : `${base} `}${open}${shape.close}`;
  const text = layOut(
    context,
    output,
    base,
    open,
    shape.close,
    shape.isList,
    depth,
    shape.isList ? (value as ArrayLike<unknown> & object) : undefined,
  );
  context.budget -= text.length;
  if (context.budget < 0) context.depth = -1;
  return text;
}

function sortEntries(context: Context, output: string[], shape: Shape): void {
  if (shape.isList) return;
  const compare = context.sorted;
  arraySort(output, typeof compare === 'function' ? compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
