/** Identifiers: random ones, ones in order of time, and ones that follow from a text. */

interface Entropy {
  readonly crypto?: { getRandomValues?(into: Uint8Array): unknown };
}

/** From `crypto` where the runtime has it; else from Math.random, which guards no secrets. */
function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  const { crypto } = globalThis as unknown as Entropy;
  if (crypto?.getRandomValues !== undefined) crypto.getRandomValues(bytes);
  else for (let i = 0; i < count; i++) bytes[i] = Math.floor(Math.random() * 256);
  return bytes;
}

function uuidText(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A random UUID (RFC 9562 §5.4). */
export function uuid(): string {
  return uuidText(randomBytes(16), 4);
}

/** A UUID that begins with its time (RFC 9562 §5.7): later ones sort later, from one millisecond to the next. */
export function uuid7(time: Date | number = Date.now()): string {
  const bytes = randomBytes(16);
  let left = Math.floor(Number(time));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = left % 256;
    left = Math.floor(left / 256);
  }
  return uuidText(bytes, 7);
}

const urlSafe = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';

/** `size` random characters of an alphabet, each as likely as the others. */
export function nanoid(size = 21, alphabet = urlSafe): string {
  if (alphabet.length < 2 || alphabet.length > 256) throw new RangeError('ids: an alphabet has 2 to 256 characters');
  // Bytes above the last whole multiple would favour the alphabet's beginning.
  const limit = 256 - (256 % alphabet.length);
  let id = '';
  while (id.length < size) {
    for (const byte of randomBytes(size - id.length)) if (byte < limit) id += alphabet[byte % alphabet.length] ?? '';
  }
  return id;
}

/** A short, stable identifier of a text: 8 hexadecimal digits (FNV-1a, 32 bits). Not for security. */
export function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const char of String(text)) {
    let code = char.codePointAt(0) ?? 0;
    do {
      value = Math.imul(value ^ (code & 0xff), 0x01000193);
      code >>>= 8;
    } while (code > 0);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** Counts up: `const next = sequence('task-', 3)` gives `task-001`, `task-002`, … */
export function sequence(prefix = '', digits = 1, first = 1): () => string {
  let next = first;
  return () => `${prefix}${String(next++).padStart(digits, '0')}`;
}

export const isUuid = (text: unknown): boolean =>
  typeof text === 'string' && /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i.test(text);
