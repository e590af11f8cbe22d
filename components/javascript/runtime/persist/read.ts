import { bufferModule } from '../node/buffer-class.ts';
import {
  define,
  hasOwn,
  isArray,
  keys,
  mapSet,
  NativeDate,
  NativeMap,
  NativeSet,
  NativeTypeError,
  setAdd,
  toBigInt,
  uint8ArrayFromBase64,
} from '../primordials.ts';

/**
 * The value of what `textOf` wrote, once JSON is parsed. The parsed value is used up.
 *
 * @throws anything for what `textOf` does not write.
 */
export function restored(parsed: unknown): unknown {
  if (typeof parsed !== 'object' || parsed === null) return parsed;
  if (isArray(parsed)) {
    for (let i = 0; i < parsed.length; i++) parsed[i] = restored(parsed[i]);
    return parsed;
  }
  const record = parsed as Record<string, unknown>;
  if (hasOwn(record, '$type')) return tagged(record['$type'], record['value']);
  const names = keys(record);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    // Not by assignment: `__proto__` is an ordinary name here.
    if (typeof record[name] === 'object') define(record, name, restored(record[name]));
  }
  return record;
}

const numbers: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

function tagged(type: unknown, value: unknown): unknown {
  switch (type) {
    case 'undefined':
      return undefined;
    case 'number':
      return numbers[textIn(value)] ?? malformed();
    case 'bigint': {
      const text = textIn(value);
      return text[0] === '-' ? -toBigInt(text.slice(1)) : toBigInt(text);
    }
    case 'datetime':
      return new NativeDate(value === null ? NaN : textIn(value));
    case 'bytes':
      return uint8ArrayFromBase64(textIn(value));
    case 'buffer':
      return bufferModule().Buffer.from(uint8ArrayFromBase64(textIn(value)).buffer as ArrayBuffer);
    case 'arraybuffer':
      return uint8ArrayFromBase64(textIn(value)).buffer;
    case 'set': {
      const set = new NativeSet<unknown>();
      for (const item of listIn(value)) setAdd(set, restored(item));
      return set;
    }
    case 'map': {
      const map = new NativeMap<unknown, unknown>();
      for (const pair of listIn(value)) mapSet(map, restored(listIn(pair)[0]), restored(listIn(pair)[1]));
      return map;
    }
    case 'object': {
      const object = {};
      for (const pair of listIn(value)) define(object, textIn(listIn(pair)[0]), restored(listIn(pair)[1]));
      return object;
    }
  }
  return malformed();
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : malformed();
}

function listIn(value: unknown): readonly unknown[] {
  return isArray(value) ? value : malformed();
}

function malformed(): never {
  throw new NativeTypeError('not what was written');
}
