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

/**
 * A whole number.
 *
 * @throws {InvalidRequestError} naming the option.
 */
export function parseInteger(text: string, option: string): number {
  if (!/^\d+$/.test(text.trim())) {
    throw new InvalidRequestError(option, `${JSON.stringify(text)} is not a whole number`);
  }
  return Number(text);
}
