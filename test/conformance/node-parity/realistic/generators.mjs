function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const take = function* (n, it) { let i = 0; for (const x of it) { if (i++ >= n) return 'done'; yield x; } };
console.log([...take(10, fib())], fib().take(5).toArray(), fib().filter((x) => x % 2 === 0).map((x) => x * x).drop(2).take(3).toArray());
function* walk(t) { if (t) { yield* walk(t.l); yield t.v; yield* walk(t.r); } }
console.log([...walk({ v: 2, l: { v: 1 }, r: { v: 3 } })].join());
function* co() { try { const a = yield 'a?'; const b = yield 'b?' + a; return a + b; } catch (e) { console.log('in', e); yield 'recovered'; } finally { console.log('fin'); } }
const c = co(); console.log(c.next(), c.next(1), c.next(2), c.next()); const c2 = co(); c2.next(); console.log(c2.throw('boom'), c2.return(7), c2.next());
console.log(co, co(), fib()[Symbol.toStringTag], Object.prototype.toString.call(co()), async function* () {}, (async function* () {})(), [][Symbol.iterator](), ''[Symbol.iterator](), 'a'.matchAll(/a/g));
const [x, ...rest] = take(4, fib()); console.log(x, rest, Math.max(...take(8, fib())));
async function* ticker(n) { for (let i = 0; i < n; i++) { await new Promise((r) => setTimeout(r, 1)); yield i; } }
for await (const t of ticker(3)) console.log('tick', t);
const ag = ticker(5); console.log(await Promise.all([ag.next(), ag.next(), ag.return('x'), ag.next()]));
class Q { #items = []; #waiters = []; push(x) { const w = this.#waiters.shift(); w ? w({ value: x, done: false }) : this.#items.push(x); } [Symbol.asyncIterator]() { return { next: () => this.#items.length ? Promise.resolve({ value: this.#items.shift(), done: false }) : new Promise((r) => this.#waiters.push(r)), return: async () => { console.log('closed'); return {}; } }; } }
const q = new Q(); setTimeout(() => q.push('late'), 2); q.push('early'); let k = 0; for await (const m of q) { console.log(m); if (++k === 2) break; }
const lazy = { *[Symbol.iterator]() { console.log('start'); yield 1; yield 2; } }; const [first] = lazy; console.log(first);
console.log(Iterator.prototype.flatMap.call([1, 2].values(), (x) => [x, x]).toArray(), [1,2,3].values().reduce((a, b) => a + b), Iterator.from({ next() { return { done: this.i > 1, value: this.i = (this.i ?? 0) + 1 }; } }).toArray());
