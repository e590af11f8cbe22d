import { beforeAll, describe, expect, test } from 'vitest';
import { useExecutor } from '../support.ts';
import { testParity } from './parity.ts';
import { type UrlRow, urls } from './url-table.ts';

describe('the URL Standard’s table', () => {
  const run = useExecutor();
  let parsed: (string[] | null)[];
  beforeAll(async () => {
    const program = `
      const results = ${JSON.stringify(urls.map(([input, base]) => [input, base]))}.map(([input, base]) => {
        base ??= undefined;
        if (URL.canParse(input, base) !== (URL.parse(input, base) !== null)) throw new Error('canParse: ' + input);
        try {
          const url = new URL(input, base);
          return [url.href, url.origin];
        } catch (error) {
          return error.code === 'ERR_INVALID_URL' && error instanceof TypeError ? null : [String(error)];
        }
      });
      console.log(JSON.stringify(results));`;
    const ended = await run(program);
    expect(ended).toMatchObject({ tag: 'ok', stderr: '' });
    parsed = JSON.parse(ended.stdout);
  });
  test('has at least 150 rows', () => expect(urls.length).toBeGreaterThanOrEqual(150));
  test.each(urls.map((row, index) => [`${JSON.stringify(row[0])} ${row[1] ?? ''}`, index] as const))(
    '%s',
    (_, index) => {
      const [, , href, origin] = urls[index] as UrlRow;
      expect(parsed[index]).toEqual(href === null ? null : [href, origin]);
    },
  );
});

/** `url.member = value`, as the Standard's setter table has it. */
const setters = [
  ['a://example.net', 'protocol', 'b'],
  ['http://example.net', 'protocol', 'https:foo : bar'],
  ['http://example.net', 'protocol', 'b'],
  ['https://example.net:1234', 'protocol', 'file'],
  ['mailto:me@example.net', 'protocol', 'http'],
  ['file:///home', 'username', 'me'],
  ['http://example.net', 'username', 'wario@x:'],
  ['http://me@example.net', 'username', ''],
  ['http://example.net', 'password', 'sec ret/'],
  ['http://user:pw@example.net', 'password', ''],
  ['http://example.net', 'host', 'example.com:8080'],
  ['http://example.net:8080', 'host', 'example.com:'],
  ['http://example.net/path', 'host', 'example.com/stuff'],
  ['http://example.net', 'host', ''],
  ['http://example.net', 'host', '[::0:01]:2'],
  ['data:text/plain,Stuff', 'host', 'example.net'],
  ['http://example.net:8080', 'hostname', 'example.com:90'],
  ['http://example.net', 'hostname', '0x7F000001'],
  ['http://example.net', 'hostname', 'exa mple'],
  ['http://example.net', 'hostname', 'BÜCHER.de'],
  ['http://example.net', 'port', '9000'],
  ['http://example.net:8080', 'port', ''],
  ['http://example.net:8080', 'port', '80'],
  ['http://example.net', 'port', '65536'],
  ['http://example.net:8080', 'port', '9000x'],
  ['http://example.net:8080', 'port', 'x9000'],
  ['http://example.net', 'port', -1],
  ['http://example.net/home', 'pathname', 'foo?bar#x'],
  ['http://example.net', 'pathname', '../%2e%2E/a b'],
  ['mailto:me@example.net', 'pathname', '/foo'],
  ['a:/', 'pathname', '//p'],
  ['file:///c:/x', 'pathname', '\\d:\\y'],
  ['http://example.net#nav', 'search', 'lang=fr'],
  ['http://example.net?old', 'search', '??lang=fr'],
  ['http://example.net?old#h', 'search', ''],
  ['http://example.net', 'search', "a'b c#d"],
  ['http://example.net', 'hash', 'main'],
  ['http://example.net#nav', 'hash', '##main x`'],
  ['http://example.net#nav', 'hash', ''],
  ['http://example.net', 'href', 'https://other.example/x'],
  ['http://example.net', 'href', 'nope'],
] as const;

describe('as Node has it', () => {
  testParity({
    ...Object.fromEntries(
      setters.map(([url, member, value]) => [
        `set ${member} of ${url} to ${JSON.stringify(value)}`,
        `const url = new URL(${JSON.stringify(url)}); url.${member} = ${JSON.stringify(value)}; console.log(url.href, url.searchParams.toString());`,
      ]),
    ),
    'members without setters': `fails(() => { new URL('http://x').origin = 'x'; }); fails(() => { new URL('http://x').searchParams = 'x'; });`,
    'a URL as it is shown': `console.log(new URL('https://u:p@ex.com:8080/a/b?x=1&y=2#h'));`,
    'a URL within objects': `console.log({ a: { b: { c: new URL('http://x/') } } }, [new URL('http://x/')]);`,
    'an invalid URL as it is caught': `try { new URL('/a', 'b'); } catch (e) { console.log(e.name, e.code, e.message, e.input, e.base, Object.keys(e)); }`,
    'JSON and strings': `const u = new URL('http://x/a?b'); console.log(JSON.stringify({ u }), \`\${u}\`, u + '', String(u));`,
    'the class': `console.log(URL.name, URL.length, Object.prototype.toString.call(new URL('a:b')), typeof URL.createObjectURL, Object.getOwnPropertyNames(URL.prototype).sort());`,
    'members are enumerable': `console.log(Object.getOwnPropertyDescriptor(URL.prototype, 'href').enumerable, Object.keys(URL).sort(), Object.keys(new URL('a:b')));`,
    'brand checks': `for (const f of [() => URL.prototype.href, () => URL.prototype.toString.call({}), () => URLSearchParams.prototype.get.call({}, 'a'), () => URL('http://a')]) try { f(); console.log('fine'); } catch (e) { console.log(e.constructor.name); }`,
    'missing arguments': `fails(() => new URL()); fails(() => URL.canParse()); fails(() => new URLSearchParams().get()); fails(() => new URLSearchParams().append('a'));`,
    'searchParams are the URL’s own': `const u = new URL('http://x/?a=1'); const p = u.searchParams; p.append('b', 'ü &='); console.log(u.href, u.searchParams === p); u.search = '?z=9'; console.log([...p], u.href); u.href = 'http://y/?q=1'; console.log([...p]); p.delete('q'); console.log(u.href);`,
    'params from text': `for (const t of ['', '?', '?a=1', 'a=b&a=c', 'a+b=c%20d', '%zz=1&&=&b', 'a=1=2', '\\ud800=x', '%F0%9F%98%80=%f0']) console.log(JSON.stringify([...new URLSearchParams(t)]), new URLSearchParams(t).toString());`,
    'params from other things': `console.log(String(new URLSearchParams([['a', 1], ['b', null]])), String(new URLSearchParams({ a: 1, b: [2, 3] })), String(new URLSearchParams(new Map([['x', 'y']]))), String(new URLSearchParams(new URLSearchParams('q=1'))), String(new URLSearchParams(null)), String(new URLSearchParams(5)));`,
    'params from nonsense': `for (const v of [[[1]], [[1, 2, 3]], [1], ['ab'], { [Symbol.iterator]: 1 }, [null]]) try { new URLSearchParams(v); console.log('no error'); } catch (e) { console.log(e.code); }`,
    'params: get, getAll, has, set, delete with values': `const p = new URLSearchParams('a=1&b=2&a=3&c'); console.log(p.get('a'), p.get('zz'), p.getAll('a'), p.has('a', '3'), p.has('a', '9'), p.has('c'), p.size); p.set('a', 'x'); console.log(String(p)); p.append('b', '5'); p.delete('b', '2'); console.log(String(p)); p.delete('b'); console.log(String(p));`,
    'params: sort is by code units and stable': `const p = new URLSearchParams('z=b&a=b&z=a&a=a&ﬃ&🌈'); p.sort(); console.log(String(p));`,
    'params: iteration sees changes': `const p = new URLSearchParams('a=1&b=2&c=3'); const seen = []; for (const [k] of p) { seen.push(k); if (k === 'a') p.delete('b'); } console.log(seen); p.forEach((v, k, q) => console.log(v, k, q === p));`,
    'params: iterators': `const p = new URLSearchParams('a=1&b=2'); console.log([...p.keys()], [...p.values()], p[Symbol.iterator] === p.entries, Object.prototype.toString.call(p.entries()), p.entries()); const it = p.keys(); it.next(); console.log(it, it[Symbol.iterator]() === it);`,
    'params as they are shown': `console.log(new URLSearchParams('a=1&b=2&a=3'), new URLSearchParams(), [new URLSearchParams('x=y')]); console.log(new URLSearchParams({ long: 'x'.repeat(50), other: 'y'.repeat(50) }));`,
  });
});
