import { fileType, native } from '../../native.ts';
import { resolveFrom, segments } from '../../path.ts';
import { state } from '../../state.ts';
import { alternatives, matchesParts } from '../glob.ts';
import { pathText } from './arguments.ts';
import { Dirent } from './stats.ts';

interface GlobOptions {
  cwd?: string;
  withFileTypes?: boolean;
  exclude?: readonly string[] | ((entry: string | Dirent) => boolean);
}

/** Paths below a directory that match a pattern, relative to the directory. */
export function globSync(pattern: string | readonly string[], options: GlobOptions = {}): (string | Dirent)[] {
  const patterns = (typeof pattern === 'string' ? [pattern] : pattern).flatMap(alternatives).map((one) => parts(one));
  const root = resolveFrom(state.workingDirectory, options.cwd === undefined ? '.' : pathText(options.cwd, 'cwd'));
  const { exclude } = options;
  const excluded = Array.isArray(exclude) ? exclude.flatMap(alternatives).map((one) => parts(one)) : [];
  const found: (string | Dirent)[] = [];
  const visit = (below: string): void => {
    const directory = below === '' ? root : `${root}/${below}`;
    const flat = native.readDirectory(directory);
    if (typeof flat === 'number') return;
    for (let i = 0; i < flat.length; i += 2) {
      const name = flat[i] as string;
      const type = flat[i + 1] as number;
      const path = below === '' ? name : `${below}/${name}`;
      const entry = options.withFileTypes ? new Dirent(name, directory, type) : path;
      if (typeof exclude === 'function' && exclude(options.withFileTypes ? entry : name)) continue;
      if (excluded.some((one) => matchesParts(segments(path), one))) continue;
      if (patterns.some((one) => matchesParts(segments(path), one))) found.push(entry);
      if (type === fileType.directory) visit(path);
    }
  };
  visit('');
  return found;
}

function parts(pattern: string): string[] {
  return segments(pattern).filter((part) => part !== '.' && part !== '');
}
