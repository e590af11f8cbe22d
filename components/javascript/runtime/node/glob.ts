/** Patterns for paths: `*`, `**`, `?`, `[…]` and `{a,b}`, as `path.matchesGlob` and `fs.glob` take them. */

const special = /[\\^$.|?*+()[\]{}]/;

/** The regular expression of one part between two slashes. */
export function partPattern(part: string): RegExp {
  return new RegExp(`^${translate(part)}$`);
}

function translate(part: string): string {
  let source = '';
  for (let i = 0; i < part.length; i++) {
    const letter = part[i] as string;
    if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (letter === '[' && part.indexOf(']', i + 2) > 0) {
      const end = part.indexOf(']', i + 2);
      const inner = part.slice(i + 1, end).replace(/\\/g, '\\\\');
      source += `[${inner[0] === '!' ? `^${inner.slice(1)}` : inner}]`;
      i = end;
    } else source += special.test(letter) ? `\\${letter}` : letter;
  }
  return source;
}

/** `{a,b}` written out: every pattern that the braces stand for. */
export function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  let depth = 0;
  const parts: string[] = [];
  let from = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const letter = pattern[i];
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    if ((letter === ',' && depth === 1) || depth === 0) {
      parts.push(pattern.slice(from, i));
      from = i + 1;
    }
    if (depth > 0) continue;
    if (parts.length < 2) break;
    return parts.flatMap((part) => alternatives(pattern.slice(0, open) + part + pattern.slice(i + 1)));
  }
  return [pattern];
}

/** Do the parts of a path match those of a pattern? `**` stands for any number of them. */
export function matchesParts(path: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    for (let i = 0; i <= path.length; i++) if (matchesParts(path.slice(i), rest)) return true;
    return false;
  }
  const [head, ...tail] = path;
  if (head === undefined || (head[0] === '.' && first[0] !== '.')) return false;
  return partPattern(first).test(head) && matchesParts(tail, rest);
}
