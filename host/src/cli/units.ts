import { InvalidRequestError } from '../errors.ts';

const factors: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1024,
  KIB: 1024,
  MB: 1024 ** 2,
  MIB: 1024 ** 2,
  GB: 1024 ** 3,
  GIB: 1024 ** 3,
};

/**
 * A number of bytes such as `65536`, `64KB` or `1.5GB`; a kilobyte is 1,024 bytes.
 *
 * @throws {InvalidRequestError} naming the option.
 */
export function parseBytes(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const factor = factors[match?.[2]?.toUpperCase() ?? ''];
  if (match?.[1] === undefined || factor === undefined) {
    throw new InvalidRequestError(
      option,
      `${JSON.stringify(text)} is not a size; write for example 65536, 64KB or 1GB`,
    );
  }
  return Math.round(Number(match[1]) * factor);
}

const durations: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A time such as `90s`, `30m`, `24h` or `7d`, in milliseconds; `never` is `Infinity`.
 *
 * @throws {InvalidRequestError} naming the option.
 */
export function parseDuration(text: string, option: string): number {
  if (text.trim() === 'never') return Number.POSITIVE_INFINITY;
  const match = /^(\d+(?:\.\d+)?)\s*(ms|[smhd])$/.exec(text.trim());
  const value = Math.round(Number(match?.[1]) * (durations[match?.[2] ?? ''] ?? Number.NaN));
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidRequestError(
    option,
    `${JSON.stringify(text)} is not a time; write for example 30m, 24h, 7d or never`,
  );
}

/**
 * A whole number.
 *
 * @throws {InvalidRequestError} naming the option.
 */
export function parseInteger(text: string, option: string): number {
  if (!/^\d+$/.test(text.trim())) {
    throw new InvalidRequestError(option, `${JSON.stringify(text)} is not a whole number; give one such as 5000`);
  }
  return Number(text);
}
