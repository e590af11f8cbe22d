/** What errors say: the words by which programs, and those who mend them, find what is wrong. */

const told = (source: string, setup = ''): string =>
  `const told = (f) => { try { f(); console.log('no error'); } catch (e) { console.log(e.name + ': ' + e.message); } };\n` +
  `const o = { a: { b: null }, n: null, list: [1], s: 'x', fn() {}, arr: [] }; let undef; const K = 1; const key = 'k';\n` +
  `${setup}\n${source
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `told(() => { ${line.trim()} });`)
    .join('\n')}`;

export const messagePrograms: Readonly<Record<string, string>> = {
  'what is no function is named': told(`
    o.foo();
    o.a.foo();
    undef();
    o.list.nope();
    o['x y']();
    o[key]();
    o.list[0]();
    JSON.parse('{}').x();
    (() => 5)()();
    (async () => {})().foo();
    'abc'();
    'abc'.foo();
    o?.a?.c();
    o.list?.[0]?.();
    o.a.f(1, key ? 2 : 3, [1].map((x) => x));
    o.a\`x\`;
    null();
    Math.foo(1);
    console.nope('x');
    globalThis.foo();
    o.list.foreach((x) => x);
    class A { m() { this.nope(); } } new A().m();
    class P { #x = 1; m() { this.#x(); } } new P().m();
    class S { static s() { this.t(); } } S.s();
    function F() {} F.prototype.go();
    new Set([1]).map((x) => x);
    let fn = 5; fn();
    let i = 0; while (true) { if (i++ > 2) o.stop(i, i ? 1 : 2); }
    try { o.q(); } finally { console.log('finally'); }
    switch (1) { case 1: o.a.q(); }
    for (const x of o.list) x.go();`),
  'what was given for a function is shown': told(`
    [1].map(5);
    [1].map('x');
    [1].map({});
    [1].forEach();
    [1].map(null);
    [1].map(true);
    [].reduce(5);
    new Promise();
    new Promise(5);`),
  'what is no constructor is named': told(`
    new undef();
    new o.a();
    new o.a.K();
    new (() => {})();
    class B extends undef {}
    class B extends o.a {}
    class B extends 5 {}
    class A {} A();
    class A {} A.call({});
    Map();`),
  'reading and writing of nothing names the property': told(`
    undef.x;
    o.n.x;
    o.a.b.c;
    o.a.b.c();
    undef[0];
    undef['a-b'];
    o.n[Symbol('q')];
    ({}).x.y.z;
    undef.x = 1;
    o.n[key] = 1;
    o.n.x++;
    o.list[5].x;
    o.list.find((x) => x > 5).id;
    new Map().get(1).x;
    [1].map((x) => x.name.first);
    (function () { 'use strict'; return this.x; })();`),
  'what cannot be iterated is named': told(`
    [...5];
    [...o];
    [...o.n];
    const [a] = undef;
    for (const x of 5);
    for (const x of o);
    for (const [k, v] of o.a);
    new Map(5);
    new Set(5);
    Object.fromEntries(5);
    Object.groupBy(5, (x) => x);`),
  'what cannot be taken apart is named': told(`
    const { x } = o.n;
    const { x } = o.missing;
    const { a } = undef;
    const {} = o.n;
    const { ...r } = o.n;
    (({ x }) => x)();
    let x; ({ x } = null);
    const { length } = undefined;`),
  'constants, and names before their time': told(`
    K = 2;
    const f = 1; f++;
    for (const i = 0; i < 2; i++);
    x; let x = 1;
    typeof tdz; let tdz;
    nope;
    nope2 += 1;
    class B extends Object { constructor() { } } new B();
    class B extends Object { constructor() { this.x = 1; super(); } } new B();`),
  'objects that do not change': told(`
    Object.freeze([1]).push(2);
    Object.freeze([1])[0] = 2;
    Object.freeze([1]).pop();
    Object.freeze({ q: 1 }).q = 2;
    ({ get g() { return 1; } }).g = 2;
    new (class A { get g() { return 1; } })().g = 2;
    Object.defineProperty({}, 'x', { value: 1 }).x = 1;
    delete Object.freeze({ a: 1 }).a;
    Object.preventExtensions(o.a).z = 1;
    Object.defineProperty(Object.freeze({}), 'x', { value: 1 });
    const a = Object.defineProperty({}, 'x', { value: 1 }); Object.defineProperty(a, 'x', { value: 2 });
    Object.setPrototypeOf(Object.preventExtensions({}), {});
    const a = {}; Object.setPrototypeOf(a, Object.create(a));`),
  'BigInt and symbols are no numbers': told(`
    1n + 1;
    1n * 2;
    1n & 1;
    +1n;
    Math.max(1n);
    BigInt(1.5);
    BigInt('x');
    BigInt(undefined);
    1n / 0n;
    2n ** -1n;
    1n >>> 0n;
    Symbol() + 1;
    \`\${Symbol()}\`;
    Number(Symbol());
    JSON.stringify(1n);`),
  'values out of their range': told(`
    new Array(-1);
    o.list.length = -1;
    'x'.repeat(-1);
    'x'.repeat(Infinity);
    'a'.padEnd(2 ** 30);
    new Date(NaN).toISOString();
    'a'.normalize('x');
    [].reduce((a, b) => a);
    decodeURIComponent('%');
    encodeURIComponent('\\ud800');
    (function f() { f(); })();`),
  'JSON that cannot be read': told(
    `for (const text of texts) told(() => JSON.parse(text));`,
    `const texts = ['hello', 'nope', '', ' ', '{bad', '{"a":1,}', '[1,2', undefined, '[1,2,]', '{"a":1}x', '{"a" 1}', "{'a':1}", '[1 2]', '{"a":[1,2,{"b":tru}]}', 'x'.repeat(50), '   <!DOCTYPE html><html><body>error</body></html>', '{"a":undefined}', '{"long":"aaaaaaaaaaaaaaaaaaaaaaaa","b":NaN}', '"a\\nb"', '{"a":', '[object Object]', 'nul', '{,}', '{"a":1 "b":2}'];`,
  ),
  'circles that JSON.stringify finds': told(`
    const c = {}; c.c = c; JSON.stringify(c);
    const a = []; a.push([a]); JSON.stringify(a);
    class Tree { kids = []; } const t = new Tree(); const k = new Tree(); k.parent = t; t.kids.push(k); JSON.stringify({ root: t });
    for (const n of [3, 4, 5, 7]) told(() => { const l = Array.from({ length: n }, () => ({})); l.forEach((x, i) => { x['k' + i] = l[(i + 1) % n]; }); JSON.stringify(l[0]); });`),
  'code that cannot be compiled': told(`
    eval('var 1');
    eval('{');
    eval('foo bar');
    new Function('return }');
    eval('let a; let a');
    eval('let a; var a');
    eval('function f(a) { let a; }');
    eval('await 1');
    eval('function f() { await g(); }');
    eval("'abc");
    eval('if (');
    eval('1 = 2');
    eval('const q');
    eval('return 1');
    eval('break');
    eval('for (;;');
    eval('class { }');
    eval('a b c');
    eval('[1, 2');
    new RegExp('(');
    new RegExp('[b-a]');
    new RegExp('*');
    new RegExp('[a');`),
  'operators and what stands on their right': told(`
    ({}) instanceof 5;
    ({}) instanceof {};
    Object.keys(undefined);
    Object.entries(null);
    Object.assign(null);
    new WeakMap().get(1).x;`),
};
