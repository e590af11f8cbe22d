import { requireObject, requireString } from '../../errors.ts';
import * as paths from '../../path.ts';
import { state } from '../../state.ts';
import { alternatives, matchesParts } from '../glob.ts';
import { windowsPath } from './win32.ts';

/** `node:path`. */

function resolve(...all: string[]): string {
  let result = state.workingDirectory;
  // From the right, as Node: what stands before an absolute path is not looked at.
  let from = all.length - 1;
  while (from > 0 && !(typeof all[from] === 'string' && paths.isAbsolute(all[from] as string))) from--;
  for (let i = Math.max(from, 0); i < all.length; i++) {
    const path = all[i] as string;
    requireString(path, `paths[${i}]`);
    if (path !== '') result = paths.resolveFrom(result, path);
  }
  return result;
}

function matches(separator: RegExp): (path: string, pattern: string) => boolean {
  return (path, pattern) => {
    const parts = path.split(separator);
    return alternatives(pattern).some((one) => matchesParts(parts, one.split('/')));
  };
}

function format(value: Partial<paths.ParsedPath>): string {
  requireObject(value, 'pathObject');
  return paths.format(value);
}

interface Path {
  sep: string;
  posix?: Path;
  win32?: Path;
}

export const posix = {
  sep: '/',
  delimiter: ':',
  resolve,
  normalize: paths.normalize,
  isAbsolute: paths.isAbsolute,
  join: paths.join,
  relative: (from: string, to: string): string => paths.relativeFrom(state.workingDirectory, from, to),
  toNamespacedPath: (path: string): string => path,
  dirname: paths.dirname,
  basename: paths.basename,
  extname: paths.extname,
  format,
  parse: paths.parse,
  matchesGlob: matches(/\//),
} as Path & Record<string, unknown>;

export const win32 = { ...windowsPath, matchesGlob: matches(/[\\/]/) } as Path & Record<string, unknown>;
posix.win32 = win32;
win32.win32 = win32;
posix.posix = posix;
win32.posix = posix;
