import { close, fstat, open, read } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { KnownPackages } from '../guidance/index.ts';
import type { LanguageKind } from '../types.ts';
import {
  headerBytes,
  mountPoints,
  parsePackages,
  readHeader,
  type SharedPack,
  type VendoredPackage,
} from '../vendor/index.ts';

const packs = new Map<LanguageKind, Promise<SharedPack | undefined>>();

/**
 * The packages of a language, once for the whole process; nothing where they are not built. Only the first bytes of
 * the file are read. It stays open: what a program reads later is of the same file, even if a build puts another in
 * its place.
 */
export function sharedPack(language: LanguageKind): Promise<SharedPack | undefined> {
  let pack = packs.get(language);
  if (pack === undefined) {
    pack = loadPack(language);
    packs.set(language, pack);
    pack.catch(() => packs.delete(language));
  }
  return pack;
}

async function loadPack(language: LanguageKind): Promise<SharedPack | undefined> {
  const path = builtFile(`${language}.pack`);
  if (path === undefined) return undefined;
  const handle = await promisify(open)(path, 'r');
  try {
    const { size } = await promisify(fstat)(handle);
    const head = new Uint8Array(headerBytes);
    await promisify(read)(handle, head, 0, headerBytes, 0);
    const header = readHeader(head, size);
    return {
      mountPoint: mountPoints[language],
      handle,
      header,
      bytes: new SharedArrayBuffer(size),
      present: new SharedArrayBuffer(header.files + 1),
    };
  } catch (error) {
    await promisify(close)(handle);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is damaged (${reason}); build it again`, { cause: error });
  }
}

/**
 * What is known of the packages; of both languages, sorted by language and name.
 *
 * @throws {Error} when they are not built.
 */
export async function readPackages(): Promise<readonly VendoredPackage[]> {
  const path = builtFile('packages.json');
  if (path === undefined) throw new Error('the vendored packages are not built; run "npm run build" in the checkout');
  return parsePackages(await readFile(path, 'utf8'));
}

function builtFile(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`golem-exec/vendor/${name}`);
  } catch {
    return undefined;
  }
}

let known: Promise<KnownPackages | undefined> | undefined;

/** What guidance has to know of the packages; nothing where they are not built. Read once. */
export function knownPackages(): Promise<KnownPackages | undefined> {
  known ??= readPackages().then(
    (all) => ({
      python: all.filter(({ language }) => language === 'python'),
      javascript: all.filter(({ language }) => language === 'javascript'),
    }),
    () => undefined,
  );
  return known;
}
