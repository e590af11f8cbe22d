import { deserialize, serialize } from 'node:v8';
import { createExecutor, ExecError, type Executor, type LanguageKind, type Session } from 'golem-exec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, languages, type Pair } from './programs.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 2 });
});
afterAll(() => executor.close());

describe.each(languages)('$language', ({ language }) => {
  const open = (): Promise<Session> => executor.openSession({ language, persist: 'heap' });
  const run = async (session: Session, pair: Pair): Promise<string> =>
    (await session.run({ code: pair[language as LanguageKind] })).run.stdout;
  const failure = async (session: Session, pair: Pair, limits = {}): Promise<ExecError> => {
    const error = await session
      .run({ code: pair[language as LanguageKind], limits })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExecError);
    return error as ExecError;
  };

  test('variables, functions, classes and imports live on', async () => {
    await using session = await open();
    await run(session, {
      python:
        'import json, math\nx = 1\ndef double(n): return 2 * n\nclass Point:\n  def __init__(s, x): s.x = x\np = Point(5)',
      javascript:
        'import path from "node:path";\nlet x = 1;\nfunction double(n) { return 2 * n; }\nclass Point { constructor(x) { this.x = x; } }\nconst p = new Point(5);',
    });
    const use: Pair = {
      python: 'x += 1\nprint(x, double(21), isinstance(p, Point), p.x, json.dumps([math.floor(1.5)]))',
      javascript:
        'x += 1; console.log(x, double(21), p instanceof Point ? "True" : "False", p.x, JSON.stringify([path.sep.length]));',
    };
    expect(await run(session, use)).toBe('2 42 True 5 [1]\n');
    expect(await run(session, use)).toBe('3 42 True 5 [1]\n');
  });

  test('an exception keeps what the program had done', async () => {
    await using session = await open();
    const error = await failure(session, { python: 'y = 7\n1/0', javascript: 'var y = 7;\nnull.z;' });
    expect([error.tag, error.run.exitCode]).toEqual(['runtime-failed', 1]);
    expect(await run(session, { python: 'print(y)', javascript: 'console.log(y)' })).toBe('7\n');
    expect((await failure(session, { python: 'y = (', javascript: 'let = ;' })).tag).toBe('compilation-failed');
    expect(await run(session, { python: 'print(y)', javascript: 'console.log(y)' })).toBe('7\n');
  });

  test('a run that was stopped leaves the heap as the run before it did; files keep what was written', async () => {
    await using session = await open();
    await run(session, { python: 'n = 1', javascript: 'var n = 1;' });
    const grow: Pair = {
      python: `n = 2\nopen("f", "w").write("kept")\n${busy.python}`,
      javascript: `n = 2; require("node:fs").writeFileSync("f", "kept"); ${busy.javascript}`,
    };
    expect((await failure(session, grow, { timeMs: 3_000 })).tag).toBe('timeout');
    expect(await run(session, { python: 'print(n)', javascript: 'console.log(n)' })).toBe('1\n');
    expect(Buffer.from(await session.download('f')).toString()).toBe('kept');
  });

  test('memory that was used comes back, and counts', async () => {
    await using session = await open();
    await run(session, {
      python: 'big = list(range(500000))',
      javascript: 'var big = Array.from({ length: 500000 }, (_, i) => i);',
    });
    const sum: Pair = { python: 'print(sum(big))', javascript: 'console.log(big.reduce((a, b) => a + b))' };
    expect(await run(session, sum)).toBe('124999750000\n');
    const error = await failure(session, sum, { memoryBytes: 4 * 1024 * 1024 });
    expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', 'memory']);
    expect(await run(session, sum)).toBe('124999750000\n');
  });

  test('sessions do not see each other’s heap, on whatever worker they run', async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, open));
    await Promise.all(
      sessions.map((session, i) => run(session, { python: `me = ${i}`, javascript: `var me = ${i};` })),
    );
    for (let round = 0; round < 3; round++) {
      const seen = await Promise.all(
        sessions.map((session) =>
          run(session, { python: 'me += 10\nprint(me)', javascript: 'me += 10; console.log(me)' }),
        ),
      );
      expect(seen).toEqual(sessions.map((_, i) => `${i + 10 * (round + 1)}\n`));
    }
    const plain = await executor.run({
      language,
      files: [
        {
          name: language === 'python' ? 'm.py' : 'm.js',
          content:
            language === 'python'
              ? 'print("me" in globals())'
              : 'console.log(typeof me === "undefined" ? "False" : "True")',
        },
      ],
    });
    expect(plain.run.stdout).toBe('False\n');
    await Promise.all(sessions.map((session) => session.close()));
  });

  test('arguments, environment, input and working directory are those of each run', async () => {
    await using session = await open();
    await session.upload({ name: 'sub/x', content: '' });
    const show: Pair = {
      python: 'import sys, os\nprint(sys.argv[1:], os.environ.get("WHO"), sys.stdin.read(), os.getcwd())',
      javascript:
        'console.log("[" + process.argv.slice(2).map((a) => `\'${a}\'`) + "]", process.env.WHO ?? "None", require("node:fs").readFileSync(0, "utf8"), process.cwd());',
    };
    const code = show[language as LanguageKind];
    const first = await session.run({ code, args: ['a'], env: { WHO: 'one' }, stdin: 'in1' });
    expect(first.run.stdout).toBe("['a'] one in1 /app\n");
    await session.setWorkingDir('sub');
    const second = await session.run({ code, args: ['b'], stdin: 'in2' });
    expect(second.run.stdout).toBe("['b'] None in2 /app/sub\n");
  });

  test('an exit ends the run, not the session', async () => {
    await using session = await open();
    const { run: stage } = await session.run({
      code: language === 'python' ? 'import sys\nz = 3\nsys.exit(4)' : 'var z = 3; process.exit(4);',
    });
    expect(stage.exitCode).toBe(4);
    expect(await run(session, { python: 'print(z)', javascript: 'console.log(z)' })).toBe('3\n');
  });

  test('a file left open is closed, and nothing else comes to stand in its place', async () => {
    await using session = await open();
    await run(session, {
      python: 'f = open("a", "w"); f.write("first"); f.flush()',
      javascript: 'var fs = require("node:fs"); var fd = fs.openSync("a", "w"); fs.writeSync(fd, "first");',
    });
    const outcome = await run(session, {
      python:
        'g = open("b", "w")\ntry:\n  f.write("second"); f.flush()\nexcept OSError as e: print("closed")\ng.write("other"); g.close()',
      javascript:
        'var g = fs.openSync("b", "w"); try { fs.writeSync(fd, "second"); } catch (e) { console.log("closed"); } fs.writeSync(g, "other"); fs.closeSync(g);',
    });
    expect(outcome).toBe('closed\n');
    expect(Buffer.from(await session.download('a')).toString()).toBe('first');
    expect(Buffer.from(await session.download('b')).toString()).toBe('other');
  });

  test('an image holds the heap and the files, and is plain data for any executor', async () => {
    await using session = await open();
    await run(session, {
      python: 'n = 41\nopen("f", "w").write("file")',
      javascript: 'var n = 41; require("node:fs").writeFileSync("f", "file");',
    });
    const image = deserialize(serialize(await session.snapshot()));
    await run(session, { python: 'n = 0', javascript: 'n = 0' });
    const next: Pair = {
      python: 'n += 1\nprint(n, open("f").read())',
      javascript: 'n += 1; console.log(n, require("node:fs").readFileSync("f", "utf8"))',
    };
    await using other = createExecutor({ workers: 1 });
    for (let i = 0; i < 2; i++) {
      await using restored = await other.restore(image);
      expect(await run(restored, next)).toBe('42 file\n');
      expect(await run(restored, next)).toBe('43 file\n');
    }
    expect(await run(session, next)).toBe('1 file\n');
  });

  test('forks go their own ways and draw different random numbers', async () => {
    await using session = await open();
    await run(session, { python: 'import random\nn = 1', javascript: 'var n = 1;' });
    await using left = await session.fork();
    await using right = await session.fork();
    const draw: Pair = { python: 'n += 1\nprint(random.random())', javascript: 'n += 1; console.log(Math.random());' };
    expect(await run(left, draw)).not.toBe(await run(right, draw));
    await run(left, draw);
    const show: Pair = { python: 'print(n)', javascript: 'console.log(n)' };
    expect([await run(session, show), await run(left, show), await run(right, show)]).toEqual(['1\n', '3\n', '2\n']);
  });

  test('an image that is damaged, or of another component, is refused', async () => {
    await using session = await open();
    await run(session, { python: 'n = 1', javascript: 'var n = 1;' });
    const image = await session.snapshot();
    const heap = image.heap ?? expect.fail('no heap');
    const [memory = expect.fail('no memory')] = heap.memories;
    const damaged: readonly object[] = [
      { ...heap, version: 2 },
      { ...heap, memories: [{ ...memory, bytes: memory.bytes.subarray(1) }] },
      { ...heap, memories: [{ ...memory, size: memory.size * 1e6 }] },
      { ...heap, memories: [{ ...memory, size: 65_536 }] },
      { ...heap, globals: ['1'] },
      { ...heap, handles: [1e9] },
      { ...heap, handles: 5 },
    ];
    for (const bad of damaged) {
      await expect(executor.restore({ ...image, heap: bad } as never)).rejects.toMatchObject({ field: 'image.heap' });
    }
    await expect(executor.restore({ ...image, persist: 'workspace' })).rejects.toMatchObject({ field: 'image.heap' });
    for (const other of [{ component: 'another' }, { globals: [] }, { memories: [] }]) {
      await using restored = await executor.restore({ ...image, heap: { ...heap, ...other } });
      const error = await failure(restored, { python: 'print(n)', javascript: 'console.log(n)' });
      expect([error.tag, error.message]).toEqual(['internal', expect.stringMatching(/^the heap .* another component/)]);
    }
  });
});
