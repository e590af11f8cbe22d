import type { LanguageKind } from '../types.ts';

/**
 * Units of fuel of the first use of what comes with a language, where it is not small: measured, in millions. Their test holds them
 * against a run.
 */
const millions: Readonly<Record<LanguageKind, Readonly<Record<string, number>>>> = {
  python: {
    doctest: 175,
    'email.mime.text': 148,
    'html.parser': 40,
    'http.client': 138,
    'http.cookies': 35,
    pdb: 80,
    tarfile: 38,
    unittest: 58,
    'unittest.mock': 104,
    'urllib.request': 182,
    'xml.dom.minidom': 45,
    multiprocessing: 23,
  },
  javascript: {
    assert: 22,
    buffer: 20,
    crypto: 90,
    fs: 80,
    'fs/promises': 60,
    os: 30,
    querystring: 24,
    readline: 27,
    'readline/promises': 27,
    stream: 57,
    'stream/promises': 57,
    string_decoder: 22,
    url: 30,
    util: 20,
    zlib: 87,
  },
};

/** Fuel of importing a module of the language itself. */
export function moduleFuel(name: string, language: LanguageKind): number {
  const table = millions[language];
  const bare = name.replace(/^node:/, '');
  return Object.hasOwn(table, bare) ? (table[bare] ?? 0) * 1e6 : 0;
}

/** The names of the table, for its test. */
export function measuredModules(language: LanguageKind): readonly string[] {
  return Object.keys(millions[language]);
}
