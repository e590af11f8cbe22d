import machine from 'whatwg-url/lib/url-state-machine.js';
import urlencoded from 'whatwg-url/lib/urlencoded.js';

/** The URL Standard's algorithms, from `whatwg-url`; the classes over them are ours. */

/** URL Standard §4.1: a URL record. */
export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  host: unknown;
  port: number | null;
  path: string | string[];
  query: string | null;
  fragment: string | null;
}

export type Pair = [name: string, value: string];

interface ParseOptions {
  readonly baseURL?: UrlRecord | null;
  readonly url?: UrlRecord;
  /** Begins in this state and changes `url`, as the setters do. */
  readonly stateOverride?: string;
}

interface Machine {
  basicURLParse(input: string, options?: ParseOptions): UrlRecord | null;
  serializeURL(url: UrlRecord, excludeFragment?: boolean): string;
  serializeURLOrigin(url: UrlRecord): string;
  serializePath(url: UrlRecord): string;
  serializeHost(host: unknown): string;
  setTheUsername(url: UrlRecord, username: string): void;
  setThePassword(url: UrlRecord, password: string): void;
  cannotHaveAUsernamePasswordPort(url: UrlRecord): boolean;
  hasAnOpaquePath(url: UrlRecord): boolean;
}

export const {
  basicURLParse,
  serializeURL,
  serializeURLOrigin,
  serializePath,
  serializeHost,
  setTheUsername,
  setThePassword,
  cannotHaveAUsernamePasswordPort,
  hasAnOpaquePath,
} = machine as Machine;

export const { parseUrlencodedString, serializeUrlencoded } = urlencoded as {
  parseUrlencodedString(text: string): Pair[];
  serializeUrlencoded(pairs: readonly Pair[]): string;
};

/** Parses a URL against an optional base; null when one of them is not valid. */
export function parseUrl(input: string, base: string | undefined): UrlRecord | null {
  if (base === undefined) return basicURLParse(input);
  const baseURL = basicURLParse(base);
  return baseURL === null ? null : basicURLParse(input, { baseURL });
}
