import type { LanguageKind } from 'golem-exec';

/** Programs that keep the processor busy, the same work in both languages where that makes sense. */
export const cpuPrograms: Readonly<Record<LanguageKind, Readonly<Record<string, string>>>> = {
  python: {
    fib: 'def f(n): return n if n<2 else f(n-1)+f(n-2)\nf(24)',
    loop: 's=0\nfor i in range(1500000): s+=i',
    floats: 'x=0.0\nfor i in range(800000): x=x*0.5+i/3.0',
    objects: 'class A:\n  def __init__(s,x): s.x=x\n  def g(s): return s.x\nt=0\nfor i in range(200000): t+=A(i).g()',
    json: 'import json\nd=[{"a":i,"b":str(i)} for i in range(15000)]\nfor _ in range(3): json.loads(json.dumps(d))',
    regex: 'import re\nt="ab12cd "*15000\nfor _ in range(3): re.findall(r"[a-z]+\\d+",t)',
    sort: 'import random\nr=random.Random(1)\na=[r.random() for _ in range(120000)]\na.sort()',
    strings: 'p=[]\nfor i in range(200000): p.append("%d:%s"%(i,"x"))\n"".join(p)',
    sha: 'import hashlib\nfor _ in range(15): hashlib.sha256(b"x"*100000).digest()',
  },
  javascript: {
    fib: 'function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2); } f(27);',
    loop: 'let s = 0; for (let i = 0; i < 3e6; i++) s += i;',
    floats: 'let x = 0; for (let i = 0; i < 2e6; i++) x = x * 0.5 + i / 3;',
    objects:
      'class A { constructor(x) { this.x = x; } g() { return this.x; } } let t = 0; for (let i = 0; i < 500000; i++) t += new A(i).g();',
    json: 'const d = Array.from({ length: 20000 }, (_, i) => ({ a: i, b: String(i) })); for (let i = 0; i < 3; i++) JSON.parse(JSON.stringify(d));',
    regex: 'const t = "ab12cd ".repeat(20000); for (let i = 0; i < 2; i++) t.match(/[a-z]+\\d+/g);',
    sort: 'let x = 1; const a = Array.from({ length: 60000 }, () => (x = (x * 1103515245 + 12345) % 2147483648)); a.sort((p, q) => p - q);',
    strings: 'const p = []; for (let i = 0; i < 200000; i++) p.push(i + ":x"); p.join("");',
    sha: 'let h = 1; const w = new Uint32Array(64); for (let r = 0; r < 6000; r++) { for (let i = 0; i < 64; i++) { const x = w[i] ^ (h + i); w[i] = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3); h = (Math.imul(h, 31) + w[i]) | 0; } }',
  },
};

const manyFilesInPython = 'import os\nos.mkdir("a")\nfor i in range(2000): open(f"a/{i}", "w").close()\n';
const manyFilesInJavaScript =
  'const fs = await import("node:fs"); fs.mkdirSync("a"); for (let i = 0; i < 2000; i++) fs.writeFileSync(`a/${i}`, "");';

/** Programs that never end, in the interpreter and inside its native code. */
export const endlessPrograms: Readonly<Record<LanguageKind, Readonly<Record<string, string>>>> = {
  python: {
    loop: 'while True: pass',
    regex: 'import re; re.match(r"(a*)*b", "a" * 60)',
    power: '10 ** 10 ** 8',
    sort: 'a = list(range(200000, 0, -1))\nwhile True: sorted(a, key=lambda x: -x)',
    strings: 'while True: "x" * 50_000_000',
    sleep: 'import time; time.sleep(60)',
    // The rest is work of the host: folders of many files, long paths, large files.
    renames: `${manyFilesInPython}while True: os.rename("a", "b"); os.rename("b", "a")`,
    listings: `${manyFilesInPython}while True: os.scandir("a").close()`,
    paths:
      'import os\nfor i in range(39): os.symlink("./" * 2000 + f"l{i + 1}", f"l{i}")\nwhile True: os.path.exists("l0")',
    sizes: 'f = open("f", "wb")\nwhile True: f.truncate(60 << 20); f.truncate(20 << 20)',
    writes:
      'import os\nfd = os.open("f", os.O_RDWR | os.O_CREAT)\nb = bytes(16 << 20)\nwhile True: os.pwrite(fd, b, 0)',
    entropy: 'import os\nwhile True: os.urandom(32 << 20)',
  },
  javascript: {
    loop: 'while (true) {}',
    regex: '/(a*)*b/.test("a".repeat(60))',
    power: 'const x = 3n ** 300_000n; for (;;) x * x;',
    sort: 'const a = Array.from({ length: 100000 }, (_, i) => -i); for (;;) a.slice().sort((p, q) => p - q);',
    strings: 'for (;;) "x".repeat(50_000_000);',
    sleep: 'await new Promise((resolve) => setTimeout(resolve, 60000));',
    renames: `${manyFilesInJavaScript}for (;;) { fs.renameSync("a", "b"); fs.renameSync("b", "a"); }`,
    listings: `${manyFilesInJavaScript}for (;;) fs.readdirSync("a");`,
    paths:
      'const fs = await import("node:fs"); for (let i = 0; i < 39; i++) fs.symlinkSync("./".repeat(2000) + `l${i + 1}`, `l${i}`); for (;;) fs.existsSync("l0");',
    sizes:
      'const fs = await import("node:fs"); fs.writeFileSync("f", ""); for (;;) { fs.truncateSync("f", 60 << 20); fs.truncateSync("f", 20 << 20); }',
    writes:
      'const fs = await import("node:fs"); const fd = fs.openSync("f", "w"); const b = Buffer.alloc(16 << 20); for (;;) fs.writeSync(fd, b, 0, b.length, 0);',
    entropy: 'const crypto = await import("node:crypto"); for (;;) crypto.randomBytes(32 << 20);',
  },
};
