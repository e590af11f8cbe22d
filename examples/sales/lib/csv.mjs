/** The text is not valid CSV; `line` is where the parser stopped, counted from 1. */
export class CsvError extends Error {
  constructor(line) {
    super(`not valid CSV, see line ${line}`);
    this.name = 'CsvError';
    this.line = line;
  }
}

const lineEnd = /\r\n|\r|\n/y;
const plain = /[^,\r\n]*/y;
const quoted = /"([^"]*(?:""[^"]*)*)"(?!")/y;

/** How many lines a text has begun. */
function lineOf(text) {
  return text.split(/\r\n|\r|\n/).length;
}

/** The match of a sticky pattern at `at`, or null. */
function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * The rows of a CSV text as arrays of strings; a blank line is an empty row. A quoted field may hold commas, line
 * ends and doubled quotes (RFC 4180 §2).
 */
export function* parseRows(text) {
  let at = 0;
  let row = [];
  while (at < text.length) {
    const match = matchAt(text[at] === '"' ? quoted : plain, text, at);
    if (match === null) throw new CsvError(lineOf(text.replace(/(?:\r\n|\r|\n)$/, '')));
    row.push(match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'));
    at += match[0].length;
    if (text[at] === ',') {
      at++;
      if (at < text.length) continue;
      row.push('');
    }
    const end = matchAt(lineEnd, text, at);
    if (end === null && at < text.length) throw new CsvError(lineOf(text.slice(0, at)));
    at += end === null ? 0 : end[0].length;
    yield row.length === 1 && match[0] === '' ? [] : row;
    row = [];
  }
}
