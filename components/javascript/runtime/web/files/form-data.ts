import { illegalInvocation } from '../brand.ts';
import { expose, pairIterators, showAs, usvString } from '../shape.ts';
import { type Blob, blobBytes, type File, isBlob, isFile, ownedFile } from './blob.ts';

/** XMLHttpRequest Standard §5: FormData. */

export type FormValue = string | File;
export type FormEntry = [name: string, value: FormValue];

let entriesOf: (form: FormData) => FormEntry[];
let hasEntries: (value: object) => boolean;

function need(method: string, given: { readonly length: number }, count: number): void {
  if (given.length >= count) return;
  const words = `${count} argument${count === 1 ? '' : 's'} required`;
  throw new TypeError(
    `FormData.${method}: ${words}, but ${given.length === 0 ? 'only 0' : `only ${given.length}`} found.`,
  );
}

function entryOf(name: unknown, value: unknown, rest: readonly unknown[]): FormEntry {
  const [fileName] = rest;
  if (!isBlob(value)) {
    if (rest.length > 0) throw new TypeError('FormData.append: a file name is for a Blob only');
    return [usvString(name), usvString(value)];
  }
  const isNamed = fileName !== undefined;
  if (isFile(value) && !isNamed) return [usvString(name), value];
  const title = isNamed ? usvString(fileName) : 'blob';
  const modified = isFile(value) ? value.lastModified : undefined;
  return [usvString(name), ownedFile(blobBytes(value as Blob), title, (value as Blob).type, modified)];
}

export class FormData {
  #entries: FormEntry[] = [];

  static {
    entriesOf = (form) => {
      if (typeof form !== 'object' || form === null || !(#entries in form)) throw illegalInvocation();
      return form.#entries;
    };
    hasEntries = (value) => #entries in value;
  }

  constructor(form: unknown = undefined) {
    if (form !== undefined)
      throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }

  append(name: unknown, value: unknown, ...rest: unknown[]): void {
    const entries = entriesOf(this);
    // biome-ignore lint/complexity/noArguments: an `undefined` that was given is not one that is missing
    need('append', arguments, 2);
    entries.push(entryOf(name, value, rest));
  }

  delete(name: unknown): void {
    // biome-ignore lint/complexity/noArguments: as above
    need('delete', arguments, 1);
    const key = usvString(name);
    this.#entries = this.#entries.filter((entry) => entry[0] !== key);
  }

  get(name: unknown): FormValue | null {
    const entries = entriesOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('get', arguments, 1);
    const key = usvString(name);
    return entries.find((entry) => entry[0] === key)?.[1] ?? null;
  }

  getAll(name: unknown): FormValue[] {
    const entries = entriesOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('getAll', arguments, 1);
    const key = usvString(name);
    return entries.filter((entry) => entry[0] === key).map((entry) => entry[1]);
  }

  has(name: unknown): boolean {
    const entries = entriesOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('has', arguments, 1);
    const key = usvString(name);
    return entries.some((entry) => entry[0] === key);
  }

  set(name: unknown, value: unknown, ...rest: unknown[]): void {
    const entries = entriesOf(this);
    // biome-ignore lint/complexity/noArguments: as above
    need('set', arguments, 2);
    const entry = entryOf(name, value, rest);
    const at = entries.findIndex((one) => one[0] === entry[0]);
    if (at < 0) {
      entries.push(entry);
      return;
    }
    this.#entries = entries.filter((one, index) => index <= at || one[0] !== entry[0]);
    this.#entries[at] = entry;
  }

  entries(): IterableIterator<FormEntry> {
    return iterate(own(this), 'key+value');
  }

  keys(): IterableIterator<string> {
    return iterate(own(this), 'key');
  }

  values(): IterableIterator<FormValue> {
    return iterate(own(this), 'value');
  }

  forEach(callback: (this: unknown, value: FormValue, name: string, form: FormData) => void, self?: unknown): void {
    own(this);
    if (typeof callback !== 'function')
      throw new TypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.");
    for (let i = 0; i < this.#entries.length; i++) {
      const [name, value] = this.#entries[i] as FormEntry;
      callback.call(self, value, name, this);
    }
  }
}

function own(form: FormData): FormData {
  entriesOf(form);
  return form;
}

const iterate = pairIterators<FormData>('FormData', (form, index) => entriesOf(form)[index]) as <T>(
  form: FormData,
  kind: 'key' | 'value' | 'key+value',
) => IterableIterator<T>;

Reflect.defineProperty(FormData.prototype, Symbol.iterator, {
  value: FormData.prototype.entries,
  writable: true,
  configurable: true,
});
expose(FormData, 'FormData');
showAs(FormData, (form) => {
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of entriesOf(form)) {
    const known = fields[name];
    if (known === undefined) fields[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else fields[name] = [known, value];
  }
  return Object.assign({}, fields);
});

export function isFormData(value: unknown): value is FormData {
  return typeof value === 'object' && value !== null && hasEntries(value);
}

export function formEntries(form: FormData): readonly FormEntry[] {
  return entriesOf(form);
}
