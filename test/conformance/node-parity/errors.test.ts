/** Errors: classes, causes, places. In CommonJS, whose frames have paths in Node, too. */
import { testParity } from './oracle.ts';

const named = (text: string): { 'main.cjs': string } => ({ 'main.cjs': text });

testParity('an uncaught error', {
  'is an exit code of 1, whatever it is': named(
    'process.on("exit", (code) => console.log(code)); throw { toString() { throw 1; } };',
  ),
  'in another file': {
    'main.cjs':
      'process.on("uncaughtExceptionMonitor", (e) => console.log(e.stack.match(/\\w+\\.cjs:\\d+:\\d+/g).slice(0, 3).join()));\nconst { work } = require("./lib/work.cjs");\nwork(1);',
    'lib/work.cjs':
      'exports.work = function work(n) {\n  if (n > 0) return again(n);\n};\nfunction again() {\n  throw new Error("from the library");\n}',
  },
});

testParity('what an error is', {
  'classes of the language': named(
    'for (const f of [() => null.x, () => undefined_, () => { new Array(-1); }, () => { decodeURIComponent("%"); }, () => { eval("let ="); }, () => { (1).toFixed(200); }, () => { const a = 1; a = 2; }, () => { x; let x; }, () => { BigInt(1.5); }, () => { Symbol() + ""; }, () => { new (class { constructor() { this.x(); } })(); }, () => { class A { constructor() { this.x; } } A(); }, () => { [].reduce((a) => a); }, () => { JSON.parse("{"); }, () => { "x".repeat(-1); }, () => { null[Symbol.iterator]; }, () => { const [a] = null; }, () => { new Proxy({}, null); }, () => { Object.defineProperty(Object.freeze({}), "a", { value: 1 }); }, () => { "use strict"; delete Object.freeze({ a: 1 }).a; }, () => { new Date(NaN).toISOString(); }, () => { (function f() { f(); })(); }]) try { f(); console.log("none"); } catch (e) { console.log(e.name, e.constructor.name, e instanceof Error); }',
  ),
  'cause, of every kind': named(
    'for (const c of [new Error("c"), "text", 5, null, undefined, { a: 1 }]) { const e = new Error("m", { cause: c }); console.log("cause" in e, e.cause === c, Object.keys(e).length); } console.log("cause" in new Error("x"), "cause" in new Error("x", {}));',
  ),
  'causes are shown': named(
    'const { inspect } = require("node:util"); const strip = (e) => inspect(e).replace(/\\n\\s+(?:at |\\.\\.\\. ).*/g, ""); console.log(strip(new Error("a", { cause: new TypeError("b", { cause: "c" }) }))); console.log(strip(Object.assign(new Error("a"), { code: "E", n: { x: [1] } }))); console.log(strip(new AggregateError([new Error("x"), 5], "many")));',
  ),
  AggregateError: named(
    'const e = new AggregateError([1, new Error("b")], "m", { cause: 7 }); console.log(e.name, e.message, e.errors.length, e.cause, e instanceof Error, Object.keys(e).join()); Promise.any([Promise.reject(new Error("p"))]).catch((e) => console.log(e.name, e.message, e.errors[0].message));',
  ),
  'lines and columns of a stack': named(
    'const at = (e) => e.stack.split("\\n")[1].match(/main\\.cjs:\\d+:\\d+/)?.[0];\nconst id = (x) => x;\nconsole.log(at(new Error("a")), at(new   TypeError));\nconsole.log(at(new RangeError(id(id("x")), { cause: id(1) })));\ntry { null.foo; } catch (e) { console.log(at(e)); }\ntry {\n  id(1).foo\n    .bar(id(2));\n} catch (e) { console.log(at(e).replace(/:\\d+$/, "")); }\ntry { id.x(id(3)); } catch (e) { console.log(at(e)); }\ntry { nothing(id(1)); } catch (e) { console.log(at(e)); }\ntry { new id.none(id(2)); } catch (e) { console.log(at(e).replace(/:\\d+$/, "")); }\nclass Mine extends Error {}\nconsole.log(at(new Mine(id("x"))));\ntry { [1].map(() => { throw new Mine; }); } catch (e) { console.log(at(e)); }\ntry { JSON.parse(id("{")); } catch (e) { console.log(e.name); }',
  ),
  'lines of frames above': named(
    'const lines = (e) => e.stack.match(/main\\.cjs:\\d+/g).join();\nfunction a() {\n  return new Error("x");\n}\nfunction b(f) {\n  return f(\n    1,\n  );\n}\nconsole.log(lines(b(a)));\nconsole.log(\n  lines(\n    b(() => a()),\n  ),\n);\nclass C {\n  constructor() { this.e = a(); }\n  static s = a();\n  get g() { return a(); }\n}\nconsole.log(lines(new C().e), lines(C.s), lines(new C().g));',
  ),
  'captureStackTrace and stackTraceLimit': named(
    'function Mine() { Error.captureStackTrace(this, Mine); } function f() { return new Mine(); } console.log(f().stack.split("\\n").length > 1, /at f/.test(f().stack), /Mine \\(/.test(f().stack)); Error.stackTraceLimit = 1; console.log(new Error("x").stack.split("\\n").length); Error.stackTraceLimit = 0; console.log(new Error("x").stack);',
  ),
  'stack can be set': named(
    'const e = new Error("x"); e.stack = "mine"; console.log(e.stack); delete e.stack; const o = {}; Error.captureStackTrace(o); console.log(typeof o.stack);',
  ),
  'messages that are no texts': named(
    'for (const m of [undefined, null, 5, {}, Symbol.iterator && "s", [1, 2], ""]) { const e = new Error(m); console.log(JSON.stringify(e.message), Object.hasOwn(e, "message"), String(e)); }',
  ),
  'toString of errors': named(
    'console.log(String(new Error), String(Object.assign(new Error("m"), { name: "" })), String(Object.assign(new Error(""), { name: "N" })), Error.prototype.toString.call({ name: "X", message: "y" }), String(new (class Q extends TypeError {})("q")));',
  ),
  'isError and structured copies': named(
    'console.log(Error.isError(new TypeError), Error.isError({ __proto__: Error.prototype }), Error.isError(null)); const c = structuredClone(new RangeError("r", { cause: 1 })); console.log(c.name, c.message, c instanceof RangeError, c.cause);',
  ),
});
