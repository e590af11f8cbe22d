import { typeError } from '../../errors.ts';
import { apply } from '../../primordials.ts';

/** `util.MIMEType` and `util.MIMEParams`: types as the MIME Sniffing Standard reads and writes them. */

/** What may not stand in a token, and what not in a quoted string. */
const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuoted = /[^\t\x20-~\x80-\xff]/;

function malformed(what: string, text: string, at: number): Error {
  return typeError(
    'ERR_INVALID_MIME_SYNTAX',
    `The MIME syntax for a ${what} in "${text}" is invalid${at < 0 ? '' : ` at ${at}`}`,
  );
}

/** @throws {TypeError} for what is no token. `within` is the whole text, for the message. */
function token(text: string, what: string, within = text): string {
  const at = text.search(notToken);
  if (text === '' || at >= 0) throw malformed(what, within, at);
  return text;
}

const trimStart = (text: string): string => text.replace(/^[\r\n\t ]+/, '');
const trimEnd = (text: string): string => text.slice(0, text.length - endLength(text));

/** How many characters of white space a text ends with. */
function endLength(text: string): number {
  let length = 0;
  while (length < text.length && '\r\n\t '.includes(text.charAt(text.length - 1 - length))) length++;
  return length;
}

/** The quoted string at the start of a text, and where it ends. */
function quotedAt(text: string): [value: string, end: number] {
  let value = '';
  for (let at = 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return [value, at + 1];
    if (character === '\\' && at + 1 < text.length) value += text.charAt(++at);
    else value += character;
  }
  return [value, text.length];
}

function written(value: string): string {
  return value !== '' && !notToken.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The parameters of a type: names in lower case, each once, the first counts. */
export class MIMEParams {
  readonly #values = new Map<string, string>();

  delete(name: unknown): void {
    this.#values.delete(`${name as string}`);
  }
  get(name: unknown): string | null {
    return this.#values.get(`${name as string}`) ?? null;
  }
  has(name: unknown): boolean {
    return this.#values.has(`${name as string}`);
  }
  /** @throws {TypeError} ERR_INVALID_MIME_SYNTAX for what cannot be written down. */
  set(name: unknown, value: unknown): void {
    const text = `${value as string}`;
    const key = token(`${name as string}`, 'parameter name');
    const at = text.search(notQuoted);
    if (at >= 0) throw malformed('parameter value', text, at);
    this.#values.set(key, text);
  }
  entries(): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
  keys(): IterableIterator<string> {
    return this.#values.keys();
  }
  values(): IterableIterator<string> {
    return this.#values.values();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
  toString(): string {
    return [...this.#values].map(([name, value]) => `${name}=${written(value)}`).join(';');
  }
  toJSON(): string {
    return this.toString();
  }
}

// As they were at first, whatever a program makes of them.
const { has, set } = MIMEParams.prototype;

/** Reads what follows the subtype. What is malformed there is passed over. */
function read(text: string): MIMEParams {
  const params = new MIMEParams();
  let rest = text;
  while (rest !== '') {
    rest = trimStart(rest);
    const nameEnd = rest.search(/[;=]|$/);
    const name = rest.slice(0, nameEnd).toLowerCase();
    const hasValue = rest[nameEnd] === '=';
    rest = rest.slice(nameEnd + 1);
    if (!hasValue) continue;
    let value: string;
    const isQuoted = rest[0] === '"';
    if (isQuoted) {
      const [inner, end] = quotedAt(rest);
      value = inner;
      const next = rest.indexOf(';', end);
      rest = next < 0 ? '' : rest.slice(next + 1);
    } else {
      const end = rest.search(/;|$/);
      value = trimEnd(rest.slice(0, end));
      rest = rest.slice(end + 1);
    }
    const isValid = name !== '' && !notToken.test(name) && !notQuoted.test(value);
    if (isValid && (isQuoted || value !== '') && !apply(has, params, [name])) apply(set, params, [name, value]);
  }
  return params;
}

export class MIMEType {
  #type: string;
  #subtype: string;
  readonly #params: MIMEParams;

  /** @throws {TypeError} ERR_INVALID_MIME_SYNTAX */
  constructor(input: unknown) {
    const text = `${input as string}`;
    const body = trimStart(text);
    const slash = body.indexOf('/');
    const type = slash < 0 ? body : body.slice(0, slash);
    if (slash < 0) throw malformed('type', text, type.search(notToken));
    this.#type = token(type, 'type', text).toLowerCase();
    const rest = body.slice(slash + 1);
    const end = rest.search(/;|$/);
    this.#subtype = token(trimEnd(rest.slice(0, end)), 'subtype', text).toLowerCase();
    this.#params = read(rest.slice(end + 1));
  }

  get type(): string {
    return this.#type;
  }
  set type(value: unknown) {
    this.#type = token(`${value as string}`, 'type').toLowerCase();
  }
  get subtype(): string {
    return this.#subtype;
  }
  set subtype(value: unknown) {
    this.#subtype = token(`${value as string}`, 'subtype').toLowerCase();
  }
  get essence(): string {
    return `${this.#type}/${this.#subtype}`;
  }
  get params(): MIMEParams {
    return this.#params;
  }
  toString(): string {
    const params = `${this.#params}`;
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
  toJSON(): string {
    return this.toString();
  }
}
