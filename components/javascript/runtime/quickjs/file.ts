import { native } from '../native.ts';
import { NativeUint8Array } from '../primordials.ts';

const whole = 64 << 10;

/** QuickJS's FILE object, over a descriptor of the natives; 0, 1 and 2 are the standard streams. */
export class FILE {
  #fd: number;
  #position = 0;
  #end = false;
  #failed = false;
  /** Bytes read ahead, for lines. */
  #ahead = new NativeUint8Array(0);

  constructor(fd: number) {
    this.#fd = fd;
  }

  close(): number {
    const fd = this.#fd;
    this.#fd = -1;
    return fd > 2 ? Math.min(native.close(fd), 0) : 0;
  }

  #readBytes(into: Uint8Array): number {
    if (this.#ahead.length > 0) {
      const count = Math.min(into.length, this.#ahead.length);
      into.set(this.#ahead.subarray(0, count));
      this.#ahead = this.#ahead.slice(count);
      return count;
    }
    const count = this.#fd === 0 ? native.readStdin(into) : native.read(this.#fd, into, 0, into.length, this.#position);
    if (count < 0) {
      this.#failed = true;
      return 0;
    }
    this.#position += count;
    if (count === 0) this.#end = true;
    return count;
  }

  #writeBytes(from: Uint8Array): number {
    if (this.#fd === 1 || this.#fd === 2) {
      native.print(this.#fd, from);
      return from.length;
    }
    this.#dropAhead();
    let written = 0;
    while (written < from.length) {
      const count = native.write(this.#fd, from, written, from.length - written, this.#position);
      if (count < 0) {
        this.#failed = true;
        break;
      }
      written += count;
      this.#position += count;
    }
    return written;
  }

  #dropAhead(): void {
    this.#position -= this.#ahead.length;
    this.#ahead = new NativeUint8Array(0);
  }

  puts(...texts: unknown[]): void {
    for (const text of texts) this.#writeBytes(native.encode(`${text as string}`));
  }

  printf(format: unknown, ...args: unknown[]): number {
    const bytes = native.encode(sprintf(`${format as string}`, ...args));
    return this.#writeBytes(bytes);
  }

  flush(): void {}

  read(buffer: ArrayBuffer, position: number, length: number): number {
    return this.#readBytes(new NativeUint8Array(buffer, position, length));
  }

  write(buffer: ArrayBuffer, position: number, length: number): number {
    return this.#writeBytes(new NativeUint8Array(buffer, position, length));
  }

  #readUpTo(max: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let size = 0;
    while (size < max) {
      const piece = new NativeUint8Array(Math.min(whole, max - size));
      const count = this.#readBytes(piece);
      if (count === 0) break;
      parts.push(piece.subarray(0, count));
      size += count;
    }
    return joined(parts, size);
  }

  readAsString(max = Number.POSITIVE_INFINITY): string {
    return native.decode(this.#readUpTo(max));
  }

  readAsArrayBuffer(max = Number.POSITIVE_INFINITY): ArrayBuffer {
    return this.#readUpTo(max).slice().buffer as ArrayBuffer;
  }

  getline(): string | null {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const piece = new NativeUint8Array(4096);
      const count = this.#readBytes(piece);
      if (count === 0) break;
      const newline = piece.subarray(0, count).indexOf(10);
      const kept = newline < 0 ? count : newline;
      parts.push(piece.subarray(0, kept));
      size += kept;
      if (newline >= 0) {
        const rest = piece.slice(newline + 1, count);
        this.#ahead = joined([rest, this.#ahead], rest.length + this.#ahead.length);
        return native.decode(joined(parts, size));
      }
    }
    return size === 0 ? null : native.decode(joined(parts, size));
  }

  getByte(): number {
    const one = new NativeUint8Array(1);
    return this.#readBytes(one) === 0 ? -1 : (one[0] ?? -1);
  }

  putByte(byte: number): number {
    return this.#writeBytes(new NativeUint8Array([byte])) === 1 ? byte : -1;
  }

  seek(offset: number | bigint, whence: number): number {
    const position = this.tell();
    const stat = native.stat(this.#fd);
    if (typeof stat === 'number') return -29;
    const target = (whence === 0 ? 0 : whence === 1 ? position : stat[1]) + Number(offset);
    if (target < 0) return -22;
    this.#ahead = new NativeUint8Array(0);
    this.#position = target;
    this.#end = false;
    return 0;
  }

  tell(): number {
    return this.#position - this.#ahead.length;
  }

  tello(): bigint {
    return BigInt(this.tell());
  }

  eof(): boolean {
    return this.#end && this.#ahead.length === 0;
  }

  error(): boolean {
    return this.#failed;
  }

  clearerr(): void {
    this.#failed = false;
    this.#end = false;
  }

  fileno(): number {
    return this.#fd;
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new NativeUint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(?:hh|h|ll|l|j|z|t|L)?([diuxXocsfFeEgGp%])/g;

/** C's printf, as far as QuickJS has it. */
export function sprintf(format: string, ...args: unknown[]): string {
  let next = 0;
  return format.replace(
    directive,
    (_all, flags: string, width: string | undefined, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      const size = width === '*' ? Number(args[next++]) : Number(width ?? 0);
      const digits = precision === undefined ? undefined : precision === '*' ? Number(args[next++]) : Number(precision);
      const text = directiveText(kind, args[next++], flags, digits);
      const left = flags.includes('-') || size < 0;
      const target = Math.min(Math.abs(size), 1 << 20);
      if (left) return text.padEnd(target);
      const zero =
        flags.includes('0') && !(digits !== undefined && 'diuxXo'.includes(kind)) && kind !== 's' && kind !== 'c';
      if (!zero) return text.padStart(target);
      const sign = /^[-+ ]?(0[xX])?/.exec(text)?.[0] ?? '';
      return sign + text.slice(sign.length).padStart(target - sign.length, '0');
    },
  );
}

function directiveText(kind: string, value: unknown, flags: string, digits: number | undefined): string {
  switch (kind) {
    case 's': {
      const text = `${value as string}`;
      return digits === undefined ? text : text.slice(0, digits);
    }
    case 'c':
      return typeof value === 'number' ? String.fromCodePoint(value) : (`${value as string}`[0] ?? '');
    case 'd':
    case 'i':
    case 'u': {
      const number = typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value) || 0));
      return signed(number < 0n, (number < 0n ? -number : number).toString().padStart(digits ?? 1, '0'), flags);
    }
    case 'x':
    case 'X':
    case 'o':
    case 'p': {
      const number =
        typeof value === 'bigint'
          ? BigInt.asUintN(64, value)
          : BigInt.asUintN(32, BigInt(Math.trunc(Number(value) || 0)));
      const plain = number.toString(kind === 'o' ? 8 : 16).padStart(digits ?? 1, '0');
      const text = flags.includes('#') && number !== 0n ? (kind === 'o' ? `0${plain}` : `0x${plain}`) : plain;
      return kind === 'X' ? text.toUpperCase() : text;
    }
    default:
      return floatText(kind, Number(value), flags, digits ?? 6);
  }
}

function signed(negative: boolean, text: string, flags: string): string {
  return (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + text;
}

function floatText(kind: string, value: number, flags: string, digits: number): string {
  const lower = kind.toLowerCase();
  const magnitude = Math.abs(value);
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : 'inf';
  else if (lower === 'f') text = magnitude.toFixed(Math.min(digits, 100));
  else if (lower === 'e') text = exponent(magnitude.toExponential(Math.min(digits, 100)));
  else text = general(magnitude, Math.min(Math.max(digits, 1), 100), flags);
  text = signed(value < 0 || Object.is(value, -0), text, flags);
  return kind === lower ? text : text.toUpperCase();
}

function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(magnitude: number, digits: number, flags: string): string {
  const power = magnitude === 0 ? 0 : Number(magnitude.toExponential(digits - 1).split('e')[1]);
  const fixed = power >= -4 && power < digits;
  const text = fixed
    ? magnitude.toFixed(Math.max(digits - 1 - power, 0))
    : exponent(magnitude.toExponential(digits - 1));
  if (flags.includes('#')) return text;
  return fixed
    ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    : text.replace(/(\.\d*?)0*e/, '$1e').replace('.e', 'e');
}
