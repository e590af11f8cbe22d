declare module 'buffer/index.js' {
  export const Buffer: unknown;
}
declare module 'readable-stream/lib/stream.js' {
  const stream: unknown;
  export default stream;
}
declare module 'readable-stream/lib/stream/promises.js' {
  const promises: { pipeline(...args: unknown[]): Promise<void>; finished(...args: unknown[]): Promise<void> };
  export default promises;
}
declare function queueMicrotask(callback: () => void): void;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare module 'whatwg-url/lib/url-state-machine.js' {
  const machine: unknown;
  export default machine;
}
declare module 'whatwg-url/lib/urlencoded.js' {
  const urlencoded: unknown;
  export default urlencoded;
}
declare module 'sucrase/dist/esm/parser/index.js' {
  export function parse(
    text: string,
    jsx: boolean,
    typescript: boolean,
    flow: boolean,
  ): { readonly tokens: readonly import('sucrase/dist/types/parser/tokenizer/index.d.ts').Token[] };
}
declare module 'sucrase/dist/esm/parser/tokenizer/keywords.js' {
  export const ContextualKeyword: typeof import('sucrase/dist/types/parser/tokenizer/keywords.d.ts').ContextualKeyword;
}
declare module 'sucrase/dist/esm/parser/tokenizer/types.js' {
  export const TokenType: typeof import('sucrase/dist/types/parser/tokenizer/types.d.ts').TokenType;
}
declare module 'tr46' {
  export function toASCII(domain: string, options: object): string | null;
  export function toUnicode(domain: string, options: object): { domain: string; error: boolean };
}
declare module '@exodus/bytes/encoding.js' {
  export const TextDecoder: new (
    label: string,
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => { readonly encoding: string; decode(input: Uint8Array, options: { stream: boolean }): string };
}
declare module '@formatjs/intl-numberformat/locale-data/en.js' {
  const data: unknown;
  export default data;
}
declare module '@formatjs/intl-pluralrules/locale-data/en.js' {
  const data: unknown;
  export default data;
}
declare module '@formatjs/intl-listformat/locale-data/en.js' {
  const data: unknown;
  export default data;
}
declare module '@formatjs/intl-relativetimeformat/locale-data/en.js' {
  const data: unknown;
  export default data;
}
declare module '@formatjs/intl-displaynames/locale-data/en.js' {
  const data: unknown;
  export default data;
}
declare module 'moment-timezone/data/packed/latest.json' {
  const data: { readonly zones: readonly string[]; readonly links: readonly string[] };
  export default data;
}
