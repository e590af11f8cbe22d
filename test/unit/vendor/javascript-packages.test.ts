/** Our own JavaScript packages, by their laws; that they run in the engine is shown in test/integration/javascript/vendor.test.ts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as csv from '../../../vendor_js/packages/csv.ts';
import * as date from '../../../vendor_js/packages/date.ts';
import { fromDependencies, Graph } from '../../../vendor_js/packages/graph.ts';
import { isUuid, nanoid, uuid, uuid7 } from '../../../vendor_js/packages/ids.ts';
import { assertValid, validate } from '../../../vendor_js/packages/json-schema.ts';
import * as json from '../../../vendor_js/packages/json-utils.ts';
import * as query from '../../../vendor_js/packages/query.ts';
import * as str from '../../../vendor_js/packages/string.ts';
import { table } from '../../../vendor_js/packages/table.ts';
import * as xlsx from '../../../vendor_js/packages/xlsx.ts';

const cell = fc.oneof(
  fc.string(),
  fc.constantFrom('', '0', 'a,b', '"', '""', 'x\ny', 'x\r\ny', ' padded ', '\ufeff', '__proto__', ';', '#'),
);
/** JSON values; -0 is 0 there. */
const value = fc.jsonValue().map((each) => JSON.parse(JSON.stringify(each)) as unknown);

describe('csv', () => {
  test('what is written is read again, whatever the delimiter and the end of lines', () => {
    const names = fc.uniqueArray(
      cell.filter((name) => name !== ''),
      { minLength: 1, maxLength: 4 },
    );
    const rows = names.chain((keys) =>
      fc.array(fc.record(Object.fromEntries(keys.map((key) => [key, cell])))).map((list) => ({ keys, list })),
    );
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        ({ keys, list }, delimiter, newline, bom) => {
          const text = csv.stringify(list, { columns: keys, delimiter, newline, bom });
          const read = csv.parse(text, { delimiter });
          expect(read.map((row) => keys.map((key) => row[key]))).toEqual(
            list.map((row) => keys.map((key) => (Object.hasOwn(row, key) ? row[key] : ''))),
          );
        },
      ),
    );
  });

  test('falsy values are written as they are', () => {
    expect(csv.stringify([{ a: 0, b: false, c: '', d: null, e: undefined, f: -0 }])).toBe(
      'a,b,c,d,e,f\n0,false,,,,0\n',
    );
    expect(csv.parse('a\n0\n', { types: true })).toEqual([{ a: 0 }]);
    expect(csv.parse(csv.stringify([{ a: '' }, { a: 'x' }]))).toEqual([{ a: '' }, { a: 'x' }]);
  });

  test('types are found where nothing is lost', () => {
    const [row] = csv.parse('i,f,e,t,z,big,q,n\n1,-2.5,1e3,true,007,12345678901234567890,"5",null\n', { types: true });
    expect(row).toEqual({ i: 1, f: -2.5, e: 1000, t: true, z: '007', big: '12345678901234567890', q: '5', n: null });
  });

  test('rows of wrong lengths lose nothing, and names are unique', () => {
    expect(csv.parse('a,a,\n1\n1,2,3,4\n')).toEqual([
      { a: '1', a_2: '', column_3: '' },
      { a: '1', a_2: '2', column_3: '3', column_4: '4' },
    ]);
    const [row] = csv.parse('__proto__,constructor\nx,y\n');
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });

  test('a quote that is never closed is an error with its line; comments and delimiters are found', () => {
    expect(() => csv.parse('a\n1\n"open\n2\n')).toThrow('the quote opened in line 3 is never closed');
    expect(csv.parse('# note\na;b\n1;2\n', { comment: '#', delimiter: 'auto' }).length).toBe(1);
    expect(csv.parse('a;b\r1;2\r', { delimiter: 'auto' })).toEqual([{ a: '1', b: '2' }]);
    expect(() => csv.parse('a', { delimiter: ',,' })).toThrow(/delimiter must be one character/);
  });
});

describe('json-utils', () => {
  test('what is set is got, and nothing is changed', () => {
    fc.assert(
      fc.property(
        fc.object(),
        fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat(20)), { minLength: 1, maxLength: 5 }),
        value,
        (before, path, made) => {
          const copy = structuredClone(before);
          expect(json.get(json.set(before, path, made), path)).toEqual(made);
          expect(before).toEqual(copy);
        },
      ),
    );
  });

  test('a patch with the differences makes the other value', () => {
    fc.assert(fc.property(value, value, (a, b) => void expect(json.patch(a, json.diff(a, b))).toEqual(b)));
  });

  test('unflatten undoes flatten, and equal values have equal texts', () => {
    const containers = fc.oneof(
      fc.array(value, { minLength: 1 }),
      fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 1 }),
    );
    fc.assert(fc.property(containers, (each) => void expect(json.unflatten(json.flatten(each))).toEqual(each)));
    expect(json.stableStringify({ b: 1, a: { d: 1, c: 2 } })).toBe(json.stableStringify({ a: { c: 2, d: 1 }, b: 1 }));
  });

  test('prototypes are out of reach', () => {
    const polluted = json.merge({}, JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}'));
    json.set({}, '__proto__.x', 1);
    json.set({}, ['constructor', 'prototype', 'y'], 1);
    expect([({} as { x?: 1 }).x, ({} as { y?: 1 }).y, Object.keys(polluted)]).toEqual([
      undefined,
      undefined,
      ['__proto__', 'constructor'],
    ]);
    expect(json.get({}, 'constructor.name', 'none')).toBe('none');
  });
});

describe('json-schema', () => {
  test('references, drafts and every error', () => {
    const schema = { $defs: { id: { type: 'integer', minimum: 1 } }, type: 'array', items: { $ref: '#/$defs/id' } };
    expect(validate([1, 2], schema)).toEqual({ valid: true, errors: [] });
    expect(validate([0, 'x'], schema).errors.map(({ path, keyword }) => [path, keyword])).toEqual([
      ['/0', 'minimum'],
      ['/1', 'type'],
    ]);
    expect(Object.keys(schema)).toEqual(['$defs', 'type', 'items']);
    const other = { $id: 'https://example.org/name', type: 'string' };
    expect(validate(5, { $ref: 'https://example.org/name' }, { schemas: [other] }).valid).toBe(false);
    expect(
      validate([1], { $schema: 'http://json-schema.org/draft-04/schema#', type: 'array', items: [{ type: 'string' }] })
        .valid,
    ).toBe(false);
    expect(() => assertValid({}, { required: ['a'] })).toThrow(/not valid: .*"a"/);
  });
});

describe('xlsx', () => {
  test('what is written is read again', () => {
    const made = xlsx.write({
      'A & B': [{ t: 'x <y> "z"', n: -1.5, b: false, d: new Date(Date.UTC(2024, 1, 29, 12)), e: null }],
      Empty: [],
      List: [[1, 'two'], [], [null, 3]],
    });
    expect(xlsx.read(made)).toEqual({
      'A & B': [{ t: 'x <y> "z"', n: -1.5, b: false, d: new Date(Date.UTC(2024, 1, 29, 12)), e: null }],
      Empty: [],
      List: [{ 1: null, two: 3 }],
    });
    expect(xlsx.readRows(made)['List']).toEqual([[1, 'two'], [], [null, 3]]);
    expect(() => xlsx.write({ 'a/b': [] })).toThrow(/no name for a sheet/);
    expect(() => xlsx.read(new Uint8Array(10))).toThrow(/these bytes are no .xlsx file/);
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc
              .string({ unit: 'grapheme' })
              .filter((text) => !/[\ufffe\uffff\ud800-\udfff]/.test(text) || text.isWellFormed()),
            { minLength: 1 },
          ),
          { minLength: 1 },
        ),
        (rows) => {
          expect(xlsx.readRows(xlsx.write(rows))['Sheet1']).toEqual(rows);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the others', () => {
  test('string: slugs, cases, distances', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => void expect(str.slugify(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/),
      ),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => void expect(str.levenshtein(a, b)).toBe(str.levenshtein(b, a))),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(40),
        (text, length) => void expect([...str.truncate(text, length)].length).toBeLessThanOrEqual(Math.max(length, 0)),
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void expect(str.unescapeHtml(str.escapeHtml(text))).toBe(text)));
    expect([
      str.levenshtein('kitten', 'sitting'),
      str.levenshtein('', 'ab'),
      str.dedent('  a\n    b\n'),
      str.wrap('aa bb cc', 5),
    ]).toEqual([3, 2, 'a\n  b\n', 'aa bb\ncc']);
    expect(() => str.template('{a.b}', { a: {} })).toThrow('there is no value for {a.b}');
  });

  test('date: the calendar, and what is no date', () => {
    expect(date.add('2024-01-31', 1, 'month')).toEqual(new Date('2024-02-29'));
    expect(date.format('2024-12-30', 'GGGG-[W]WW')).toMatch(/W01$/);
    expect([
      date.diff('2024-03-01', '2024-02-01'),
      date.quarter('2024-05-05'),
      date.dayOfYear('2024-12-31'),
      date.weekday('2024-03-03'),
    ]).toEqual([29, 2, 366, 7]);
    expect(() => date.parse('31.02.2024', 'DD.MM.YYYY')).toThrow(/is no date of the form DD.MM.YYYY/);
    expect(() => date.format('nonsense')).toThrow(/is no date/);
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        fc.nat(3000),
        (day, count) => void expect(date.diff(date.add(day, count, 'day'), day, 'day')).toBe(count),
      ),
    );
  });

  test('graph: order, circles, ways', () => {
    expect(fromDependencies({ a: ['b'], b: ['c'], c: [] }).topologicalSort()).toEqual(['c', 'b', 'a']);
    expect(() => fromDependencies({ a: ['b'], b: ['a'] }).topologicalSort()).toThrow(
      /there is no order: a → b → a|there is no order: b → a → b/,
    );
    expect(new Graph([['a', 'b', 2]]).shortestPath('b', 'a')).toBeUndefined();
    expect(
      [
        ...new Graph([
          ['a', 'b'],
          ['c', 'b'],
        ])
          .pageRank()
          .values(),
      ].reduce((sum, rank) => sum + rank),
    ).toBeCloseTo(1);
    expect(
      new Graph([
        ['a', 'b'],
        ['c', 'd'],
        ['d', 'e'],
      ]).components(),
    ).toEqual([
      ['c', 'd', 'e'],
      ['a', 'b'],
    ]);
  });

  test('ids, query, table', () => {
    expect([
      isUuid(uuid()),
      isUuid(uuid7()),
      new Set([uuid(), uuid()]).size,
      nanoid(8, 'ab').replace(/[ab]/g, ''),
    ]).toEqual([true, true, 2, '']);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => !name.endsWith('[]')),
          fc.string(),
        ),
        (values) => void expect(query.parse(query.stringify(values))).toEqual({ ...values }),
      ),
    );
    expect(
      table(
        [
          { a: '漢', n: 1 },
          { a: 'b|c', n: 22 },
        ],
        { format: 'markdown' },
      ),
    ).toBe('| a    |   n |\n| ---- | --: |\n| 漢   |   1 |\n| b\\|c |  22 |');
    expect(
      table(
        [
          [1, 'x'],
          [22, null],
        ],
        { format: 'box', missing: '-' },
      ),
    ).toBe('┌────┬───┐\n│  1 │ x │\n│ 22 │ - │\n└────┴───┘');
  });
});
