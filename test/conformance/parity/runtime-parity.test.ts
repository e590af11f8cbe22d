/** Seed 000, "Runtime Parity Specification": every scenario as it is written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { errorOf, lendSandboxes, type Program, runtimes, structure } from './support.ts';

const sandbox = lendSandboxes();

/** A feature, used in one or more executions of a sandbox, and what they print in both languages. */
interface Feature {
  readonly name: string;
  readonly options?: { readonly autoPersistGlobals?: boolean; readonly policy?: object };
  readonly runs: readonly (Program & { readonly prints: string })[];
}

const features: readonly Feature[] = [
  {
    name: 'state persistence (auto_persist_globals)',
    options: { autoPersistGlobals: true },
    runs: [
      {
        python: 'counter = 1\nitems = {"a": [1, 2.5, None, True]}',
        javascript: '_state.counter = 1; _state.items = { a: [1, 2.5, null, true] };',
        prints: '',
      },
      {
        python: 'counter += 1\nitems["b"] = "é"',
        javascript: '_state.counter += 1; _state.items.b = "é";',
        prints: '',
      },
      {
        python: 'import json; print(counter, json.dumps(items, ensure_ascii=False, separators=(",", ":")))',
        javascript: 'console.log(_state.counter, JSON.stringify(_state.items));',
        prints: '2 {"a":[1,2.5,null,true],"b":"é"}\n',
      },
    ],
  },
  {
    name: 'state persistence of dates, sets and bytes',
    options: { autoPersistGlobals: true },
    runs: [
      {
        python:
          'from datetime import datetime, timezone\nd = datetime(2024, 2, 29, tzinfo=timezone.utc); s = {1, "x"}; b = bytes([0, 255])',
        javascript:
          '_state.d = new Date(Date.UTC(2024, 1, 29)); _state.s = new Set([1, "x"]); _state.b = Uint8Array.of(0, 255);',
        prints: '',
      },
      {
        python: 'print(int(d.timestamp()), len(s), "x" in s, list(b))',
        javascript:
          'console.log(_state.d.getTime() / 1000, _state.s.size, _state.s.has("x") ? "True" : "False", `[${[..._state.b].join(", ")}]`);',
        prints: '1709164800 2 True [0, 255]\n',
      },
    ],
  },
  {
    name: 'vendored packages',
    runs: [
      {
        python: 'import yaml\nprint(yaml.safe_load("a: [1, 2]")["a"][1])',
        javascript: "console.log(requireVendor('yaml').load('a: [1, 2]').a[1]);",
        prints: '2\n',
      },
    ],
  },
  {
    name: 'helper utilities',
    runs: [
      {
        python:
          'write_json("d/a.json", {"n": 1})\nappend_text("log", "x\\ny\\n")\ncopy_file("log", "d/log")\nprint(read_json("d/a.json")["n"], read_lines("d/log"), list_files("d"), file_size("log"))',
        javascript:
          "writeJson('d/a.json', { n: 1 });\nappendText('log', 'x\\ny\\n');\ncopyFile('log', 'd/log');\nconsole.log(readJson('d/a.json').n, readLines('d/log').join(), listFiles('d').join(), fileSize('log'));",
        prints: '',
      },
    ],
  },
  {
    name: 'automatic code injection: nothing is imported, and lines are the program’s own',
    runs: [
      {
        python: 'print(callable(read_text))\nimport sys\nprint(sys._getframe().f_lineno)',
        javascript:
          "console.log(typeof readText === 'function' ? 'True' : 'False');\n\nconsole.log(Number(/:(\\d+):\\d+\\)?$/m.exec(new Error().stack)[1]));",
        prints: 'True\n3\n',
      },
    ],
  },
  {
    name: 'a workspace that lives on, and the environment of the policy',
    options: { policy: { env: { CITY: 'Oslo' } } },
    runs: [
      { python: 'open("a.txt", "w").write("1")', javascript: "writeText('a.txt', '1');", prints: '' },
      {
        python: 'import os; print(open("a.txt").read(), os.environ["CITY"], os.getcwd())',
        javascript: "console.log(readText('a.txt'), process.env.CITY, process.cwd());",
        prints: '1 Oslo /app\n',
      },
    ],
  },
];

describe('Requirement: Feature Parity Across Runtimes', () => {
  describe('Scenario: Python has feature X, JavaScript should have equivalent', () => {
    test.each(features)(
      'GIVEN Python has $name, WHEN a JavaScript sandbox has the same flag, THEN it behaves the same',
      async ({ options, runs }) => {
        const outputs = runtimes.map(async (runtime) => {
          const open = await sandbox({ runtime, ...options });
          const printed: string[] = [];
          for (const run of runs) {
            const { success, stdout, stderr, metadata } = await open.execute(run[runtime]);
            expect([success, stderr, metadata.stateSkipped]).toEqual([true, '', []]);
            printed.push(stdout);
          }
          return printed;
        });
        const [python, javascript] = await Promise.all(outputs);
        // Lists are shown in each language's own way.
        const plain = (text: string): string => text.replace(/[[\]' ]/g, '');
        expect(javascript?.map(plain)).toEqual(python?.map(plain));
        for (const [i, { prints }] of runs.entries()) if (prints !== '') expect(python?.[i]).toBe(prints);
      },
    );

    test('AND differences in implementation details are acceptable: the file of the state is JSON in both, of one form', async () => {
      const files = runtimes.map(async (runtime) => {
        const open = await sandbox({ runtime, autoPersistGlobals: true });
        await open.execute(runtime === 'python' ? 'n = 1' : '_state.n = 1;');
        return JSON.parse(new TextDecoder().decode(await open.readFile('.session_state.json'))) as Record<
          string,
          unknown
        >;
      });
      const [python, javascript] = await Promise.all(files);
      expect({ ...python, language: '' }).toEqual({ ...javascript, language: '' });
      expect([python?.['language'], javascript?.['language']]).toEqual(['python', 'javascript']);
    });
  });

  describe('Scenario: Runtime-specific features documented clearly', () => {
    test.each([
      ['python', 'import subprocess\nsubprocess.run(["ls"])'],
      ['python', 'import threading\nthreading.Thread(target=print).start()'],
      ['javascript', "require('child_process').execSync('ls')"],
      ['javascript', 'new WebAssembly.Module(new Uint8Array(8))'],
    ] as const)(
      'GIVEN a feature that %s cannot have, WHEN it is used, THEN the error is an ordinary one: %s',
      async (runtime, program) => {
        const open = await sandbox({ runtime });
        const { success, metadata } = await open.execute(program);
        expect([success, metadata.errorCode, metadata.trapped]).toEqual([false, 'runtime-failed', false]);
      },
    );
  });
});

describe('Requirement: Symmetric API Surface', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golem-exec-parity-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('Scenario: create_sandbox works identically for both runtimes', () => {
    const policy = {
      fuelBudget: 5_000_000_000,
      memoryBytes: 96 << 20,
      timeoutSeconds: 20,
      stdoutMaxBytes: 100,
      stderrMaxBytes: 50,
      env: { A: 'b' },
    };

    test('GIVEN a custom policy, WHEN a sandbox is created with either RuntimeType, THEN results have one structure', async () => {
      const results = runtimes.map(async (runtime) => {
        const open = await sandbox({ runtime, policy });
        const fine = await open.execute(
          runtime === 'python'
            ? 'open("made.txt", "w").write("x" * 10); print("y" * 200)'
            : "writeText('made.txt', 'xxxxxxxxxx'); console.log('y'.repeat(200));",
        );
        const failed = await open.execute(
          runtime === 'python' ? 'raise ValueError("no")' : "throw new TypeError('no');",
        );
        return { fine, failed };
      });
      const [python, javascript] = await Promise.all(results);
      expect(structure(javascript)).toEqual(structure(python));
      for (const result of [python, javascript]) {
        expect(result?.fine).toMatchObject({
          ...{
            success: true,
            exitCode: 0,
            stdout: 'y'.repeat(100),
            filesCreated: ['/app/made.txt'],
            filesModified: [],
          },
          ...{ fuelBudget: 5_000_000_000, workspacePath: '/app' },
          metadata: {
            trapped: false,
            trapReason: null,
            memoryLimitBytes: 96 << 20,
            timeoutSeconds: 20,
            stdoutTruncated: true,
          },
        });
        expect(result?.fine.fuelConsumed).toBeGreaterThan(0);
        expect(result?.failed.stderr.length).toBeLessThanOrEqual(50);
      }
    });

    test('AND a wrong policy is refused in the same words', async () => {
      for (const wrong of [
        { fuelBudget: 0 },
        { memoryBytes: 'much' },
        { timeoutSeconds: Number.NaN },
        { unknown: 1 },
      ]) {
        const messages = runtimes.map((runtime) =>
          sandbox({ runtime, policy: wrong as object }).then(
            () => 'made',
            (error: Error) => error.message,
          ),
        );
        const [python, javascript] = await Promise.all(messages);
        expect(javascript).toBe(python);
        expect(python).toContain(`policy.${Object.keys(wrong)[0]}`);
      }
    });

    test('AND sessions are managed in the same way', async () => {
      const seen = runtimes.map(async (runtime) => {
        const options = { runtime, sessionId: `parity-${runtime}`, workspaceRoot: folder };
        const first = await sandbox(options);
        await first.writeFile('in/data.txt', 'given');
        await first.execute(
          runtime === 'python'
            ? 'write_text("out.txt", read_text("in/data.txt").upper())'
            : "writeText('out.txt', readText('in/data.txt').toUpperCase());",
        );
        await first.close();
        const second = await sandbox(options);
        const text = new TextDecoder().decode(await second.readFile('out.txt'));
        await second.deletePath('in');
        const files = (await second.listFiles()).map(({ path }) => path);
        const missing = await second.readFile('in/data.txt').then(
          () => 'there',
          (error: { tag?: string }) => error.tag,
        );
        await second.deleteWorkspace();
        const none = await second.listFiles();
        return { text, files, missing, none, idKept: second.sessionId.replace(runtime, '') };
      });
      const [python, javascript] = await Promise.all(seen);
      expect(javascript).toEqual(python);
      expect(python).toEqual({
        text: 'GIVEN',
        files: ['/app/out.txt'],
        missing: 'runtime-failed',
        none: [],
        idKept: 'parity-',
      });
    });
  });

  describe('Scenario: Error patterns are consistent', () => {
    const errors: readonly (Program & { readonly error: string; readonly policy?: object; readonly is: object })[] = [
      {
        error: 'fuel exhaustion',
        python: 'while True: pass',
        javascript: 'while (true) {}',
        policy: { fuelBudget: 50_000_000 },
        is: {
          trapped: true,
          trapReason: 'out_of_fuel',
          errorCode: 'resource-exceeded',
          exitCode: 137,
          signal: 'SIGKILL',
        },
      },
      {
        error: 'a syntax error',
        python: 'x = [1, 2',
        javascript: 'const x = [1, 2;',
        is: { trapped: false, trapReason: null, errorCode: 'compilation-failed', exitCode: 1, signal: null },
      },
      {
        error: 'an uncaught exception',
        python: 'raise KeyError("k")',
        javascript: "throw new RangeError('k');",
        is: { trapped: false, trapReason: null, errorCode: 'runtime-failed', exitCode: 1 },
      },
      {
        error: 'the deadline',
        python: 'import time\ntime.sleep(60)',
        javascript: 'await new Promise((resolve) => setTimeout(resolve, 60000));',
        policy: { timeoutSeconds: 0.3 },
        is: { trapped: true, trapReason: 'timeout', errorCode: 'timeout', exitCode: 124 },
      },
      {
        error: 'memory',
        python: 'x = []\nwhile True: x.append(bytearray(1000000))',
        javascript: 'const x = []; while (true) x.push(new Uint8Array(1000000));',
        policy: { memoryBytes: 64 << 20 },
        is: { trapped: true, trapReason: 'memory_limit', errorCode: 'resource-exceeded', exitCode: 137 },
      },
      {
        error: 'an exit code',
        python: 'import sys\nsys.exit(7)',
        javascript: 'process.exit(7);',
        is: { trapped: false, trapReason: 'proc_exit', errorCode: null, exitCode: 7 },
      },
      {
        error: 'a missing file',
        python: 'open("none.txt")',
        javascript: "require('fs').readFileSync('none.txt');",
        is: { trapped: false, errorCode: 'runtime-failed', exitCode: 1 },
      },
      {
        error: 'output beyond its limit',
        python: 'print("x" * 1000)',
        javascript: "console.log('x'.repeat(1000));",
        policy: { stdoutMaxBytes: 10 },
        is: { success: true, stdoutTruncated: true, trapped: false, errorCode: null },
      },
    ];

    test.each(errors)(
      'GIVEN $error in Python, WHEN the equivalent happens in JavaScript, THEN codes and metadata are the same',
      async ({ python, javascript, policy, is }) => {
        const results = runtimes.map(async (runtime) => {
          const open = await sandbox({ runtime, ...(policy === undefined ? {} : { policy }) });
          const result = await open.execute(runtime === 'python' ? python : javascript);
          const after = await open.execute(runtime === 'python' ? 'print("usable")' : "console.log('usable');");
          return {
            error: errorOf(result),
            kind: result.structuredContent.error_type,
            fields: structure(result.metadata),
            after: after.stdout.slice(0, 6),
          };
        });
        const [inPython, inJavaScript] = await Promise.all(results);
        expect(inJavaScript).toEqual(inPython);
        expect(inPython?.error).toMatchObject(is);
        expect(inPython?.after).toBe('usable');
      },
    );
  });
});
