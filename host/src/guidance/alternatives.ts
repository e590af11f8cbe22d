import type { LanguageKind } from '../types.ts';

/** What does the work of packages that are often asked for and are not here; the last word where nothing does. */
const alternatives: Readonly<Record<LanguageKind, Readonly<Record<string, string>>>> = {
  python: {
    aiohttp: 'programs have no network: send the data with upload_file',
    httpx: 'programs have no network: send the data with upload_file',
    urllib3: 'programs have no network: send the data with upload_file',
    selenium: 'programs have no network and no browser: send pages with upload_file and read them with bs4',
    playwright: 'programs have no network and no browser: send pages with upload_file and read them with bs4',
    docx: 'mammoth reads Word files, as HTML or text',
    reportlab: 'fpdf writes PDF files',
    fitz: 'pypdf reads PDF files',
    pdfplumber: 'pypdf reads PDF files',
    fuzzywuzzy: 'rapidfuzz does the same',
    Levenshtein: 'rapidfuzz and textdistance do the same',
    ujson: 'json does the same',
    orjson: 'json does the same',
    toml: 'tomllib reads TOML, tomli_w writes it',
    tomli: 'tomllib reads TOML',
    arrow: 'datetime, dateutil and pytz do the same',
    pendulum: 'datetime, dateutil and pytz do the same',
    seaborn: 'pygal, drawsvg (SVG) and plotext (text) draw',
    plotly: 'pygal, drawsvg (SVG) and plotext (text) draw',
    qrcode: 'segno makes QR codes',
    pydantic: 'dataclasses, attrs, marshmallow and jsonschema do such work',
    termcolor: 'rich does the same',
    unidecode: 'slugify and unicodedata do such work',
    nltk: 're, collections.Counter and rapidfuzz do simple work with texts',
    sklearn: 'statistics, mpmath and sympy are there; there is no machine learning',
  },
  javascript: {
    axios: 'programs have no network: send the data with upload_file',
    'node-fetch': 'programs have no network: send the data with upload_file',
    got: 'programs have no network: send the data with upload_file',
    express: 'programs have no network: they cannot serve',
    puppeteer:
      "programs have no network and no browser: send pages with upload_file and read them with requireVendor('html')",
    moment: "requireVendor('date') and Intl do the same",
    dayjs: "requireVendor('date') and Intl do the same",
    'date-fns': "requireVendor('date') and Intl do the same",
    luxon: "requireVendor('date') and Intl do the same",
    papaparse: "requireVendor('csv') does the same",
    'csv-parse': "requireVendor('csv') does the same",
    cheerio: "requireVendor('html') does the same",
    jsdom: "requireVendor('html') takes HTML apart",
    uuid: "crypto.randomUUID() and requireVendor('ids') do the same",
    nanoid: "requireVendor('ids') does the same",
    underscore: "requireVendor('lodash') does the same",
    ramda: "requireVendor('lodash') does much of the same",
    _: "requireVendor('lodash') is it",
    marked: "requireVendor('markdown') does the same",
    showdown: "requireVendor('markdown') does the same",
    exceljs: "requireVendor('xlsx') does the same",
    ajv: "requireVendor('json-schema') and requireVendor('zod') do the same",
    joi: "requireVendor('zod') does the same",
    yup: "requireVendor('zod') does the same",
    jszip: "requireVendor('zip') does the same",
    mathjs: "requireVendor('decimal'), 'fraction', 'matrix' and 'statistics' do such work",
    'big.js': "requireVendor('decimal') does the same",
    'bignumber.js': "requireVendor('decimal') does the same",
    chalk: 'print without colours',
    'fs-extra': 'node:fs does the same',
    handlebars: "requireVendor('mustache') does the same",
    ejs: "requireVendor('mustache') does the same",
  },
};

/** What to use in place of a package that is not here; nothing where that is not known. */
export function alternativeTo(name: string, language: LanguageKind): string | undefined {
  const top = language === 'python' ? (name.split('.')[0] ?? '') : name;
  const table = alternatives[language];
  return Object.hasOwn(table, top) ? table[top] : undefined;
}
