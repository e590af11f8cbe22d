import { invalidArgument, outOfRange, rangeError } from '../../errors.ts';
import { define } from '../../primordials.ts';

/** The methods of Buffer that read and write numbers, with Node's checks of what they are given. */

type Bytes = Uint8Array;

function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checkOffset(bytes: Bytes, offset: unknown, size: number): asserts offset is number {
  if (typeof offset !== 'number') throw invalidArgument('offset', 'of type number', offset);
  const last = bytes.length - size;
  if (offset >= 0 && offset <= last && offset % 1 === 0) return;
  if (offset % 1 !== 0) throw outOfRange('offset', 'an integer', offset);
  if (last < 0) throw rangeError('ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
}

/** Node's words for the limits of an integer of some bytes. */
function limits(low: number | bigint, high: number | bigint, size: number, signed: boolean): string {
  const n = typeof low === 'bigint' ? 'n' : '';
  if (size <= 4 && n === '') return `>= ${low} and <= ${high}`;
  const bits = size * 8;
  return signed
    ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
    : `>= 0${n} and < 2${n} ** ${bits}${n}`;
}

function checkValue(value: number | bigint, low: number | bigint, high: number | bigint, size: number): void {
  if (value > high || value < low) throw outOfRange('value', limits(low, high, size, low < 0), value);
}

type Method = (this: Bytes, ...args: never[]) => unknown;

/** Adds the methods to a prototype, under both spellings of `UInt`. */
export function addNumbers(prototype: object): void {
  const add = (name: string, method: Method): void => {
    define(method, 'name', name, false);
    define(prototype, name, method);
    if (name.includes('UInt')) define(prototype, name.replace('UInt', 'Uint'), method);
  };

  for (const size of [1, 2, 4] as const) {
    for (const signed of [true, false]) {
      const kind = `${signed ? 'Int' : 'Uint'}${size * 8}` as 'Int16';
      const low = signed ? -(2 ** (size * 8 - 1)) : 0;
      const high = 2 ** (size * 8 - (signed ? 1 : 0)) - 1;
      for (const ending of size === 1 ? [''] : ['LE', 'BE']) {
        const name = `${signed ? 'Int' : 'UInt'}${size * 8}${ending}`;
        add(`read${name}`, function (this: Bytes, offset: unknown = 0) {
          checkOffset(this, offset, size);
          return viewOf(this)[`get${kind}`](offset, ending === 'LE');
        });
        add(`write${name}`, function (this: Bytes, given: unknown, offset: unknown = 0) {
          const value = +(given as number);
          checkValue(value, low, high, size);
          checkOffset(this, offset, size);
          viewOf(this)[`set${kind}`](offset, value, ending === 'LE');
          return offset + size;
        });
      }
    }
  }

  for (const kind of ['BigInt64', 'BigUint64'] as const) {
    const signed = kind === 'BigInt64';
    const low = signed ? -(2n ** 63n) : 0n;
    const high = 2n ** (signed ? 63n : 64n) - 1n;
    for (const ending of ['LE', 'BE']) {
      const name = `${signed ? 'BigInt64' : 'BigUInt64'}${ending}`;
      add(`read${name}`, function (this: Bytes, offset: unknown = 0) {
        checkOffset(this, offset, 8);
        return viewOf(this)[`get${kind}`](offset, ending === 'LE');
      });
      add(`write${name}`, function (this: Bytes, value: bigint, offset: unknown = 0) {
        checkValue(value, low, high, 8);
        checkOffset(this, offset, 8);
        viewOf(this)[`set${kind}`](offset, value, ending === 'LE');
        return offset + 8;
      });
    }
  }

  for (const [name, kind, size] of [
    ['Float', 'Float32', 4],
    ['Double', 'Float64', 8],
  ] as const) {
    for (const ending of ['LE', 'BE']) {
      add(`read${name}${ending}`, function (this: Bytes, offset: unknown = 0) {
        checkOffset(this, offset, size);
        return viewOf(this)[`get${kind}`](offset, ending === 'LE');
      });
      add(`write${name}${ending}`, function (this: Bytes, value: unknown, offset: unknown = 0) {
        checkOffset(this, offset, size);
        viewOf(this)[`set${kind}`](offset, +(value as number), ending === 'LE');
        return offset + size;
      });
    }
  }

  addVariable(add);
}

function checkSize(size: unknown): asserts size is number {
  if (typeof size !== 'number') throw invalidArgument('byteLength', 'of type number', size);
  if (size % 1 !== 0) throw outOfRange('byteLength', 'an integer', size);
  if (size < 1 || size > 6) throw outOfRange('byteLength', '>= 1 and <= 6', size);
}

/** Integers of one to six bytes. */
function addVariable(add: (name: string, method: Method) => void): void {
  for (const signed of [true, false]) {
    for (const ending of ['LE', 'BE']) {
      const name = `${signed ? 'Int' : 'UInt'}${ending}`;
      const at = (offset: number, size: number, i: number): number => offset + (ending === 'LE' ? i : size - 1 - i);
      add(`read${name}`, function (this: Bytes, offset: unknown, size: unknown) {
        if (offset === undefined) throw invalidArgument('offset', 'of type number', offset);
        checkSize(size);
        checkOffset(this, offset, size);
        let value = 0;
        for (let i = size - 1; i >= 0; i--) value = value * 256 + (this[at(offset, size, i)] ?? 0);
        return signed && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
      });
      add(`write${name}`, function (this: Bytes, given: unknown, offset: unknown, size: unknown) {
        checkSize(size);
        const value = +(given as number);
        const low = signed ? -(2 ** (size * 8 - 1)) : 0;
        checkValue(value, low, 2 ** (size * 8 - (signed ? 1 : 0)) - 1, size);
        checkOffset(this, offset, size);
        let rest = value < 0 ? value + 2 ** (size * 8) : value;
        for (let i = 0; i < size; i++) {
          this[at(offset, size, i)] = rest % 256;
          rest = Math.floor(rest / 256);
        }
        return offset + size;
      });
    }
  }
}
