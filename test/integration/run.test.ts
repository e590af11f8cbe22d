import { createExecutor, type ExecRequest, type Executor, type LanguageKind } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hello, languages, type Pair, program } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

const run = (language: LanguageKind, pair: Pair, rest: Partial<ExecRequest> = {}) =>
  executor.run({ ...rest, language, files: [program(language, pair), ...(rest.files ?? [])] });

describe.each(languages)('$language', ({ language }) => {
  test('prints, and reports what the run took', async () => {
    const result = await run(language, hello);
    expect(result.run).toEqual({ stdout: 'hi\n', stderr: '', exitCode: 0 });
    expect(result.compile).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(result.timeMs).toBeGreaterThan(0);
    expect(result.memoryBytes).toBeGreaterThan(65_536);
    expect(result.stdoutTruncated).toBe(false);
  });

  test('reads arguments, environment and standard input', async () => {
    const { run: stage } = await run(
      language,
      {
        python:
          'import os, sys\nprint(sys.argv[0], sys.argv[1:], os.environ["GREETING"], os.environ["HOME"], "PATH" in os.environ)\n' +
          'print(sys.stdin.readline().strip(), len(sys.stdin.read()))',
        javascript:
          'import { readFileSync } from "node:fs";\nconst text = readFileSync(0, "utf8");\n' +
          'const list = (a) => "[" + a.map((x) => `\'${x}\'`).join(", ") + "]";\n' +
          'console.log(process.argv[1].split("/").pop().replace("mjs", "py"), list(process.argv.slice(2)), process.env.GREETING, process.env.HOME, "PATH" in process.env ? "True" : "False");\n' +
          'console.log(text.split("\\n")[0], text.length - text.indexOf("\\n") - 1);',
      },
      { args: ['one', 'two words', 'ü'], env: { GREETING: 'hallo ✓' }, stdin: 'first\nsecond\n' },
    );
    expect(stage.stdout).toBe("main.py ['one', 'two words', 'ü'] hallo ✓ /app False\nfirst 7\n");
  });

  test('nothing on standard input is an end at once', async () => {
    const { run: stage } = await run(language, {
      python: 'import sys; print(repr(sys.stdin.read()))',
      javascript: 'import { readFileSync } from "node:fs"; console.log(`\'${readFileSync(0, "utf8")}\'`)',
    });
    expect(stage.stdout).toBe("''\n");
  });

  test('imports the other files, in folders too', async () => {
    const files =
      language === 'python'
        ? [
            { name: 'lib/__init__.py', content: '' },
            { name: 'lib/deep/__init__.py', content: 'from ..base import two\nanswer = 21 * two' },
            { name: 'lib/base.py', content: 'two = 2' },
          ]
        : [
            {
              name: 'lib/deep/index.mjs',
              content: 'import { two } from "../base.mjs"; export const answer = 21 * two;',
            },
            { name: 'lib/base.mjs', content: 'export const two = 2;' },
          ];
    const { run: stage } = await run(
      language,
      {
        python: 'from lib.deep import answer\nprint(answer)',
        javascript: 'import { answer } from "./lib/deep/index.mjs";\nconsole.log(answer);',
      },
      { files },
    );
    expect(stage).toEqual({ stdout: '42\n', stderr: '', exitCode: 0 });
  });

  test('reads data files byte for byte, in each encoding', async () => {
    const { run: stage } = await run(
      language,
      {
        python:
          'for n in ("raw", "b64", "hex", "txt"):\n  print(n, open("data/" + n, "rb").read().hex())\nprint(open("data/txt", encoding="utf-8").read())',
        javascript:
          'import fs from "node:fs";\nfor (const n of ["raw", "b64", "hex", "txt"]) console.log(n, fs.readFileSync("data/" + n).toString("hex"));\n' +
          'console.log(fs.readFileSync("/app/data/txt", "utf8"));',
      },
      {
        files: [
          { name: 'data/raw', content: Uint8Array.of(0, 255, 128, 10, 13) },
          { name: 'data/b64', content: 'AP+ACg0=', encoding: 'base64' },
          { name: 'data/hex', content: '00fF800a0D', encoding: 'hex' },
          { name: '/app/data/txt', content: 'grün ✓', encoding: 'utf8' },
        ],
      },
    );
    const bytes = '00ff800a0d';
    const text = Buffer.from('grün ✓').toString('hex');
    expect(stage.stdout).toBe(`raw ${bytes}\nb64 ${bytes}\nhex ${bytes}\ntxt ${text}\ngrün ✓\n`);
  });

  test('writes files and reads them back; the next run does not see them', async () => {
    const write: Pair = {
      python:
        'import os\nopen("out.txt", "w").write("kept")\nopen("/tmp/t", "w").write("x")\nprint(open("out.txt").read(), sorted(os.listdir(".")))',
      javascript:
        'import fs from "node:fs"; fs.writeFileSync("out.txt", "kept"); fs.writeFileSync("/tmp/t", "x");\n' +
        'console.log(fs.readFileSync("out.txt", "utf8"), JSON.stringify(fs.readdirSync(".").sort()).replaceAll(\'"\', "\'").replace(",", ", "));',
    };
    const main = program(language, write).name;
    const { run: first } = await run(language, write);
    expect(first.stdout).toBe(`kept ['${main}', 'out.txt']\n`);
    const { run: second } = await run(language, {
      python: 'import os\nprint(sorted(os.listdir("/app") + os.listdir("/tmp")))',
      javascript:
        'import fs from "node:fs"; console.log(`[\'${[...fs.readdirSync("/app"), ...fs.readdirSync("/tmp")].join()}\']`)',
    });
    expect(second.stdout).toBe(`['${main}']\n`);
  });

  test.each([
    ['0', { python: 'import sys; sys.exit()', javascript: 'process.exit()' }, 0],
    ['a number', { python: 'import sys; sys.exit(7)', javascript: 'process.exit(7)' }, 7],
    ['low 8 bits', { python: 'import sys; sys.exit(-1)', javascript: 'process.exit(-1)' }, 255],
    ['large', { python: 'import sys; sys.exit(256 + 3)', javascript: 'process.exit(256 + 3)' }, 3],
    [
      'late',
      {
        python: 'import os; print("x", flush=True); os._exit(9)',
        javascript: 'console.log("x"); process.exitCode = 9',
      },
      9,
    ],
  ])('exit code: %s', async (_, pair, code) => {
    const { run: stage } = await run(language, pair);
    expect(stage.exitCode).toBe(code);
  });

  test('standard output and standard error stay apart, and whole', async () => {
    const { run: stage } = await run(language, {
      python: 'import sys\nfor i in range(3000):\n  print("ünï", i)\n  print("err", i, file=sys.stderr)',
      javascript: 'for (let i = 0; i < 3000; i++) { console.log("ünï", i); console.error("err", i); }',
    });
    const lines = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word} ${i}\n`).join('');
    expect(stage.stdout).toBe(lines('ünï'));
    expect(stage.stderr).toBe(lines('err'));
  });

  test('output over outputBytes is cut and flagged, and the program goes on', async () => {
    const result = await run(
      language,
      {
        python: 'import sys\nprint("x" * 100)\nprint("done", file=sys.stderr)',
        javascript: 'console.log("x".repeat(100)); console.error("done");',
      },
      { limits: { outputBytes: 10 } },
    );
    expect(result.run).toEqual({ stdout: 'x'.repeat(10), stderr: 'done\n', exitCode: 0 });
    expect([result.stdoutTruncated, result.stderrTruncated]).toEqual([true, false]);
  });

  test('the clocks really wait, and asynchronous waits run side by side', async () => {
    const result = await run(language, {
      python:
        'import asyncio, time\nt = time.monotonic()\ntime.sleep(0.05)\nasync def main():\n  await asyncio.gather(asyncio.sleep(0.1), asyncio.sleep(0.1))\nasyncio.run(main())\nprint(0.14 < time.monotonic() - t < 2)',
      javascript:
        'const t = performance.now();\nawait new Promise((r) => setTimeout(r, 50));\nawait Promise.all([1, 2].map(() => new Promise((r) => setTimeout(r, 100))));\nconst d = performance.now() - t; console.log(d > 140 && d < 2000 ? "True" : "False");',
    });
    expect(result.run.stdout).toBe('True\n');
    expect(result.timeMs).toBeGreaterThan(140);
  });

  test('entropy is fresh in every run', async () => {
    const draw: Pair = {
      python: 'import random, uuid, secrets\nprint(random.random(), uuid.uuid4(), secrets.token_hex(8))',
      javascript: 'console.log(Math.random(), Math.random());',
    };
    const outputs = new Set<string>();
    for (let i = 0; i < 4; i++) outputs.add((await run(language, draw)).run.stdout);
    expect(outputs.size).toBe(4);
  });

  test('runs at the same time do not meet', async () => {
    const several = createExecutor({ workers: 2 });
    try {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          several.run({
            language,
            files: [
              program(language, {
                python:
                  'import os\nprint(open("me").read(), os.environ["ME"], os.listdir("/tmp"))\nopen("/tmp/x", "w")',
                javascript:
                  'import fs from "node:fs"; console.log(fs.readFileSync("me", "utf8"), process.env.ME, `[${fs.readdirSync("/tmp")}]`); fs.writeFileSync("/tmp/x", "");',
              }),
              { name: 'me', content: `file ${i}` },
            ],
            env: [['ME', String(i)]],
          }),
        ),
      );
      expect(results.map(({ run: stage }) => stage.stdout)).toEqual(
        Array.from({ length: 8 }, (_, i) => `file ${i} ${i} []\n`),
      );
    } finally {
      await several.close();
    }
  });
});
