import { native } from '../native.ts';
import {
  append,
  arrayBufferByteLength,
  dataViewBuffer,
  dataViewByteLength,
  dataViewByteOffset,
  getOwnPropertyNames,
  hasOwn,
  mapForEach,
  min,
  NativeUint8Array,
  numberToString,
  setForEach,
  stringPadStart,
} from '../primordials.ts';
import { peek } from './error.ts';
import { isIndex } from './names.ts';
import { type Context, stylize } from './options.ts';
import { formatProperty } from './property.ts';
import { formatValue } from './value.ts';

function more(count: number, what: string): string {
  return `... ${count} more ${what}${count > 1 ? 's' : ''}`;
}

export function arrayEntries(context: Context, list: readonly unknown[], depth: number): string[] {
  const limit = min(context.maxArrayLength ?? 0, list.length);
  const output: string[] = [];
  let holes = 0;
  let index = 0;
  const flush = (): void => {
    if (holes > 0) append(output, stylize(context, `<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
    holes = 0;
  };
  for (; index < list.length && output.length < limit; index++) {
    if (hasOwn(list, index)) {
      flush();
      if (output.length >= limit) break;
      append(output, formatProperty(context, list, index, depth, true));
      if (context.budget < 0) break;
    } else {
      holes++;
      // A sparse array of 2³² holes is walked by its keys instead.
      if (holes > 1000) {
        flushSparse(context, list, output, index - holes + 1, depth, limit);
        return output;
      }
    }
  }
  flush();
  if (index < list.length) append(output, more(list.length - index, 'item'));
  return output;
}

function flushSparse(
  context: Context,
  list: readonly unknown[],
  output: string[],
  from: number,
  depth: number,
  limit: number,
): void {
  const names = getOwnPropertyNames(list);
  let at = from;
  for (let i = 0; i < names.length && output.length < limit; i++) {
    const name = names[i] ?? '';
    if (!isIndex(name) || +name < from) continue;
    const gap = +name - at;
    if (gap > 0) append(output, stylize(context, `<${gap} empty item${gap > 1 ? 's' : ''}>`, 'undefined'));
    if (output.length >= limit) break;
    append(output, formatProperty(context, list, +name, depth, true));
    at = +name + 1;
  }
  const rest = list.length - at;
  if (rest > 0 && output.length < limit)
    append(output, stylize(context, `<${rest} empty item${rest > 1 ? 's' : ''}>`, 'undefined'));
  else if (rest > 0) append(output, more(rest, 'item'));
}

export function typedArrayEntries(context: Context, list: Uint8Array, length: number): string[] {
  const limit = min(context.maxArrayLength ?? 0, length);
  const output: string[] = [];
  for (let i = 0; i < limit; i++) append(output, formatValue(context, list[i], 0));
  if (length > limit) append(output, more(length - limit, 'item'));
  return output;
}

export function mapEntries(context: Context, map: Map<unknown, unknown>, depth: number): string[] {
  const output: string[] = [];
  const limit = context.maxArrayLength ?? 0;
  let count = 0;
  context.indentation += 2;
  mapForEach(map, (entry, key) => {
    if (count++ < limit && context.budget >= 0) {
      append(output, `${formatValue(context, key, depth + 1)} => ${formatValue(context, entry, depth + 1)}`);
    }
  });
  if (count > limit) append(output, more(count - limit, 'item'));
  context.indentation -= 2;
  return output;
}

export function setEntries(context: Context, set: Set<unknown>, depth: number): string[] {
  const output: string[] = [];
  const limit = context.maxArrayLength ?? 0;
  let count = 0;
  context.indentation += 2;
  setForEach(set, (entry) => {
    if (count++ < limit && context.budget >= 0) append(output, formatValue(context, entry, depth + 1));
  });
  if (count > limit) append(output, more(count - limit, 'item'));
  context.indentation -= 2;
  return output;
}

export function promiseEntries(context: Context, promise: object, depth: number): string[] {
  const state = native.promiseState(promise);
  if (state[0] === 0) return [stylize(context, '<pending>', 'special')];
  context.indentation += 2;
  const text = formatValue(context, state[1], depth + 1);
  context.indentation -= 2;
  return [state[0] === 2 ? `${stylize(context, '<rejected>', 'special')} ${text}` : text];
}

export function bufferEntries(context: Context, buffer: ArrayBuffer, readable: boolean): string[] {
  const output: string[] = [];
  let size = 0;
  if (readable) {
    size = arrayBufferByteLength(buffer);
    const bytes = new NativeUint8Array(buffer);
    const limit = min(context.maxArrayLength ?? 0, 50, size);
    let text = '';
    for (let i = 0; i < limit; i++)
      text += `${i > 0 ? ' ' : ''}${stringPadStart(numberToString(bytes[i] ?? 0, 16), 2, '0')}`;
    if (size > limit) text += ` ... ${size - limit} more byte${size - limit > 1 ? 's' : ''}`;
    append(output, `[${stylize(context, 'Uint8Contents', 'special')}]: <${text}>`);
  } else {
    size = peek(buffer, 'byteLength') as number;
  }
  append(output, `[byteLength]: ${formatValue(context, size, 0)}`);
  return output;
}

export function dataViewEntries(context: Context, view: DataView, depth: number): string[] {
  context.indentation += 2;
  const output = [
    `[byteLength]: ${formatValue(context, dataViewByteLength(view), depth)}`,
    `[byteOffset]: ${formatValue(context, dataViewByteOffset(view), depth)}`,
    `[buffer]: ${formatValue(context, dataViewBuffer(view), depth + 1)}`,
  ];
  context.indentation -= 2;
  return output;
}
