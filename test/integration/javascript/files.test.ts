import { describe } from 'vitest';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();
const name = 'main.cjs';
const caught = (call: string): string =>
  `const fs = require("node:fs"); try { ${call}; console.log("no error"); } catch (e) { console.log(e instanceof Error, e.code, e.errno, e.syscall, e.path, e.dest, e.message); }`;

describe('node:fs', () => {
  testRows(run, {
    'reads and writes texts and bytes': [
      'const fs = require("fs"); fs.writeFileSync("a", "grün"); fs.appendFileSync("a", Uint8Array.of(33)); console.log(fs.readFileSync("a", "utf8"), fs.readFileSync("a").length, fs.readFileSync("a", { encoding: "hex" }));',
      'grün! 6 6772c3bc6e21\n',
      { name },
    ],
    'makes, lists and removes folders': [
      'const fs = require("fs"); fs.mkdirSync("d/e", { recursive: true }); fs.writeFileSync("d/f", ""); console.log(fs.readdirSync("d"), fs.readdirSync("d", { withFileTypes: true }).map((x) => x.isDirectory())); fs.rmSync("d", { recursive: true }); console.log(fs.existsSync("d"));',
      "[ 'e', 'f' ] [ true, false ]\nfalse\n",
      { name },
    ],
    'renames, copies, links, and tells of files': [
      'const fs = require("fs"); fs.writeFileSync("a", "xy"); fs.renameSync("a", "b"); fs.copyFileSync("b", "c"); fs.symlinkSync("c", "l"); const s = fs.statSync("l"); console.log(s.size, s.isFile(), fs.lstatSync("l").isSymbolicLink(), fs.readlinkSync("l"), fs.realpathSync("l"), s.mtime instanceof Date); fs.unlinkSync("b"); fs.truncateSync("c", 1); console.log(fs.readdirSync(".").join(), fs.readFileSync("c", "utf8"));',
      '2 true true c /app/c true\nc,l,main.cjs x\n',
      { name },
    ],
    'works through descriptors': [
      'const fs = require("fs"); const fd = fs.openSync("a", "w+"); fs.writeSync(fd, "hello"); fs.writeSync(fd, "J", 0); const b = Buffer.alloc(3); console.log(fs.readSync(fd, b, 0, 3, 1), b.toString(), fs.fstatSync(fd).size); fs.closeSync(fd); console.log(fs.readFileSync("a", "utf8"));',
      '3 ell 5\nJello\n',
      { name },
    ],
    'calls back later, with the error first': [
      'const fs = require("fs"); fs.writeFile("a", "x", (e) => { console.log("written", e); fs.readFile("a", "utf8", (e, t) => console.log(e, t)); fs.readFile("none", (e) => console.log(e.code)); }); console.log("first");',
      'first\nwritten null\nnull x\nENOENT\n',
      { name },
    ],
    'gives promises': [
      'import fs, { readFile } from "node:fs/promises"; await fs.writeFile("a", "x"); const h = await fs.open("a"); console.log(await readFile("a", "utf8"), (await h.stat()).size); await h.close(); console.log(await fs.readFile("none").catch((e) => e.message));',
      "x 1\nENOENT: no such file or directory, open 'none'\n",
    ],
    'fails as Node does: no such file': [
      caught('fs.readFileSync("none")'),
      "true ENOENT -2 open none undefined ENOENT: no such file or directory, open 'none'\n",
      { name },
    ],
    'fails as Node does: two paths': [
      caught('fs.renameSync("none", "b")'),
      "true ENOENT -2 rename none b ENOENT: no such file or directory, rename 'none' -> 'b'\n",
      { name },
    ],
    'fails as Node does: a folder': [
      caught('fs.readFileSync(".")'),
      'true EISDIR -21 read undefined undefined EISDIR: illegal operation on a directory, read\n',
      { name },
    ],
    'fails as Node does: there already, not empty': [
      `${caught('fs.mkdirSync("/app")')} fs.mkdirSync("d/e", { recursive: true }); try { fs.rmdirSync("d"); } catch (e) { console.log(e.code); }`,
      "true EEXIST -17 mkdir /app undefined EEXIST: file already exists, mkdir '/app'\nENOTEMPTY\n",
      { name },
    ],
    'fails as Node does: an argument of a wrong type': [
      'const fs = require("fs"); try { fs.readFileSync({}); } catch (e) { console.log(e.name, e.code); }',
      'TypeError ERR_INVALID_ARG_TYPE\n',
      { name },
    ],
  });
});

describe('std and os of QuickJS', () => {
  testRows(run, {
    'are globals and modules': [
      'import * as s from "std"; import * as o from "os"; console.log(s.open === std.open, o.readdir === os.readdir, (await import("qjs:std")).open === std.open);',
      'true true true\n',
    ],
    'read and write files': [
      'const f = std.open("a", "w"); f.puts("one\\ntwo\\n"); f.printf("%d-%s\\n", 3, "x"); f.close(); const r = std.open("a", "r"); console.log(r.getline(), r.readAsString().length, r.eof()); r.close(); console.log(std.loadFile("a").length, std.open("none", "r"), std.loadFile("none"));',
      'one 8 true\n12 null null\n',
    ],
    'give pairs of a result and an error number': [
      'console.log(os.readdir("none")[1] === std.Error.ENOENT, os.stat(".")[1], os.getcwd(), os.mkdir("d"), os.rename("none", "x") < 0, std.strerror(std.Error.ENOENT));',
      "true 0 [ '/app', 0 ] 0 true no such file or directory\n",
    ],
    print: [
      'std.puts("a"); std.out.puts("b\\n"); std.printf("%5.2f|%-3s|%x\\n", 1.5, "z", 255);',
      'ab\n 1.50|z  |ff\n',
    ],
    exit: ['console.log("a"); std.exit(6);', { tag: 'ok', exitCode: 6, stdout: 'a\n' }],
    'have timers': ['os.setTimeout(() => console.log("later"), 1); console.log("now");', 'now\nlater\n'],
  });
});
