/** Seed 004 §8, row "Isolation": two concurrent sessions cannot access each other's files. */
import { conformance, entry } from './suite.ts';
import { main, type RequestRow, type Step } from './table.ts';

/** Leaves its mark everywhere it can, then tells what it sees. */
const marking = main(
  `import os, sys, builtins
who = sys.argv[1]
seen = [sys.stdin.read(), os.environ.get("WHO"), os.environ.get("MARK"), getattr(builtins, "mark", None)]
print(*seen, sorted(n for n in os.listdir(".") if n != "main.py"), os.listdir("/tmp") if os.path.isdir("/tmp") else [])
open(f"by-{who}", "w").write(who)
os.environ["MARK"] = builtins.mark = who
if os.path.isdir("/tmp"): open("/tmp/mark", "w").write(who)`,
  `import fs from "node:fs";
const who = process.argv[2], py = (v) => v === undefined ? "None" : v, list = (a) => "[" + a.map((n) => "'" + n + "'").join(", ") + "]";
const tmp = fs.existsSync("/tmp");
console.log(fs.readFileSync(0, "utf8"), process.env.WHO, py(process.env.MARK), py(globalThis.mark), list(fs.readdirSync(".").filter((n) => n !== "main.mjs").sort()), list(tmp ? fs.readdirSync("/tmp") : []));
fs.writeFileSync("by-" + who, who);
process.env.MARK = globalThis.mark = Object.prototype.mark = who;
if (tmp) fs.writeFileSync("/tmp/mark", who);`,
);

const input = (who: string) => ({ args: [who], stdin: `in ${who}`, env: [['WHO', `w${who}`]] as const });
/** What a run sees of the marks of the others: nothing, and of its own session the file. */
const sees = (who: string, files: string): Step['expect'] & object => ({
  stdout: `in ${who} w${who} None None ${files} []\n`,
});
const stateless: RequestRow = { files: [marking], ...input('s') };

conformance('isolation', [
  {
    name: 'two sessions and stateless runs, turn by turn',
    steps: [
      { in: 'a', upload: marking },
      { in: 'b', upload: marking },
      { in: 'a', run: { ...entry, ...input('a') }, expect: sees('a', '[]') },
      { in: 'b', run: { ...entry, ...input('b') }, expect: sees('b', '[]') },
      { stateless, expect: sees('s', '[]') },
      { in: 'a', run: { ...entry, ...input('a') }, expect: sees('a', "['by-a']") },
      { in: 'b', stream: { ...entry, ...input('b') }, expect: sees('b', "['by-b']") },
      { stateless, expect: sees('s', '[]') },
      { in: 'a', download: 'by-b', expect: { arm: 'runtime-failed', stderr: /by-b/ } },
      { in: 'b', download: 'by-a', expect: { arm: 'runtime-failed', stderr: /by-a/ } },
      { in: 'a', download: 'by-a', expect: { bytes: 'a' } },
    ],
  },
  {
    name: 'sessions and stateless runs at the same time',
    steps: [
      [
        { in: 'a', upload: marking },
        { in: 'b', upload: marking },
        { in: 'c', upload: marking },
      ],
      [
        { in: 'a', run: { ...entry, ...input('a') }, expect: sees('a', '[]') },
        { in: 'b', run: { ...entry, ...input('b') }, expect: sees('b', '[]') },
        { in: 'c', stream: { ...entry, ...input('c') }, expect: sees('c', '[]') },
        { stateless, expect: sees('s', '[]') },
        { stateless, expect: sees('s', '[]') },
      ],
      [
        { in: 'c', run: { ...entry, ...input('c') }, expect: sees('c', "['by-c']") },
        { in: 'a', run: { ...entry, ...input('a') }, expect: sees('a', "['by-a']") },
        { stateless, expect: sees('s', '[]') },
      ],
    ],
  },
  {
    name: 'the same names are different files; closing one session leaves the other',
    steps: [
      { in: 'a', upload: { name: 'same', content: 'of a' } },
      { in: 'b', upload: { name: 'same', content: 'of b' } },
      { in: 'b', upload: { name: 'sub/only-b', content: '' } },
      { in: 'b', cd: 'sub' },
      { in: 'a', list: '.', expect: { names: ['same'] } },
      { in: 'a', cd: 'sub', expect: { arm: 'runtime-failed' } },
      { in: 'a', close: true },
      { in: 'a', download: 'same', expect: { arm: 'internal' } },
      { in: 'b', download: '../same', expect: { bytes: 'of b' } },
    ],
  },
  {
    name: 'nothing of the host’s machine can be reached',
    steps: [
      {
        upload: main(
          'for path in ["/etc/passwd", "/proc/self/environ", "/var", "../../etc/passwd", "/root", "/home"]:\n  try:\n    import os\n    print(path, os.listdir(path) if os.path.isdir(path) else open(path).read())\n  except OSError: pass',
          'import fs from "node:fs"; for (const path of ["/etc/passwd", "/proc/self/environ", "/var", "../../etc/passwd", "/root", "/home"]) { try { console.log(path, fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path, "utf8")); } catch {} }',
        ),
      },
      { run: entry, expect: { stdout: '' } },
      { download: '/etc/passwd', expect: { arm: 'runtime-failed' } },
      { list: '/etc', expect: { arm: 'runtime-failed' } },
    ],
  },
  {
    name: 'a network is nowhere',
    files: [
      main(
        'import socket\ntry: socket.create_connection(("127.0.0.1", 80), timeout=1)\nexcept OSError: print("refused")',
        'try { await fetch("http://127.0.0.1/"); } catch { console.log("refused"); }',
      ),
    ],
    expect: { stdout: 'refused\n' },
  },
]);
