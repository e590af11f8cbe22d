import { realpath, stat } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import { InvalidRequestError } from '../../index.ts';
import { reasonOf } from '../inputs.ts';

/** One `--mount HOST:GUEST[:ro]`. */
export interface MountDefinition {
  /** Real path of the folder of this machine. */
  readonly host: string;
  /** Absolute path that programs see it at. */
  readonly guest: string;
  /** Else what the program changes is written back. */
  readonly readOnly: boolean;
}

/**
 * Takes the definitions of all `--mount` options apart.
 *
 * @throws {InvalidRequestError} naming what is wrong: a folder that is not there, paths that overlap.
 */
export async function parseMounts(texts: readonly string[]): Promise<MountDefinition[]> {
  const mounts: MountDefinition[] = [];
  for (const text of texts) {
    const mount = await parseMount(text);
    for (const other of mounts) {
      if (overlap(mount.guest, other.guest, '/')) {
        throw invalid(`${show(mount.guest)} and ${show(other.guest)} overlap; give each folder a path of its own`);
      }
      if (!(mount.readOnly && other.readOnly) && overlap(mount.host, other.host, sep)) {
        throw invalid(`${show(mount.host)} and ${show(other.host)} overlap, and one is written back; add :ro to both`);
      }
    }
    mounts.push(mount);
  }
  return mounts;
}

async function parseMount(text: string): Promise<MountDefinition> {
  // The host's part may hold a colon; the guest's may not.
  const [, host, guest, readOnly] = /^(.+?):(\/[^:]*)(:ro)?$/s.exec(text) ?? [];
  if (host === undefined || guest === undefined) {
    throw invalid(`${show(text)} is not HOST:GUEST[:ro]; write for example ./data:/app/data, GUEST being absolute`);
  }
  const path = posix.normalize(guest).replace(/(?<=.)\/$/, '');
  if (readOnly === undefined && path !== '/app' && !path.startsWith('/app/')) {
    throw invalid(`${show(path)} is not inside /app, where programs can write; choose a path there, or add :ro`);
  }
  const info = await stat(host).catch((error: unknown) => {
    throw invalid(`cannot read the folder ${show(host)}: ${reasonOf(error)}; give a folder that is there`);
  });
  if (!info.isDirectory()) throw invalid(`${show(host)} is not a folder; --module NAME=PATH lends a single file`);
  return { host: await realpath(host), guest: path, readOnly: readOnly !== undefined };
}

function overlap(one: string, other: string, separator: string): boolean {
  const end = (path: string): string => (path.endsWith(separator) ? path : path + separator);
  return end(one).startsWith(end(other)) || end(other).startsWith(end(one));
}

/** What is wrong with a mount. */
export function invalid(problem: string): InvalidRequestError {
  return new InvalidRequestError('mount', problem);
}

function show(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 197)}…` : text);
}
