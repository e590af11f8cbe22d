/** QuickJS's own `std` and `os`: functions answer with `[result, error]` or a negative number, and throw nothing. */
import { describe } from 'vitest';
import { testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('os', () => {
  testRows(run, {
    'as global, as module by three names': [
      'import * as os from "os"; import * as qjs from "qjs:os"; import same from "os"; console.log(os.readdir === globalThis.os.readdir, qjs.stat === os.stat, same.open === os.open, typeof require);',
      'true true true undefined\n',
    ],
    'readdir, getcwd, realpath, readlink give pairs': [
      'const [names, e] = os.readdir("."); console.log(names.sort().join(), e, JSON.stringify(os.readdir("none")), os.getcwd().join(), os.realpath("d/../d").join(), JSON.stringify(os.realpath("none")), os.symlink("d", "l"), os.readlink("l").join(), JSON.stringify(os.readlink("d")));',
      '.,..,d,main.mjs 0 [[],2] /app,0 /app/d,0 ["",2] 0 d,0 ["",22]\n',
      { files: [{ name: 'd/x', content: 'abc' }] },
    ],
    'stat and lstat give pairs': [
      'const [s, e] = os.stat("d/x"); console.log(s.size, e, (s.mode & os.S_IFMT) === os.S_IFREG, s.mtime > 0, JSON.stringify(os.stat("none")), (os.stat("d")[0].mode & os.S_IFMT) === os.S_IFDIR); os.symlink("d/x", "l"); console.log((os.lstat("l")[0].mode & os.S_IFMT) === os.S_IFLNK, os.stat("l")[0].size);',
      '3 0 true true [null,2] true\ntrue 3\n',
      { files: [{ name: 'd/x', content: 'abc' }] },
    ],
    'mkdir, rename, remove, chdir, utimes give 0 or a negative number': [
      'console.log(os.mkdir("a"), os.mkdir("a"), os.rename("a", "b"), os.remove("a"), os.chdir("b"), os.getcwd()[0], os.chdir("none"), os.chdir(".."), os.utimes("b", 1000, 2000), os.stat("b")[0].mtime, os.remove("b"));',
      '0 -17 0 -2 0 /app/b -2 0 0 2000 0\n',
    ],
    'open, write, seek, read, close': [
      'const fd = os.open("f", os.O_RDWR | os.O_CREAT | os.O_TRUNC); const b = new Uint8Array([1, 2, 3, 4]).buffer; console.log(fd > 2, os.write(fd, b, 0, 4), os.seek(fd, 1, 0), os.read(fd, b, 0, 2), new Uint8Array(b).join(), os.seek(fd, 0n, 2), os.close(fd), os.close(fd), os.open("none", os.O_RDONLY), os.open("f", os.O_WRONLY | os.O_CREAT | os.O_EXCL));',
      'true 4 1 2 2,3,3,4 4n 0 -9 -2 -17\n',
    ],
    'timers, sleep, the clock': [
      'const began = os.now(); os.sleep(2); let n = 0; const i = os.setInterval(() => { if (++n === 2) os.clearInterval(i); }, 1); os.clearTimeout(os.setTimeout(() => console.log("no"), 1)); os.setTimeout(() => console.log("timer", n), 20); await os.sleepAsync(1); console.log(os.now() - began >= 2, os.isatty(1), os.ttyGetWinSize(1));',
      'true false null\ntimer 2\n',
    ],
    'a temporary folder': [
      'const [path, e] = os.mkdtemp("/tmp/xXXXXXX"); console.log(/^\\/tmp\\/x[a-z0-5]{6}$/.test(path), e, (os.stat(path)[0].mode & os.S_IFMT) === os.S_IFDIR, os.mkdtemp("/tmp/x")[1]);',
      'true 0 true 22\n',
    ],
    'what cannot be says why': [
      'for (const f of [() => os.exec(["ls"]), () => os.waitpid(1, 0), () => new os.Worker("./w.js"), () => os.signal(2, () => {}), () => os.kill(1, 9), () => os.pipe(), () => os.dup(1), () => os.setReadHandler(0, () => {}), () => std.popen("ls", "r"), () => std.urlGet("https://x")]) try { f(); console.log("no"); } catch (e) { console.log(e.code, e.message.split(":")[0]); }',
      'ERR_NOT_AVAILABLE os.exec is not available\nERR_NOT_AVAILABLE os.waitpid is not available\nERR_NOT_AVAILABLE os.Worker is not available\nERR_NOT_AVAILABLE os.signal is not available\nERR_NOT_AVAILABLE os.kill is not available\nERR_NOT_AVAILABLE os.pipe is not available\nERR_NOT_AVAILABLE os.dup is not available\nERR_NOT_AVAILABLE os.setReadHandler is not available\nERR_NOT_AVAILABLE std.popen is not available\nERR_NOT_AVAILABLE std.urlGet is not available\n',
    ],
    'an error nobody catches tells what to do': [
      'os.exec(["ls"]);',
      /Error \[ERR_NOT_AVAILABLE\]: os\.exec is not available: a program here cannot start other processes/,
    ],
  });
});

describe('std', () => {
  testRows(run, {
    'as global and as module': [
      'import * as std from "std"; import { out } from "qjs:std"; console.log(std.open === globalThis.std.open, out === std.out);',
      'true true\n',
    ],
    'puts, printf, sprintf': [
      'std.puts("a", 1, "\\n"); std.printf("%d %05.1f %s %x|%-4s|%4s|%c %%\\n", 42, 3.14159, "s", 255, "l", "r", 65); std.out.printf("%s\\n", std.sprintf("%o %e %g %+d %i", 8, 12345.678, 0.0001, 5, 2n ** 40n)); std.err.puts("e");',
      { tag: 'ok', stdout: 'a1\n42 003.1 s ff|l   |   r|A %\n10 1.234568e+04 0.0001 +5 1099511627776\n', stderr: 'e' },
    ],
    'open and FILE': [
      'const f = std.open("t", "w+"); f.puts("one\\ntwo\\nthree"); f.seek(0, std.SEEK_SET); console.log(f.getline(), f.tell(), f.readAsString(), f.eof(), f.getline(), f.tello()); f.seek(-5, std.SEEK_END); console.log(f.getByte(), f.putByte(33), f.seek(0, 0), f.readAsString(6), f.fileno() > 2, f.error(), f.close());',
      'one 4 two\nthree true null 13n\n116 33 0 one\ntw true false 0\n',
    ],
    'open of what is not there': [
      'const e = {}; console.log(std.open("none", "r", e), e.errno, std.Error.ENOENT, std.strerror(e.errno), std.loadFile("none")); try { std.open("x", "q"); } catch (e) { console.log(e.name, e.message); }',
      'null 2 2 no such file or directory null\nTypeError invalid file mode: q\n',
    ],
    'loadFile, writeFile, loadScript, evalScript': [
      'std.writeFile("a.js", "globalThis.loaded = 6; loaded * 7"); console.log(std.loadFile("a.js").length, std.loadFile("a.js", { binary: true }).length, std.loadScript("a.js"), loaded, std.evalScript("var scripted = 1; scripted + 1"), scripted, (await std.evalScript("await Promise.resolve(3)", { async: true })).value); try { std.loadScript("none.js"); } catch (e) { console.log(e.name, e.message); }',
      "33 33 42 6 2 1 3\nReferenceError could not load 'none.js'\n",
    ],
    environment: [
      'std.setenv("B", 2); console.log(std.getenv("A"), std.getenv("B"), std.getenv("none"), Object.keys(std.getenviron()).includes("A")); std.unsetenv("A"); console.log(std.getenv("A"), process.env.A);',
      '1 2 undefined true\nundefined undefined\n',
      { env: { A: '1' } },
    ],
    'standard input by lines': [
      'let line; while ((line = std.in.getline()) !== null) console.log(line); console.log(std.in.eof());',
      'grün\nx\ntrue\n',
      { stdin: 'grün\nx\n' },
    ],
    'a temporary file': [
      'const f = std.tmpfile(); f.puts("kept"); f.seek(0, 0); console.log(f.readAsString(), os.readdir("/tmp")[0].length); f.close();',
      'kept 2\n',
    ],
    exit: ['std.puts("x"); std.exit(5);', { tag: 'ok', exitCode: 5, stdout: 'x' }],
    'gc and parseExtJSON': ['std.gc(); console.log(std.parseExtJSON("[1]")[0]);', '1\n'],
  });
});
