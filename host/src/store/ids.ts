import { randomInt } from 'node:crypto';
import { StoreError } from './errors.ts';

const prefix = 'session-';
const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';
const generatedLength = 12;

/** A new id that nobody has: 62 random bits. */
export function newId(): string {
  return Array.from({ length: generatedLength }, () => digits[randomInt(digits.length)]).join('');
}

/** @throws {StoreError} `invalid-id`. */
export function checkId(id: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id)) return;
  const shown = JSON.stringify(id.length > 80 ? `${id.slice(0, 77)}…` : id);
  throw new StoreError('invalid-id', `${shown} is no session id: use letters, digits and hyphens, at most 64`);
}

/**
 * The name of a session's folder. Case is spelled out, because some file systems fold it; the prefix keeps names such
 * as `con` from meaning a device.
 */
export function folderName(id: string): string {
  checkId(id);
  return prefix + id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The id of a folder in the store, or nothing for one that is none of ours. */
export function idOfFolder(name: string): string | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const id = name.slice(prefix.length).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id) && folderName(id) === name ? id : undefined;
}
