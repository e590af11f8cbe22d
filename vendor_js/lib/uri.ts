/**
 * The part of `URL` that resolving references needs (RFC 3986 §5.2), for packages that must run where there is none.
 * esbuild puts it in place of the global (build/vendor-javascript.ts).
 */
const parts = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/i;

type Parts = [
  scheme: string | undefined,
  authority: string | undefined,
  path: string,
  query: string | undefined,
  fragment: string | undefined,
];

function split(text: string): Parts {
  const found = parts.exec(text);
  return [found?.[1], found?.[2], found?.[3] ?? '', found?.[4], found?.[5]];
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (isLast) kept.push('');
    } else if (segment === '.') {
      if (isLast) kept.push('');
    } else kept.push(segment);
  }
  return kept.join('/');
}

function resolve(reference: Parts, base: Parts): Parts {
  const [scheme, authority, path, query, fragment] = reference;
  if (scheme !== undefined) return [scheme, authority, withoutDots(path), query, fragment];
  if (authority !== undefined) return [base[0], authority, withoutDots(path), query, fragment];
  if (path === '') return [base[0], base[1], base[2], query ?? base[3], fragment];
  const merged = path.startsWith('/')
    ? path
    : base[2] === ''
      ? `/${path}`
      : base[2].slice(0, base[2].lastIndexOf('/') + 1) + path;
  return [base[0], base[1], withoutDots(merged), query, fragment];
}

export class URL {
  #parts: Parts;

  constructor(reference: string, base?: string) {
    const own = split(String(reference));
    this.#parts = base === undefined ? own : resolve(own, split(String(base)));
    if (this.#parts[0] === undefined) throw new TypeError(`Invalid URL: ${reference}`);
  }

  get hash(): string {
    return this.#parts[4] ? `#${this.#parts[4]}` : '';
  }

  set hash(text: string) {
    this.#parts[4] = text.replace(/^#/, '') || undefined;
  }

  get href(): string {
    const [scheme, authority, path, query] = this.#parts;
    return `${scheme}:${authority === undefined ? '' : `//${authority}`}${path}${query === undefined ? '' : `?${query}`}${this.hash}`;
  }

  toString(): string {
    return this.href;
  }
}
