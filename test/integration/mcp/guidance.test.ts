import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, connect, connectStdio, execute, type Language, languages, refused, scratchFolder } from './support.ts';

let client: Client;
beforeAll(async () => {
  ({ client } = await connectStdio(await scratchFolder()));
});
afterAll(() => client.close());

interface Failing {
  readonly type: string;
  readonly code: { readonly [language in Language]?: string };
  readonly session?: Record<string, unknown>;
  readonly timeout?: number;
  /** What must be in the message, and in the guidance. */
  readonly message: RegExp;
  readonly says: RegExp;
  readonly line?: number;
}

const failures: readonly Failing[] = [
  {
    type: 'OutOfFuel',
    code: { python: 'n = 0\nwhile True:\n    n += 1', javascript: 'let n = 0;\nwhile (true) n++;' },
    session: { fuel_budget: 100_000_000 },
    message: /fuel/,
    says: /line 2 has no end[\s\S]*create_session\(language="(python|javascript)", fuel_budget=200000000\)/,
  },
  {
    type: 'Timeout',
    code: { python: 'import time\ntime.sleep(60)', javascript: 'os.sleep(60000)' },
    timeout: 1,
    message: /longer than 1000 ms/,
    says: /timeout=60/,
  },
  {
    type: 'MemoryExhausted',
    code: { python: 'x = [0]\nwhile True: x = x + x', javascript: "let x = ['a'];\nfor (;;) x = x.concat(x);" },
    session: { memory_bytes: 64 * 1024 * 1024 },
    message: /memory|MemoryError/,
    says: /memory_bytes=134217728/,
  },
  {
    type: 'PathRestriction',
    code: {
      python: 'print(open("/etc/passwd").read())',
      javascript: "console.log(require('fs').readFileSync('/etc/passwd', 'utf8'))",
    },
    message: /\/etc\/passwd/,
    says: /inside \/app, such as '\/app\/passwd'[\s\S]*upload_file/,
    line: 1,
  },
  {
    type: 'PathRestriction',
    code: { python: 'import os\nos.makedirs("/var/data")', javascript: "require('fs').mkdirSync('/var')" },
    message: /\/var/,
    says: /inside \/app/,
  },
  {
    type: 'PathRestriction',
    code: { python: 'open("../../x", "w")', javascript: "require('fs').writeFileSync('../../x', '')" },
    message: /\.\.\/\.\.\/x/,
    says: /'\/app\/x'/,
  },
  {
    type: 'FileNotFound',
    code: { python: 'open("data.csv")', javascript: "require('fs').readFileSync('data.csv')" },
    message: /data\.csv/,
    says: /list_files[\s\S]*upload_file\(path="data\.csv"/,
  },
  {
    type: 'ReadOnlyMount',
    code: {
      python: 'open("/data/site-packages/x", "w")',
      javascript: "require('fs').writeFileSync('/data_js/vendor/csv.js', '')",
    },
    message: /\/data/,
    says: /Write inside \/app/,
  },
  {
    type: 'NetworkDenied',
    code: {
      python: 'import urllib.request\nurllib.request.urlopen("http://example.com")',
      javascript: "await fetch('http://example.com')",
    },
    message: /./,
    says: /no network[\s\S]*upload_file/,
  },
  {
    type: 'NetworkDenied',
    code: {
      python: 'import socket\nsocket.create_connection(("example.com", 80))',
      javascript: "import net from 'node:net'\nnet.connect(80, 'example.com')",
    },
    message: /./,
    says: /no network/,
  },
  {
    type: 'UnsupportedOperation',
    code: {
      python: 'import subprocess\nsubprocess.run(["ls"])',
      javascript: "import cp from 'node:child_process'\ncp.execSync('ls')",
    },
    message: /./,
    says: /processes or threads/,
  },
  {
    type: 'MissingVendoredPackage',
    code: { python: 'import numpy as np', javascript: "import _ from 'left-pad'" },
    message: /numpy|left-pad/,
    says: /'(numpy|left-pad)' is not among the packages/,
  },
  {
    type: 'MissingVendoredPackage',
    code: { javascript: "const csv = requireVendor('cvs')" },
    message: /cvs/,
    says: /Did you mean csv\?/,
  },
  {
    type: 'MissingRequireVendor',
    code: { javascript: "console.log(csv.parse('a,b'))" },
    message: /csv is not defined/,
    says: /const csv = requireVendor\('csv'\)/,
    line: 1,
  },
  {
    type: 'MissingRequireVendor',
    code: { javascript: 'const s = 1;\nstringUtils.slugify("x")' },
    message: /stringUtils is not defined/,
    says: /requireVendor\('string'\)/,
    line: 2,
  },
  {
    type: 'QuickJSTupleDestructuring',
    code: {
      javascript: "const files = os.readdir('/app');\nfor (const file of files) console.log(file.toUpperCase());",
    },
    message: /TypeError/,
    says: /os\.readdir \(line 2\) returns \[result, error\]/,
  },
  {
    type: 'QuickJSTupleDestructuring',
    code: { javascript: "const [text, error] = std.loadFile('none.txt');" },
    message: /TypeError/,
    says: /std\.loadFile \(line 1\) returns one value/,
  },
  {
    type: 'SyntaxError',
    code: { python: 'a = 1\nif a\n    print(a)', javascript: 'const a = 1;\nif (a {\n}' },
    message: /SyntaxError/,
    says: /at line 2/,
    line: 2,
  },
  {
    type: 'RecursionLimit',
    code: {
      python: 'def f(n):\n    return f(n + 1)\nf(0)',
      javascript: 'function f(n) { return f(n + 1) + 1; }\nf(0);',
    },
    message: /RecursionError|call stack/,
    says: /recursion ends/,
  },
  {
    type: 'UncaughtException',
    code: { python: 'x = {}\nx["k"]', javascript: 'const x = {};\nx.k.l;' },
    message: /KeyError|TypeError/,
    says: /line 2/,
    line: 2,
  },
  {
    type: 'NonZeroExit',
    code: { python: 'import sys\nsys.exit(4)', javascript: 'process.exit(4)' },
    message: /exit code 4/,
    says: /exit code 4/,
  },
];

/** What programs of agents most often fail with: the class, what the guidance must say, and the corrected line. */
const usual: readonly [language: Language, code: string, type: string, says: RegExp, after?: RegExp][] = [
  ['python', 'print(total)', 'UncaughtException', /fresh interpreter.*auto_persist_globals=true/],
  ['python', "rows = json.loads('[]')", 'UncaughtException', /Import it first: import json/, /^import json\nrows = /],
  ['python', 'x = true', 'UncaughtException', /Python's name for true is True/, /^x = True$/],
  ['python', 'console.log(1)', 'UncaughtException', /language="javascript"/],
  ['python', 'from openpyxl import Workbok', 'UncaughtException', /did you mean Workbook/, /import Workbook$/],
  ['python', 'import signal\nsignal.alarm(1)', 'UncaughtException', /dir\(signal\)/],
  ['python', 'import re\nre.match("a", "b").group()', 'UncaughtException', /line 2 is None/],
  ['python', '{"a": 1}["b"]', 'UncaughtException', /no such key at line 1/],
  ['python', '[1][2]', 'UncaughtException', /shorter than the index/],
  ['python', '"a" + 1', 'UncaughtException', /str\(x\)/],
  ['python', 'def f(a): pass\nf()', 'UncaughtException', /inspect\.signature/],
  ['python', 'import json\njson.dumps({1, 2})', 'UncaughtException', /default=str/, /default=str\)$/],
  ['python', 'import json\njson.loads("{bad")', 'UncaughtException', /not JSON/],
  [
    'python',
    'open("b", "wb").write(b"\\xff")\nt = open("b").read()',
    'UncaughtException',
    /not UTF-8/,
    /encoding='latin-1'/,
  ],
  ['python', 'name = input("name? ")', 'UncaughtException', /standard input is empty/, /^name = "the value"$/],
  ['python', 'int("1,000")', 'UncaughtException', /no number/],
  ['python', 'a, b = [1]', 'UncaughtException', /more or fewer/],
  ['python', 'sum([]) / len([])', 'UncaughtException', /divisor is 0/],
  ['python', 'import os\nos.mkdir("d")\nos.mkdir("d")', 'UncaughtException', /exist_ok=True/, /exist_ok=True\)$/],
  ['python', 'open("/app")', 'UncaughtException', /is a folder/],
  [
    'python',
    'import sqlite3\nsqlite3.connect("x.db").execute("select * from t")',
    'UncaughtException',
    /sqlite_master/,
  ],
  ['python', 'import sqlite3\nsqlite3.connect("/var/x.db")', 'PathRestriction', /\/app\/x\.db/, /"\/app\/x\.db"/],
  [
    'python',
    'open("a/b.txt", "w")',
    'FileNotFound',
    /folder "a" does not exist/,
    /^os\.makedirs\("a", exist_ok=True\)\n/,
  ],
  ['python', 'open("/tmp/left.txt")', 'FileNotFound', /\/tmp belongs to one run/],
  ['python', 'open("C:\\\\data\\\\x.csv")', 'PathRestriction', /'\/app\/x\.csv'/, /"\/app\/x\.csv"/],
  [
    'python',
    'open("/mnt/data/in.csv")',
    'PathRestriction',
    /upload_file\(path="in\.csv"/,
    /^open\("\/app\/in\.csv"\)$/,
  ],
  ['python', 'import pandas as pd', 'MissingVendoredPackage', /pandas: it is native code.*openpyxl/],
  ['python', 'from PIL import Image', 'MissingVendoredPackage', /PIL: it is native code/],
  ['python', 'import httpx', 'MissingVendoredPackage', /no network/],
  ['python', 'import opnpyxl', 'MissingVendoredPackage', /Did you mean openpyxl/, /^import openpyxl$/],
  ['python', 'import multiprocessing as m\nm.Process(target=print).start()', 'UnsupportedOperation', /threads/],
  [
    'python',
    'import threading\nthreading.Thread(target=print).start()',
    'UnsupportedOperation',
    /asyncio/,
    /^work\(\)$/,
  ],
  ['python', '```python\nprint(1)\n```', 'SyntaxError', /without the fences/],
  ['python', '!pip install numpy', 'SyntaxError', /command of a shell/],
  ['python', 'const x = 1;', 'SyntaxError', /language="javascript"/],
  ['python', 'print "hello"', 'SyntaxError', /function in Python 3/, /^print\("hello"\)$/],
  ['python', 'if 1\n    pass', 'SyntaxError', /colon/, /^if 1:$/],
  ['python', 'def f():\nprint(1)', 'SyntaxError', /Indent/, /^def f\(\):\n {4}print\(1\)$/],
  ['python', '  print(1)', 'SyntaxError', /spaces at the beginning/, /^print\(1\)$/],
  ['python', 'print("a\nb")', 'SyntaxError', /not ended by its quote/],
  ['python', 'await f()', 'SyntaxError', /async function/, /asyncio\.run\(main\(\)\)$/],
  ['python', 'raise ExceptionGroup("many", [ValueError(1), TypeError(2)])', 'UncaughtException', /itself raises this/],
  ['javascript', 'console.log(total)', 'UncaughtException', /fresh interpreter.*auto_persist_globals=true/],
  ['javascript', 'print(1)', 'UncaughtException', /console\.log/, /^console\.log\(1\)$/],
  ['javascript', 'None', 'UncaughtException', /language="python"/],
  ['javascript', 'document.title', 'UncaughtException', /no browser/],
  [
    'javascript',
    "const fs = require('fs');\nawait 1;",
    'UncaughtException',
    /not there in an ES module/,
    /^import fs from 'fs';$/,
  ],
  ['javascript', 'const o = {};\no.a.b', 'UncaughtException', /before \.b at line 2 is undefined/, /^o\.a\?\.b$/],
  ['javascript', "const f = std.open('none', 'r');\nf.getline()", 'UncaughtException', /std\.open.*return null/],
  ['javascript', 'const x = {};\nx.y()', 'UncaughtException', /x\.y, which is called at line 2, is no function/],
  ['javascript', 'const x = 1;\nx = 2', 'UncaughtException', /declare it with let/],
  ['javascript', 'JSON.parse("{bad")', 'UncaughtException', /not JSON/],
  ['javascript', 'const a = {}; a.a = a; JSON.stringify(a)', 'UncaughtException', /holds itself/],
  ['javascript', '1n + 1', 'UncaughtException', /BigInt and number do not mix/],
  ['javascript', 'new Date("x").toISOString()', 'UncaughtException', /date is invalid/],
  ['javascript', 'await new Promise(() => {})', 'UncaughtException', /nothing will ever settle/],
  ['javascript', "require('fs').mkdirSync('e'); require('fs').mkdirSync('e')", 'UncaughtException', /recursive: true/],
  ['javascript', "writeText('f', 'x'); require('fs').readdirSync('f/x')", 'UncaughtException', /./],
  [
    'javascript',
    "require('fs').writeFileSync('a/b.txt', '')",
    'FileNotFound',
    /folder "a" does not exist/,
    /mkdirSync\("a"/,
  ],
  ['javascript', "import x from './missing.js'", 'FileNotFound', /upload_file\(path="missing\.js"/],
  ['javascript', "readText('/etc/hosts')", 'PathRestriction', /'\/app\/hosts'/, /^readText\('\/app\/hosts'\)$/],
  ['javascript', "import axios from 'axios'", 'MissingVendoredPackage', /no network/],
  ['javascript', "import moment from 'moment'", 'MissingVendoredPackage', /requireVendor\('date'\)/],
  ['javascript', "import x from 'https://esm.sh/lodash'", 'NetworkDenied', /no network/],
  ['javascript', "os.exec(['ls'])", 'UnsupportedOperation', /processes/],
  [
    'javascript',
    "import { Worker } from 'worker_threads'; new Worker('x')",
    'UnsupportedOperation',
    /threads/,
    /import/,
  ],
  [
    'javascript',
    "import { readdir } from 'os';\nconst names = readdir('/app');\nnames.filter((name) =>\n  name.endsWith('x'));",
    'QuickJSTupleDestructuring',
    /os\.readdir \(line 3\)/,
  ],
  ['javascript', '```js\nconsole.log(1)\n```', 'UncaughtException', /without the fences/],
  ['javascript', 'def f():\n  return 1', 'SyntaxError', /language="python"/],
  ['javascript', 'const n: number = 1;', 'SyntaxError', /take the types out/, /^const n = 1;$/],
  ['javascript', 'const a = <div/>;', 'SyntaxError', /JSX/],
  ['javascript', 'let a = 1; let a = 2', 'SyntaxError', /declared twice/],
  ['javascript', 'function f() { await g() }', 'SyntaxError', /make the function async/, /^async function/],
  ['javascript', 'const a = [1, 2', 'SyntaxError', /not closed/],
  ['javascript', "import { nope } from 'fs'", 'SyntaxError', /no export of that name/],
];

test.each(usual)('usual in %s: %s', async (language, code, type, says, after) => {
  await ask(client, 'reset_workspace');
  const { structured_content } = await execute(client, language, code);
  const { error_type, actionable_guidance, code_examples } = structured_content;
  expect([error_type, actionable_guidance.length >= 2]).toEqual([type, true]);
  expect(actionable_guidance.join('\n')).toMatch(says);
  if (after !== undefined) expect(code_examples[0].after).toMatch(after);
  for (const { before, after: then } of code_examples) expect(before).not.toBe(then);
});

test('a corrected line works', async () => {
  await ask(client, 'reset_workspace');
  for (const [language, code] of [
    ['python', 'import os\nopen("a/b.txt", "w")'],
    ['python', 'print "hello"'],
    ['python', 'if 1\n    pass'],
    ['python', 'def f():\nprint(1)'],
    ['python', '  print(1)'],
    ['python', 'x = json.dumps([])'],
    ['python', 'x = input()'],
    ['javascript', 'print(1)'],
    ['javascript', 'const o = {}; o.a.b'],
    ['javascript', 'const n: number = 1;'],
    ['javascript', "writeText('/etc/x', '1')"],
    ['javascript', "const fs = require('fs'); await 1;"],
  ] as const) {
    const { structured_content } = await execute(client, language, code);
    const [{ before, after }] = structured_content.code_examples;
    const { success, stderr } = await execute(client, language, code.replace(before, after));
    expect([code, stderr, success]).toEqual([code, '', true]);
  }
});

test('messages speak of what can be given here, not of the library', async () => {
  const { session_id } = await ask(client, 'create_session', { language: 'python', fuel_budget: 10_000_000 });
  const out = await execute(client, 'python', 'while True: pass', { session_id });
  const late = await execute(client, 'python', 'import time; time.sleep(9)', { timeout: 1 });
  const large = await execute(client, 'python', 'x = bytearray(10**9)');
  for (const { structured_content } of [out, late, large]) {
    expect(JSON.stringify(structured_content)).not.toMatch(/limits\.\w+|timeMs/);
  }
});

const cases = failures.flatMap((failing) =>
  languages.flatMap((language) =>
    failing.code[language] === undefined ? [] : [{ ...failing, language, source: failing.code[language] }],
  ),
);

test.each(cases)(
  '$type in $language: $source',
  async ({ type, language, source, session, timeout, message, says, line }) => {
    const named =
      session === undefined
        ? {}
        : { session_id: (await ask(client, 'create_session', { language, ...session })).session_id };
    const { success, structured_content } = await execute(client, language, source, {
      ...named,
      ...(timeout === undefined ? {} : { timeout }),
    });
    expect(success).toBe(false);
    expect(structured_content).toMatchObject({ error_type: type, error_message: expect.stringMatching(message) });
    expect(structured_content.actionable_guidance.length).toBeGreaterThanOrEqual(2);
    expect(structured_content.actionable_guidance.join('\n')).toMatch(says);
    expect(structured_content.related_docs.length).toBeGreaterThan(0);
    if (line !== undefined) expect(structured_content.line).toBe(line);
    for (const { before, after } of structured_content.code_examples) expect(before).not.toBe(after);
  },
);

test('over HTTP each class is the same', async () => {
  const { client: other, close } = await connect('HTTP');
  try {
    for (const { type, language, source, session, timeout } of cases) {
      const named =
        session === undefined
          ? {}
          : { session_id: (await ask(other, 'create_session', { language, ...session })).session_id };
      const { structured_content } = await execute(other, language, source, {
        ...named,
        ...(timeout === undefined ? {} : { timeout }),
      });
      expect([source, structured_content.error_type]).toEqual([source, type]);
    }
    const { session_id } = await ask(other, 'create_session', { language: 'python' });
    expect(await refused(other, 'execute_code', { language: 'javascript', code: '1', session_id })).toMatchObject({
      error_type: 'InvalidSessionState',
    });
  } finally {
    await close();
  }
}, 180_000);

test.each(languages)('%s: a full workspace is QuotaExceeded', async (language) => {
  const code = {
    python: 'for i in range(20000): open(f"f{i}", "w").close()',
    javascript: "const fs = require('fs'); for (let i = 0; i < 20000; i++) fs.writeFileSync(`f${i}`, '')",
  };
  const { structured_content } = await execute(client, language, code[language]);
  expect(structured_content).toMatchObject({ error_type: 'QuotaExceeded', error_message: expect.any(String) });
  expect(structured_content.actionable_guidance.join('\n')).toMatch(/reset_workspace/);
  await ask(client, 'reset_workspace');
});

test.each(languages)('%s: a cancelled run says so', async (language) => {
  const code = {
    python: 'print("begun", flush=True)\nwhile True: pass',
    javascript: 'console.log("begun"); for (;;) {}',
  };
  const result = await ask(
    client,
    'execute_code',
    { language, code: code[language], timeout: 300 },
    { onprogress: () => void ask(client, 'cancel_execution') },
  );
  expect(result).toMatchObject({
    success: false,
    stdout: 'begun\n',
    exit_code: 130,
    metadata: { trap_reason: 'host_error' },
    structured_content: { error_type: 'Cancelled' },
  });
});

describe('InvalidSessionState', () => {
  test.each(languages)('a session of the other language than %s', async (language) => {
    const { session_id } = await ask(client, 'create_session', {
      language: language === 'python' ? 'javascript' : 'python',
    });
    const guidance = await refused(client, 'execute_code', { language, code: '1', session_id });
    expect(guidance).toMatchObject({ error_type: 'InvalidSessionState', success: false });
    expect((guidance['actionable_guidance'] as string[]).length).toBeGreaterThan(1);
  });

  test('a name that is taken, and the name of the default session', async () => {
    await ask(client, 'create_session', { language: 'python', session_id: 'taken' });
    for (const session_id of ['taken', 'default']) {
      expect(await refused(client, 'create_session', { language: 'python', session_id })).toMatchObject({
        error_type: 'InvalidSessionState',
      });
    }
  });
});

describe('what is no failure carries no guidance', () => {
  const words =
    'OutOfFuel MemoryError Traceback (most recent call last): FileNotFoundError: [Errno 44] No such file: /etc/passwd TypeError: value is not iterable SyntaxError';
  test.each(languages)('%s: a program that prints such words and succeeds', async (language) => {
    const code = {
      python: `import sys\nprint("${words}")\nprint("${words}", file=sys.stderr)`,
      javascript: `console.log("${words}"); console.error("${words}")`,
    };
    const { success, structured_content } = await execute(client, language, code[language]);
    expect(success).toBe(true);
    expect(Object.keys(structured_content)).toEqual(['fuel_analysis']);
  });

  test.each(languages)('%s: a program that prints another error and fails with its own', async (language) => {
    const code = {
      python:
        'import sys\nprint("Traceback (most recent call last):\\nModuleNotFoundError: No module named \'numpy\'", file=sys.stderr)\nraise ValueError("mine")',
      javascript:
        'console.error("Error: Cannot find module \'numpy\'\\n    at /app/x.js:1:1\\n");\nthrow new RangeError("mine")',
    };
    const { structured_content } = await execute(client, language, code[language]);
    expect(structured_content).toMatchObject({
      error_type: 'UncaughtException',
      error_message: expect.stringMatching(/mine/),
    });
  });

  const own: readonly [Language, string][] = [
    ['python', 'raise ConnectionError("mine")'],
    ['python', 'raise ModuleNotFoundError("No module named \'numpy\'")'],
    ['python', 'raise PermissionError(13, "Permission denied", "/etc/shadow")'],
    ['python', 'raise RecursionError("mine")'],
    [
      'python',
      'def check(x):\n    if not x: raise FileNotFoundError(2, "No such file or directory", "/etc/x")\ncheck(0)',
    ],
    ['python', 'class OutOfFuel(Exception): pass\nraise OutOfFuel("fuel")'],
    ['python', 'raise MemoryError("mine")'],
    ['javascript', 'throw new TypeError("fetch failed")'],
    ['javascript', 'throw new Error("Cannot find module \'numpy\'")'],
    ['javascript', 'throw new RangeError("Maximum call stack size exceeded")'],
    ['javascript', 'throw new ReferenceError("csv is not defined")'],
    ['javascript', 'throw Object.assign(new Error("ENOENT"), { code: "ENOENT", path: "/etc/passwd" })'],
    ['javascript', 'const x = os.readdir("/app");\nif (x.length > 9) x[0];\n\n\n\n\nthrow new TypeError("mine")'],
    ['javascript', 'class Timeout extends Error {}\nthrow new Timeout("mine")'],
  ];
  test.each(own)('%s: the program names its own exceptions as it likes: %s', async (language, code) => {
    const { structured_content } = await execute(client, language, code);
    expect(structured_content.error_type).toBe('UncaughtException');
    expect(structured_content.actionable_guidance[0]).toMatch(/program itself raises this/);
  });

  test('an exception that is only passed on keeps its class', async () => {
    const python = 'try:\n    open("/etc/passwd")\nexcept OSError:\n    raise';
    expect((await execute(client, 'python', python)).structured_content.error_type).toBe('PathRestriction');
    const javascript = "try {\n  readText('/etc/passwd');\n} catch (error) {\n  throw error;\n}";
    expect((await execute(client, 'javascript', javascript)).structured_content.error_type).toBe('PathRestriction');
  });

  test.each(languages)('%s: a program that prints an exception and only exits', async (language) => {
    const code = {
      python:
        'import sys\nprint("Traceback (most recent call last):\\nModuleNotFoundError: No module named \'numpy\'", file=sys.stderr)\nsys.exit(1)',
      javascript: 'console.error("Error: Cannot find module \'numpy\'\\n    at /app/x.js:1:1"); process.exit(1)',
    };
    expect((await execute(client, language, code[language])).structured_content.error_type).toBe('NonZeroExit');
  });
});

describe('use of fuel (seed 003 §7.3)', () => {
  const loop = {
    python: (n: number) => `n = 0\nfor i in range(${n}):\n    n += i`,
    javascript: (n: number) => `let n = 0;\nfor (let i = 0; i < ${n}; i++) n += i;`,
  };
  const shares = [
    { percent: 10, status: 'efficient', recommends: null },
    { percent: 50, status: 'moderate', recommends: /no action is needed/ },
    { percent: 80, status: 'warning', recommends: /Consider a larger one.*create_session\(fuel_budget=\d+\)/ },
    { percent: 95, status: 'critical', recommends: /use a larger budget next time, create_session\(fuel_budget=\d+\)/ },
  ] as const;
  describe.each(languages)('%s', (language) => {
    test.each(shares)('$percent % is $status', async ({ percent, status, recommends }) => {
      // The same program and input take the same fuel: its budget can be chosen by what it took.
      const code = loop[language](100_000);
      const first = await execute(client, language, code);
      const fuel_budget = Math.floor((first.fuel_consumed * 100) / percent);
      const { session_id } = await ask(client, 'create_session', { language, fuel_budget });
      const { success, structured_content } = await execute(client, language, code, { session_id });
      expect(success).toBe(true);
      const analysis = structured_content.fuel_analysis;
      expect(analysis).toMatchObject({ budget: fuel_budget, status, utilization: expect.stringMatching(/^\d+%$/) });
      expect(Math.abs(analysis.utilization_percent - percent)).toBeLessThan(2);
      if (recommends === null) expect(analysis.recommendation).toBeNull();
      else expect(analysis.recommendation).toMatch(recommends);
      const costly = status === 'warning' || status === 'critical';
      expect(analysis.likely_causes.length > 0).toBe(costly);
    });
  });
});

describe('get_execution_guidance (seed 003 §7.1)', () => {
  const advice = async (language: Language, code: string, context?: string) =>
    (await ask(client, 'get_execution_guidance', { language, code, ...(context === undefined ? {} : { context }) }))
      .analysis;

  test('multi-turn data analysis: a session that keeps variables', async () => {
    for (const language of languages) {
      const analysis = await advice(
        language,
        language === 'python' ? 'rows = [1, 2]\nprint(sum(rows))' : 'const rows = [1, 2];',
        'multi-turn data analysis',
      );
      expect(analysis).toMatchObject({
        recommended_session_type: 'new_session',
        recommended_config: { auto_persist_globals: true },
      });
      expect(analysis.suggestions.join('\n')).toMatch(/create_session\(language="\w+", auto_persist_globals=true\)/);
    }
    const code = "counter = (counter if 'counter' in globals() else 0) + 1";
    expect(await advice('python', code)).toMatchObject({
      detected_patterns: ['state_persistence'],
      recommended_config: { auto_persist_globals: true },
    });
    expect(await advice('javascript', '_state.n = 1')).toMatchObject({
      recommended_config: { auto_persist_globals: true },
    });
  });

  test('a one-off calculation: the default session', async () => {
    for (const [language, code] of [
      ['python', 'print(sum(range(101)))'],
      ['javascript', 'console.log(6 * 7)'],
    ] as const) {
      expect(await advice(language, code, 'one-off calculation')).toMatchObject({
        recommended_session_type: 'default_session',
        recommended_config: { auto_persist_globals: false, fuel_budget: 10_000_000_000 },
        warnings: [],
      });
    }
  });

  test('Excel files: more fuel and memory', async () => {
    for (const [language, code] of [
      [
        'python',
        "import openpyxl\nbook = openpyxl.load_workbook('data.xlsx')\nfor row in book.active.rows: print(row)",
      ],
      ['javascript', "const xlsx = requireVendor('xlsx');\nconsole.log(xlsx)"],
    ] as const) {
      const analysis = await advice(language, code, 'one-off Excel processing');
      expect(analysis.detected_patterns).toEqual(expect.arrayContaining(['vendored_packages', 'document_processing']));
      expect(analysis.recommended_session_type).toBe('new_session');
      expect(analysis.recommended_config.fuel_budget).toBeGreaterThan(10_000_000_000);
      expect(analysis.recommended_config.memory_bytes).toBeGreaterThan(128 * 1024 * 1024);
      expect(analysis.estimated_fuel).toMatch(/for importing (openpyxl|xlsx), measured/);
      // What is recommended can be asked for.
      const { reason, ...config } = analysis.recommended_config;
      expect(reason).toMatch(/openpyxl|xlsx/);
      if (language === 'python')
        expect(analysis.suggestions.join('\n')).toMatch(/Consider XlsxWriter \(\d+M to import/);
      await ask(client, 'create_session', { language, ...config });
    }
  });

  test('JavaScript CSV parsing: the tuples of QuickJS', async () => {
    const code = "const csv = requireVendor('csv');\nconst rows = csv.parse(std.loadFile('data.csv'));";
    const analysis = await advice('javascript', code, 'CSV parsing');
    expect(analysis.suggestions.join('\n')).toMatch(/return \[result, error\]/);
    expect(analysis.suggestions.join('\n')).toMatch(/csv\.parse gives objects/);
    expect(analysis.detected_patterns).toEqual(expect.arrayContaining(['file_io', 'vendored_packages', 'quickjs_api']));
  });

  const rows: readonly [language: Language, code: string, pattern: string, warning: RegExp][] = [
    ['python', 'import requests\nrequests.get("http://x")', 'network', /Line 1: requests needs the network/],
    ['javascript', 'const r = await fetch("http://x")', 'network', /Line 1: fetch needs the network/],
    ['python', 'import os\nos.system("ls")', 'processes', /Line 2: os\.system/],
    ['javascript', "import cp from 'node:child_process'", 'processes', /child_process/],
    ['python', 'while True:\n    pass', 'endless_loop', /Line 1: the loop has no end/],
    ['javascript', 'let n = 0;\nfor (;;) n++', 'endless_loop', /Line 2: the loop has no end/],
    ['python', 'open("/etc/hosts")', 'file_io', /Line 1: "\/etc\/hosts" is outside of \/app/],
    ['javascript', "std.open('/data_js/vendor/x', 'w')", 'file_io', /read-only folder/],
    ['python', 'x = input()', 'standard_input', /Standard input is empty/],
    ['python', 'def f(n):\n    return f(n - 1)', 'recursion', /^$/],
    ['javascript', "const x = os.stat('/app');\nx.size", 'quickjs_api', /os\.stat is taken apart wrongly/],
    ['python', 'def f(:\n    pass', 'syntax_error', /line 1/],
    ['javascript', 'let a = 1;\nlet a = 2;', 'syntax_error', /line 2/],
    [
      'python',
      'for i in range(10**6):\n    for j in range(10**6):\n        pass',
      'nested_loops',
      /default fuel budget/,
    ],
    ['python', 'import pandas', '', /native packages/],
  ];
  test.each(rows)('%s: %s', async (language, code, pattern, warning) => {
    const { detected_patterns, warnings } = await advice(language, code);
    if (pattern !== '') expect(detected_patterns).toContain(pattern);
    expect(warnings.join('\n')).toMatch(warning);
  });

  test('a word in a string or a comment is no pattern', async () => {
    expect(
      (await advice('python', '# while True: import socket\nprint("import subprocess; open(\'/etc/passwd\')")'))
        .detected_patterns,
    ).toEqual([]);
    expect(
      (await advice('javascript', '// for (;;) fetch("x")\nconsole.log("require(\'child_process\')")'))
        .detected_patterns,
    ).toEqual([]);
  });

  test('the code is not run, and hostile code does no harm', async () => {
    const nested = '['.repeat(20_000);
    for (const [language, code] of [
      ['python', 'open("made", "w").write("x")'],
      ['javascript', "std.writeFile('made', 'x')"],
      ['python', nested],
      ['javascript', nested],
      ['python', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`],
      ['javascript', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`],
      ['python', `x = ${'-'.repeat(100_000)}1`],
      ['javascript', `x = ${'!'.repeat(100_000)}1`],
      ['python', 'a\0b'],
      ['python', '"\\ud800"'],
      ['javascript', `${'x+'.repeat(50_000)}x`],
      ['python', 'range(10**10**10)\nfor i in range(9**9**9): pass'],
    ] as const) {
      expect(Array.isArray((await advice(language, code)).detected_patterns)).toBe(true);
    }
    expect((await ask(client, 'list_files')).files.map(({ path }: { path: string }) => path)).not.toContain(
      '/app/made',
    );
    expect((await execute(client, 'python', 'print("still here")')).stdout).toBe('still here\n');
  });
});
