class Shape { static #count = 0; #id; constructor() { this.#id = ++Shape.#count; } get id() { return this.#id; } area() { throw new Error(`${new.target?.name ?? this.constructor.name}.area not implemented`); } toString() { return `${this.constructor.name}#${this.id}(${this.area().toFixed(2)})`; } static get count() { return Shape.#count; } [Symbol.toPrimitive](h) { return h === 'number' ? this.area() : this.toString(); } }
class Circle extends Shape { constructor(r) { super(); this.r = r; } area() { return Math.PI * this.r ** 2; } get [Symbol.toStringTag]() { return 'Circle'; } }
class Rect extends Shape { w = 1; h = 2; static unit = new Rect(); area() { return this.w * this.h; } *[Symbol.iterator]() { yield this.w; yield this.h; } toJSON() { return { type: 'rect', w: this.w, h: this.h }; } }
const Serial = (B) => class extends B { serialize() { return JSON.stringify(this); } };
class Fancy extends Serial(Rect) { #secret = 42; accessor = 1; static { this.tag = 'fancy'; } }
const shapes = [new Circle(2), new Rect(), new Fancy()];
for (const s of shapes) console.log(`${s}`, +s, s, Object.prototype.toString.call(s));
console.log([...new Rect()], new Fancy().serialize(), Fancy.tag, Shape.count, Rect.unit, Shape, class {}, class extends Shape {}, Object.getPrototypeOf(Fancy));
try { new Shape().area(); } catch (e) { console.log(e.message); }
try { Shape(); } catch (e) { console.log(e.name, e.message); }
try { class D extends Shape { constructor() { this.x = 1; } } new D(); } catch (e) { console.log(e.name, e.message); }
console.log(shapes.map((s) => s instanceof Rect), Object.getOwnPropertyNames(Rect.prototype), Reflect.ownKeys(Rect));
class Temp { static from({ c, f = c * 9 / 5 + 32 }) { return Object.assign(Object.create(Temp.prototype), { c, f }); } } console.log(Temp.from({ c: 100 }));
console.log(Object.create({ a: 1 }), Object.create(null), Object.create(Temp.prototype), new (class Foo extends Map { x = 1 })([[1, 2]]), new (class Bar extends Array {})(3), new (class Baz extends Set {})([1]), new (class P extends Promise {})(() => {}), new (class E2 extends Error { code = 'X' })('m').message);
