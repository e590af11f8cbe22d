import { describe, expect } from 'vitest';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('process', () => {
  testRows(run, {
    'has the arguments and the environment of the request': [
      'console.log(process.argv.join("|"), process.execPath, process.env.A, process.env.HOME, process.env.missing, Object.keys(process.env).sort().join());',
      'golem-exec|/app/main.mjs|a b|-x golem-exec 1 /app undefined A,HOME,LANG,TMPDIR\n',
      { args: ['a b', '-x'], env: { A: '1' } },
    ],
    'has environment variables that are texts': [
      'process.env.N = 5; delete process.env.HOME; console.log(typeof process.env.N, "HOME" in process.env);',
      'string false\n',
    ],
    'shows the environment as what it is in Node: no proxy': [
      'import { inspect } from "node:util"; console.log(process.env, { e: process.env }, inspect(process.env, { showProxy: true }), new Proxy({}, {}));',
      "{ A: '1', HOME: '/app', TMPDIR: '/tmp', LANG: 'C.UTF-8' } { e: { A: '1', HOME: '/app', TMPDIR: '/tmp', LANG: 'C.UTF-8' } } { A: '1', HOME: '/app', TMPDIR: '/tmp', LANG: 'C.UTF-8' } Proxy({})\n",
      { env: { A: '1' } },
    ],
    'has a working directory': [
      'import fs from "node:fs"; fs.mkdirSync("d"); process.chdir("d"); fs.writeFileSync("x", ""); console.log(process.cwd(), fs.existsSync("/app/d/x"));',
      '/app/d true\n',
    ],
    'exits at once': [
      'console.log("a"); process.exit(3); console.log("no");',
      { tag: 'ok', exitCode: 3, stdout: 'a\n' },
    ],
    'exits with exitCode': ['process.exitCode = 4; console.log("a");', { tag: 'ok', exitCode: 4, stdout: 'a\n' }],
    'calls exit handlers with the code, whose own code counts': [
      'process.on("exit", (code) => { console.log("bye", code); process.exitCode = 9; }); process.exit(2);',
      { tag: 'ok', exitCode: 9, stdout: 'bye 2\n' },
    ],
    'reads standard input as a stream': [
      'let text = ""; for await (const chunk of process.stdin) text += chunk; console.log(text.length, text.slice(0, 3));',
      '6 grü\n',
      { stdin: 'grün x' },
    ],
    'writes to both streams': [
      'process.stdout.write("a"); process.stderr.write("b"); process.stdout.write(Uint8Array.of(99, 10));',
      { tag: 'ok', stdout: 'ac\n', stderr: 'b' },
    ],
  });
});

describe('the end of a program', () => {
  testRows(run, {
    'comes when nothing is pending': [
      'const t = setInterval(() => { console.log("tick"); clearInterval(t); }, 1); setTimeout(() => console.log("last"), 5);',
      'tick\nlast\n',
    ],
    'waits for microtasks, ticks and timers in Node’s order': [
      'setTimeout(() => { console.log("timer"); setImmediate(() => console.log("immediate")); setTimeout(() => console.log("later"), 1); }); Promise.resolve().then(() => console.log("micro")); process.nextTick(() => console.log("tick")); console.log("now");',
      'now\ntick\nmicro\ntimer\nimmediate\nlater\n',
      { name: 'main.cjs' },
    ],
    'waits for a tick that a promise asked for last': [
      'Promise.resolve().then(() => process.nextTick(() => console.log("tick")));',
      'tick\n',
    ],
    'waits for a tick that a tick’s promise asked for, before it reports rejections': [
      'const p = Promise.reject(1); Promise.resolve().then(() => process.nextTick(() => p.catch(() => console.log("handled"))));',
      'handled\n',
    ],
    'is a failure for a rejection that nobody handles': [
      'Promise.reject(new TypeError("lost")); setTimeout(() => console.log("no"), 5);',
      { tag: 'runtime-failed', exitCode: 1, stdout: '' },
    ],
    'is 13 when it waits for what cannot come': [
      'await new Promise(() => {});',
      { tag: 'runtime-failed', exitCode: 13 },
    ],
    'that does not compile names file, line and column': [
      'let x = 1;\nlet y = = 2;',
      { tag: 'compilation-failed', exitCode: 1, stderr: expect.stringMatching(/at \/app\/main\.mjs:2:9\n$/) as never },
    ],
    'by null': ['throw null;', { tag: 'runtime-failed', exitCode: 1, stderr: 'Uncaught null\n' }],
    'by a text': ['throw "text";', { tag: 'runtime-failed', exitCode: 1, stderr: "Uncaught 'text'\n" }],
    'by an error that is forged': [
      'throw { name: "InternalError", message: "out of memory", stack: "InternalError: out of memory" };',
      { tag: 'runtime-failed', exitCode: 1 },
    ],
    'by an error whose properties throw': [
      'throw Object.defineProperties(new Error("x"), { stack: { get() { throw 1; } }, message: { get() { throw 2; } }, name: { get() { throw 3; } } });',
      { tag: 'runtime-failed', exitCode: 1 },
    ],
    'by a proxy that throws': [
      'throw new Proxy(new Error("x"), { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });',
      { tag: 'runtime-failed', exitCode: 1 },
    ],
    'may be heard of': [
      'process.on("uncaughtException", (e) => console.log("heard", e.message)); setTimeout(() => console.log("on"), 1); throw new Error("x");',
      'heard x\non\n',
      { name: 'main.cjs' },
    ],
  });
});
