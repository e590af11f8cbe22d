import { testParity } from './oracle.ts';

testParity('timers', {
  'run by their delay, then by their order':
    'for (const [n, d] of [["c", 80], ["a", 1], ["b", 1], ["z", 0], ["n", -5], ["x", NaN], ["s", "40"]]) setTimeout(console.log, d, n, d);',
  'of one delay are run in one turn, with microtasks between them':
    'for (let i = 0; i < 3; i++) setTimeout(() => { console.log("timer", i); Promise.resolve().then(() => console.log("micro", i)); process.nextTick(() => console.log("tick", i)); }, 1);',
  'go before immediates that they ask for':
    'setTimeout(() => { setImmediate(() => console.log("immediate")); setTimeout(() => console.log("timer"), 0); process.nextTick(() => console.log("tick")); });',
  'that immediates ask for come in a later turn': {
    'main.cjs':
      'setImmediate(() => { console.log(1); setImmediate(() => console.log(3)); process.nextTick(() => console.log("t")); Promise.resolve().then(() => console.log("m")); }); setImmediate(() => console.log(2));',
  },
  'immediates of an immediate wait for the next turn, after timers that are due': {
    'main.cjs':
      'setImmediate(() => { console.log("i1"); setImmediate(() => console.log("i3")); const end = Date.now() + 3; while (Date.now() < end); }); setImmediate(() => console.log("i2")); setTimeout(() => console.log("t"), 1); const end = Date.now() + 5; while (Date.now() < end);',
  },
  'cleared, by object, number and text':
    'const a = setTimeout(() => console.log("a")), b = setTimeout(() => console.log("b")), c = setTimeout(() => console.log("c")); clearTimeout(a); clearTimeout(+b); clearTimeout(`${+c}`); clearInterval(setTimeout(() => console.log("d"))); clearTimeout(setInterval(() => console.log("e"))); clearTimeout(undefined); clearTimeout(null); clearTimeout("x"); clearTimeout({}); clearTimeout(1e9); setTimeout(() => console.log("end"), 2);',
  'cleared by an immediate, and the other way round':
    'const i = setImmediate(() => console.log("i")); clearImmediate(i); clearImmediate(); clearImmediate({}); setImmediate(() => { clearImmediate(j); console.log("k"); }); const j = setImmediate(() => console.log("j"));',
  'cleared in their own turn':
    'const b = [0]; setTimeout(() => { clearTimeout(b[0]); console.log("a"); }, 1); b[0] = setTimeout(() => console.log("b"), 1); setTimeout(() => console.log("c"), 1);',
  'intervals end when cleared by themselves':
    'let n = 0; const t = setInterval(() => { console.log(++n); if (n === 3) clearInterval(t); }, 1);',
  'intervals with await between':
    'let n = 0; const t = setInterval(async () => { await null; console.log(++n); if (n === 3) clearInterval(t); }, 1);',
  'unref’d do not keep the program':
    'setTimeout(() => console.log("no"), 50).unref(); setTimeout(() => console.log("yes"), 1);',
  'ref and unref':
    'const t = setTimeout(() => console.log("ran"), 2); console.log(t.hasRef(), t.unref() === t, t.hasRef(), t.ref() === t, t.hasRef()); const i = setImmediate(() => {}); console.log(i.hasRef(), i.unref() === i, i.hasRef()); i.ref();',
  'unref’d immediates': 'setImmediate(() => console.log("no")).unref(); console.log("end");',
  'an unref’d interval beside a timer':
    'let n = 0; setInterval(() => n++, 1).unref(); setTimeout(() => console.log(n > 0), 8);',
  'refreshed begin anew':
    'const t = setTimeout(() => console.log("late"), 20); setTimeout(() => { t.refresh(); console.log("refreshed"); }, 1); setTimeout(() => console.log("between"), 20);',
  'refreshed after they ran, run again':
    'let n = 0; const t = setTimeout(() => { console.log(++n); if (n < 3) t.refresh(); }, 1);',
  'refresh after clear does nothing':
    'const t = setTimeout(() => console.log("no"), 1); clearTimeout(t); t.refresh(); setTimeout(() => console.log("end"), 3);',
  closed: 'const t = setTimeout(() => console.log("no"), 1); console.log(t.close() === t, t.hasRef());',
  'their objects':
    'const t = setTimeout(() => {}, 1); console.log(typeof t, typeof +t, t.constructor.name, typeof t[Symbol.toPrimitive](), +t === t[Symbol.toPrimitive](), typeof t[Symbol.dispose]); const i = setImmediate(() => {}); console.log(typeof i, i.constructor.name, typeof i[Symbol.dispose]);',
  'disposed of by using':
    '{ using t = setTimeout(() => console.log("no"), 1); using i = setImmediate(() => console.log("no")); } setTimeout(() => console.log("end"), 3);'.replace(
      /using/g,
      'const',
    ) +
    ' const a = setTimeout(() => console.log("no"), 1); a[Symbol.dispose](); const b = setImmediate(() => console.log("no")); b[Symbol.dispose]();',
  'what is no function':
    'for (const f of [undefined, null, 1, "x", {}, Symbol.iterator]) for (const set of [setTimeout, setInterval, setImmediate, queueMicrotask, process.nextTick]) try { set(f); } catch (e) { console.log(e.name, e.code); }',
  'arguments and this':
    'setTimeout(function (...args) { console.log(args, this === t, typeof this); }, 1, 1, "b", null); const t = setTimeout(function () { console.log(this === t); }, 1); setTimeout(() => setImmediate(function (...args) { console.log(args, typeof this); }, 5, 6), 2);',
  'names and lengths':
    'for (const f of [setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, queueMicrotask]) console.log(f.name, f.length);',
  'delays too long become 1':
    'setTimeout(() => console.log("long"), 2 ** 31); setTimeout(() => console.log("short"), 3);',
  'an error in one ends the program before the next':
    'setTimeout(() => { throw new Error("x"); }, 1); setTimeout(() => console.log("no"), 1);',
  'an error in one that is heard lets the next run':
    'process.on("uncaughtException", (e) => console.log("heard", e.message)); setTimeout(() => { setTimeout(() => { throw new Error("x"); }, 1); setTimeout(() => console.log("next"), 1); setImmediate(() => { throw new Error("y"); }); setImmediate(() => console.log("i")); });',
  'an error in an interval that is heard':
    'let n = 0; process.on("uncaughtException", (e) => console.log("heard", e.message)); const t = setInterval(() => { if (++n === 3) clearInterval(t); throw new Error(n); }, 1);',
  'timers/promises':
    'import { setTimeout as wait, setImmediate as turn, setInterval as every, scheduler } from "node:timers/promises"; console.log(await wait(1, "a"), await turn("b")); let n = 0; for await (const v of every(1, "v")) { console.log(v); if (++n === 3) break; } await scheduler.wait(1); await scheduler.yield(); console.log("end");',
  'util.promisify':
    'import { promisify } from "node:util"; console.log(await promisify(setTimeout)(1, "a"), await promisify(setImmediate)("b"));',
  'node:timers':
    'import * as timers from "node:timers"; console.log(Object.keys(timers).sort().join(), timers.setTimeout === setTimeout, timers.promises === (await import("node:timers/promises")).default);',
});

testParity('microtasks and ticks', {
  'in a module':
    'process.nextTick(() => console.log("tick")); Promise.resolve().then(() => console.log("micro")); queueMicrotask(() => console.log("queued")); console.log("now"); await null; console.log("after"); process.nextTick(() => console.log("tick 2")); await null; console.log("end");',
  'in CommonJS': {
    'main.cjs':
      'process.nextTick(() => console.log("tick")); Promise.resolve().then(() => console.log("micro")).then(() => console.log("micro 2")); queueMicrotask(() => { console.log("queued"); process.nextTick(() => console.log("tick 2")); }); console.log("now");',
  },
  'ticks of ticks, micros of micros': {
    'main.cjs':
      'process.nextTick(() => { console.log(1); process.nextTick(() => console.log(2)); Promise.resolve().then(() => console.log(3)); }); process.nextTick(() => console.log(4)); Promise.resolve().then(() => { console.log(5); process.nextTick(() => console.log(6)); queueMicrotask(() => console.log(7)); });',
  },
  'async functions':
    'const f = async (n) => { console.log(n, 1); await null; console.log(n, 2); await new Promise((r) => setTimeout(r, 1)); console.log(n, 3); return n; }; const all = Promise.all([f("a"), f("b")]); console.log("now"); console.log(await all);',
  'thenables take one more turn':
    'const t = { then(r) { console.log("then"); r("t"); } }; (async () => console.log(await t))(); Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)); (async () => { console.log("r", await (async () => Promise.resolve(1))()); })();',
  'for await':
    'async function* g() { yield 1; yield Promise.resolve(2); } for await (const x of g()) console.log(x); for await (const x of [Promise.resolve("a"), "b"]) console.log(x);',
  'an error in a tick, heard': {
    'main.cjs':
      'process.on("uncaughtException", (e, o) => console.log("heard", e.message, o)); process.nextTick(() => { throw new Error("x"); }); process.nextTick(() => console.log("next")); Promise.resolve().then(() => console.log("micro"));',
  },
  'an error in a microtask, heard': {
    'main.cjs':
      'process.on("uncaughtException", (e, o) => console.log("heard", e.message, o)); queueMicrotask(() => { throw new Error("x"); }); queueMicrotask(() => console.log("next")); setTimeout(() => console.log("timer"));',
  },
  'nextTick with arguments': 'process.nextTick(console.log, 1, "b");',
});

testParity('rejections', {
  'handled in time':
    'const p = Promise.reject(1); setTimeout(() => console.log("no")); await null; p.catch((e) => console.log("caught", e)); process.on("exit", (c) => console.log("exit", c));',
  'handled too late': {
    'main.cjs':
      'const p = Promise.reject(new Error("late")); setTimeout(() => p.catch(() => console.log("no"))); process.on("exit", (c) => console.log("exit", c));',
  },
  'handled in a tick': {
    'main.cjs':
      'const p = Promise.reject(new Error("x")); process.nextTick(() => p.catch((e) => console.log("caught", e.message)));',
  },
  'unhandledRejection listeners':
    'process.on("unhandledRejection", (r, p) => console.log("unhandled", r.message, p instanceof Promise)); Promise.reject(new Error("a")); Promise.reject(new Error("b")); setTimeout(() => console.log("on"), 1);',
  'uncaughtException listeners hear of rejections':
    'process.on("uncaughtException", (e, origin) => console.log(e.message, origin)); Promise.reject(new Error("a")); setTimeout(() => console.log("on"), 1);',
  'uncaughtException listeners hear of reasons that are no errors':
    'process.on("uncaughtException", (e, origin) => console.log(e.code, e.message, origin)); Promise.reject(5); setTimeout(() => console.log("on"), 1);',
  rejectionHandled: {
    'main.cjs':
      'process.on("unhandledRejection", () => console.log("unhandled")); process.on("rejectionHandled", (p) => console.log("handled", p === q)); const q = Promise.reject(1); setTimeout(() => q.catch(() => {}), 1); setTimeout(() => console.log("end"), 3);',
  },
  'the monitor hears first':
    'process.on("uncaughtExceptionMonitor", (e, o) => console.log("monitor", e.message, o)); process.on("uncaughtException", (e) => console.log("heard", e.message)); setTimeout(() => { throw new Error("x"); });',
  'the monitor alone does not save the program':
    'process.on("uncaughtExceptionMonitor", (e, o) => console.log("monitor", e.message, o)); throw new Error("x");',
  'an error in the listener is exit code 7':
    'process.on("uncaughtException", () => { console.log("heard"); throw new Error("second"); }); throw new Error("first");',
  setUncaughtExceptionCaptureCallback:
    'console.log(process.hasUncaughtExceptionCaptureCallback()); process.setUncaughtExceptionCaptureCallback((e) => console.log("captured", e.message)); console.log(process.hasUncaughtExceptionCaptureCallback()); setTimeout(() => { throw new Error("x"); }); setTimeout(() => console.log("on"), 1);',
  'of the program itself at its top level':
    'process.on("exit", (c) => console.log("exit", c)); await Promise.reject(new Error("x"));',
  'in an async main':
    '(async () => { await null; throw new TypeError("x"); })(); process.on("exit", (c) => console.log("exit", c)); setTimeout(() => console.log("no"), 1);',
  'AggregateError of Promise.any':
    'try { await Promise.any([Promise.reject(1), Promise.reject(new Error("b"))]); } catch (e) { console.log(e.name, e.message, e.errors.length, e instanceof AggregateError); }',
  'allSettled and race':
    'console.log(await Promise.allSettled([1, Promise.reject(2)]), await Promise.race([new Promise((r) => setTimeout(r, 5, "slow")), new Promise((r) => setTimeout(r, 1, "fast"))]));',
  'withResolvers and try':
    'const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, "w"); console.log(await promise, await Promise.try(() => "t"), await Promise.try(() => { throw 1; }).catch((e) => e));',
});

testParity('the end', {
  'beforeExit can add work':
    'let n = 0; process.on("beforeExit", (c) => { console.log("before", c); if (n++ < 2) setTimeout(() => console.log("more", n)); }); process.on("exit", (c) => console.log("exit", c));',
  'beforeExit with a promise':
    'let n = 0; process.on("beforeExit", async () => { if (n++ < 2) { await null; console.log("x"); await new Promise((r) => setTimeout(r, 1)); console.log("y"); } });',
  'exit in exit': 'process.on("exit", (c) => { console.log("exit", c); process.exit(5); }); process.exit(3);',
  'exit runs no timers':
    'setTimeout(() => console.log("no")); process.on("exit", () => { console.log("exit"); setTimeout(() => console.log("no")); Promise.resolve().then(() => console.log("no")); });',
  'exit code by exitCode in exit':
    'process.on("exit", () => { process.exitCode = 9; console.log(process.exitCode); });',
  'exit code of an error, changed in exit':
    'process.on("exit", (c) => { console.log(c, process.exitCode); process.exitCode = 9; }); throw new Error("x");',
  'unsettled await': 'process.on("exit", (c) => console.log("exit", c)); await new Promise(() => {});',
  'unsettled await in an imported module': {
    'main.mjs': 'import "./a.mjs"; console.log("no");',
    'a.mjs': 'console.log("a"); await new Promise(() => {});',
  },
  'unsettled await with exitCode set':
    'process.exitCode = 3; process.on("exit", (c) => console.log("exit", c)); await new Promise(() => {});',
  'an unsettled promise that nobody awaits':
    'new Promise(() => {}).then(() => console.log("no")); (async () => { await new Promise(() => {}); })(); console.log("end");',
  'unsettled with an unref’d timer':
    'setTimeout(() => {}, 1000).unref(); console.log("a"); await new Promise(() => {});',
  'exit with a text': 'console.log("x"); process.exit("4");',
  'low bits': 'console.log("x"); process.exit(256 + 7);',
  negative: 'console.log("x"); process.exit(-1);',
  'many listeners':
    'process.once("exit", () => console.log(1)); process.on("exit", () => console.log(2)); process.addListener("exit", () => console.log(3)); process.prependListener("exit", () => console.log(0));',
});
