import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { useExecutor } from '../support.ts';

const run = useExecutor();

/** Uses each part of the web and Intl; each use ends in a value or an error of the program's own. */
const uses: Readonly<Record<string, string>> = {
  url: `new URL('http://ü.example/a?b=c').href + new URLSearchParams({ a: 1 })`,
  events: `(() => { const t = new EventTarget(); t.addEventListener('a', () => {}); return t.dispatchEvent(new Event('a')); })()`,
  abort: `AbortSignal.any([AbortSignal.abort()]).aborted`,
  blob: `await new Blob(['a', new Uint8Array(2)]).slice(1).text()`,
  form: `await (async () => { const f = new FormData(); f.append('a', 'b'); return (await new Response(f).formData()).get('a'); })()`,
  headers: `[...new Headers({ a: 'b' })].length + new Headers([['c', 'd']]).get('c')`,
  response: `await Response.json({ a: 1 }).clone().json()`,
  request: `new Request('http://x', { method: 'POST', body: 'x' }).method`,
  fetch: `await fetch('http://x').catch((e) => e.code)`,
  streams: `await new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(1)); c.close(); } })).bytes()`,
  compression: `await new Response(new Blob(['abc']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text()`,
  clone: `structuredClone({ a: [new Map([[1, new Date(0)]]), new Error('x')] })`,
  messages: `new MessageChannel().port1.postMessage({ a: 1 })`,
  marks: `performance.measure('x', performance.mark('y').name).duration >= 0`,
  digest: `(await crypto.subtle.digest('SHA-256', new Uint8Array(3))).byteLength + crypto.randomUUID().length`,
  keys: `await (async () => { const s = crypto.subtle, k = await s.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt', 'decrypt']), a = { name: 'AES-GCM', iv: new Uint8Array(12) }; const m = await s.importKey('raw', new Uint8Array(16), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']); return (await s.decrypt(a, k, await s.encrypt(a, k, new Uint8Array(5)))).byteLength + (await s.sign('HMAC', m, new Uint8Array(3))).byteLength; })()`,
  numbers: `(1234567.891).toLocaleString('en-US', { style: 'currency', currency: 'EUR' })`,
  dates: `new Date(0).toLocaleString('en-US', { timeZone: 'Asia/Tokyo', dateStyle: 'full' })`,
  texts: `['b', 'á', 'a'].sort(new Intl.Collator('en').compare).join()`,
  lists: `new Intl.ListFormat('en').format(['a', 'b']) + new Intl.RelativeTimeFormat('en').format(1, 'day')`,
  names: `new Intl.DisplayNames('en', { type: 'region' }).of('DE')`,
  segments: `[...new Intl.Segmenter('en').segment('ab')].length`,
  encodings: `new TextDecoder('gbk').decode(new Uint8Array([0xc4, 0xe3]))`,
};

const attempts = Object.values(uses)
  .map((use) => `try { const v = ${use}; log(typeof v); } catch (e) { log('error'); }`)
  .join('\n');

/** What a program may do to the language before it uses them. */
const pollutions: Readonly<Record<string, string>> = {
  'accessors on Object.prototype': `for (const k of ['get', 'set', 'value', 'then', 'writable', 'enumerable', 'type', 'signal', 'body', 'headers', 'method', 'bytes', 'stream', 'locale', 'style']) Object.defineProperty(Object.prototype, k, { get() { throw new Error('trap ' + k); }, set() { throw new Error('trap ' + k); }, configurable: true });`,
  'members on Object.prototype': `for (const k of ['get', 'set', 'value', 'type', 'signal', 'transfer', 'numeric', 'fatal', 'stream', 'status', 'length', '0', 'timeZone']) Object.prototype[k] = 'polluted';`,
  'array methods': `for (const k of ['push', 'map', 'filter', 'join', 'slice', 'splice', 'indexOf', 'includes', 'find', 'sort', 'forEach', 'some', 'every', 'concat', 'shift']) Array.prototype[k] = () => { throw new Error(k); };`,
  'array methods that lie': `for (const k of ['push', 'map', 'filter', 'join', 'slice', 'splice', 'find', 'sort']) Array.prototype[k] = function () { return this; };`,
  iterators: `Array.prototype[Symbol.iterator] = function* () { yield {}; yield globalThis; }; Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });`,
  'endless iterators': `Map.prototype[Symbol.iterator] = Set.prototype[Symbol.iterator] = () => ({ next: () => ({ done: true, value: 1 }) });`,
  'string methods': `for (const k of ['replace', 'split', 'slice', 'trim', 'toLowerCase', 'toUpperCase', 'charCodeAt', 'codePointAt', 'startsWith', 'match', 'normalize', 'toWellFormed']) String.prototype[k] = () => 'x';`,
  'collections and promises': `for (const C of [Map, Set, WeakMap]) for (const k of ['get', 'set', 'has', 'add', 'delete']) if (k in C.prototype) C.prototype[k] = () => undefined; Promise.prototype.then = function () { return this; };`,
  'regular expressions': `RegExp.prototype.exec = () => null; RegExp.prototype.test = () => true; RegExp.prototype[Symbol.replace] = () => 'r';`,
  constructors: `for (const k of ['Array', 'Map', 'Set', 'WeakMap', 'Uint8Array', 'Promise', 'Symbol', 'RegExp', 'TypeError', 'RangeError', 'Date', 'TextEncoder', 'TextDecoder', 'DOMException']) globalThis[k] = undefined;`,
  'typed arrays': `const T = Object.getPrototypeOf(Uint8Array.prototype); for (const k of ['set', 'subarray', 'slice', 'indexOf', 'fill']) T[k] = () => { throw new Error(k); }; Object.defineProperty(T, 'length', { get: () => 1e9 });`,
};

test.each(Object.entries(pollutions))('%s: a value or an error, and the next run is clean', async (_, pollution) => {
  const ended = await run(`const log = console.log;\n${pollution}\n${attempts}\nlog('end');`, {
    limits: { timeMs: 20_000 },
  });
  // What a promise of the program's own never settles ends it with 13; nothing traps.
  expect(['ok', 'runtime-failed']).toContain(ended.tag);
  expect(ended.signal).toBe(undefined);
  const clean = await run(`const log = console.log;\n${attempts}\nlog('end');`, { limits: { timeMs: 20_000 } });
  expect(clean).toMatchObject({ tag: 'ok', stderr: '' });
  expect(clean.stdout).not.toContain('error');
  expect(clean.stdout.endsWith('end\n')).toBe(true);
});

test('what a small file unpacks to counts as memory', async () => {
  const packed = gzipSync(new Uint8Array(32 << 20)).toString('base64');
  const bomb = `console.log('before'); const packed = Buffer.from('${packed}', 'base64'); const all = [];
for await (const piece of new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))) all.push(piece); console.log(all.length);`;
  expect(await run(bomb, { limits: { memoryBytes: 24 << 20, timeMs: 50_000 } })).toMatchObject({
    tag: 'resource-exceeded',
    stdout: 'before\n',
  });
}, 60_000);

/** Arguments that lie, and huge ones: each is answered by a value or an error that the program can catch. */
const liars: Readonly<Record<string, string>> = {
  'init dictionaries that throw': `const bad = new Proxy({}, { get() { throw new Error('no'); }, ownKeys() { throw new Error('no'); } }); for (const f of [() => new Event('a', bad), () => new Blob([], bad), () => new Response('', bad), () => new Request('http://x', bad), () => new Headers(bad), () => new URLSearchParams(bad), () => new Intl.NumberFormat('en', bad), () => new Intl.DateTimeFormat('en', bad), () => new Intl.Collator('en', bad), () => structuredClone(bad), () => new TextDecoder('utf-8', bad), () => new ReadableStream(bad)]) try { f(); console.log('value'); } catch (e) { console.log('error'); }`,
  'revoked proxies': `const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); for (const f of [() => new Event('a', proxy), () => new Blob(proxy), () => new Headers(proxy), () => structuredClone(proxy), () => new Intl.NumberFormat(proxy), () => AbortSignal.any(proxy), () => new URL(proxy), () => new FormData().append('a', proxy)]) try { f(); console.log('value'); } catch (e) { console.log('error'); }`,
  'iterables that change what they iterate': `const list = [['a', 'b']]; list[Symbol.iterator] = function* () { for (let i = 0; i < 1000; i++) yield ['k' + i, { toString() { list.length = 0; return 'v'; } }]; }; console.log(new URLSearchParams(list).size, [...new Headers(list)].length);`,
  'lists of locales that claim to be long': `try { Intl.getCanonicalLocales({ length: 2 ** 53 }); console.log('value'); } catch { console.log('error'); } try { new Intl.NumberFormat({ length: 1e9, 0: 'en' }); console.log('value'); } catch { console.log('error'); }`,
  'huge texts': `const big = 'a'.repeat(2e5); for (const f of [() => new URL('http://x/' + big).href.length, () => new Headers({ a: big }).get('a').length, () => new Blob([big]).size, () => structuredClone({ big }).big.length, () => big.localeCompare(big + 'b'), () => btoa(big).length, () => Number('9'.repeat(300)).toLocaleString().length, () => { try { new Intl.Locale(big); } catch { return 'error'; } }]) console.log(f());`,
  'deep nesting': `let deep = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; try { structuredClone(deep); console.log('value'); } catch (e) { console.log(e.name); } let signal = AbortSignal.abort(); for (let i = 0; i < 1000; i++) signal = AbortSignal.any([signal]); console.log(signal.aborted);`,
  'a thing that is another': `for (const C of [URL, URLSearchParams, Headers, Request, Response, Blob, File, FormData, EventTarget, Event, AbortSignal, MessagePort, ReadableStream, CompressionStream, DecompressionStream, TextDecoder, Intl.NumberFormat, Intl.DateTimeFormat, Intl.Collator]) { const forged = Object.create(C.prototype); let errors = 0, all = 0; for (const k of Object.getOwnPropertyNames(C.prototype)) { all++; try { const d = Object.getOwnPropertyDescriptor(C.prototype, k); const v = d.get ? d.get.call(forged) : typeof d.value === 'function' && k !== 'constructor' ? d.value.call(forged) : undefined; if (v instanceof Promise) await v; } catch { errors++; } } console.log(C.name, errors > 0); }`,
};

test.each(Object.entries(liars))('%s: a value or an error', async (_, program) => {
  const ended = await run(program, { limits: { timeMs: 20_000 } });
  expect(ended).toMatchObject({ tag: 'ok', exitCode: 0, stderr: '' });
  expect(ended.stdout.split('\n').length).toBeGreaterThan(1);
  expect(await run('console.log(new URL("http://x/y").pathname, (1234).toLocaleString())')).toMatchObject({
    stdout: '/y 1,234\n',
  });
});
