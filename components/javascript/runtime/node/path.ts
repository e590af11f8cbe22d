import * as posix from '../path.ts';
import { state } from '../state.ts';
import { registerNode } from './registry.ts';

function resolve(...paths: string[]): string {
  let result = state.workingDirectory;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as string;
    posix.isAbsolute(path); // throws for what is no string
    if (path !== '') result = posix.resolveFrom(result, path);
  }
  return result;
}

const path = {
  sep: '/',
  delimiter: ':',
  resolve,
  normalize: posix.normalize,
  isAbsolute: posix.isAbsolute,
  join: posix.join,
  relative: (from: string, to: string): string => posix.relativeFrom(state.workingDirectory, from, to),
  toNamespacedPath: (value: string): string => value,
  dirname: posix.dirname,
  basename: posix.basename,
  extname: posix.extname,
  format: posix.format,
  parse: posix.parse,
};

/** On the system that programs see there is no other kind of path. */
export const nodePath = { ...path, posix: path, win32: path };
(path as Record<string, unknown>)['posix'] = path;
(path as Record<string, unknown>)['win32'] = path;

registerNode('path', nodePath);
registerNode('path/posix', path);
