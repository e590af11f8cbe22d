// LRU, memo, debounce, pipe, deep clone & merge utilities
class LRU { #m = new Map(); constructor(n) { this.n = n; } get(k) { if (!this.#m.has(k)) return; const v = this.#m.get(k); this.#m.delete(k); this.#m.set(k, v); return v; } set(k, v) { this.#m.delete(k); this.#m.set(k, v); if (this.#m.size > this.n) this.#m.delete(this.#m.keys().next().value); return this; } get keys() { return [...this.#m.keys()]; } }
const c = new LRU(2).set('a', 1).set('b', 2); c.get('a'); c.set('c', 3); console.log(c.keys, c);
const memo = (f, cache = new Map()) => (...a) => { const k = JSON.stringify(a); return cache.get(k) ?? (cache.set(k, f(...a)), cache.get(k)); };
let calls = 0; const sq = memo((x) => { calls++; return x * x; }); console.log(sq(4), sq(4), calls);
const debounce = (f, ms) => { let t; return (...a) => { clearTimeout(t); t = setTimeout(f, ms, ...a); }; }; const d = debounce(console.log, 5); d(1); d(2); d('last');
const merge = (a, b) => { for (const [k, v] of Object.entries(b)) a[k] = v && typeof v === 'object' && !Array.isArray(v) ? merge(a[k] ?? {}, v) : v; return a; };
console.log(merge({ a: { b: 1, c: [1] } }, { a: { c: [2], d: { e: null } }, f: undefined }));
const pipe = (...fs) => (x) => fs.reduce((a, f) => f(a), x); console.log(pipe((x) => x + 1, String, (s) => s.padStart(4, '0'))(41));
const curry = (f) => function g(...a) { return a.length >= f.length ? f(...a) : (...b) => g(...a, ...b); }; console.log(curry((a, b, c) => a + b + c)(1)(2)(3));
const range = { from: 1, to: 5, *[Symbol.iterator]() { for (let i = this.from; i <= this.to; i++) yield i; } }; console.log([...range], Math.max(...range), Array.from(range, (x) => x ** 2), new Set(range), Object.fromEntries([...range].map((x) => [`k${x}`, x])));
const words = 'the quick brown fox jumps over the lazy dog the end'.split(' '); const freq = words.reduce((m, w) => m.set(w, (m.get(w) || 0) + 1), new Map()); console.log([...freq].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 3), freq);
console.log(structuredClone({ d: new Date(1e12), r: /a/gi, m: new Map([[{}, new Set([1n])]]), e: new RangeError('x', { cause: 1 }).message, b: new Uint8Array(3).buffer, n: [, 1], u: undefined }));
