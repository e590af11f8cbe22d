import type { LanguageKind } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { Engine, type EngineJob, type HeapImage } from '../../../host/src/engine/index.ts';
import { defaultLimits } from '../../../host/src/limits.ts';
import { loadBuiltComponent } from '../../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../../host/src/node/platform.ts';
import { createSharedControl } from '../../../host/src/pool/index.ts';

// Runs in this thread, on the engine alone: what is compared is the instance's whole state.
const nowhere = { write: () => undefined };
const file = { python: 'm.py', javascript: 'm.js' } as const;

function job(language: LanguageKind, source: string, rest: Partial<EngineJob> = {}): EngineJob {
  return {
    language,
    workspace: { kind: 'files', files: [{ path: `/app/${file[language]}`, bytes: new TextEncoder().encode(source) }] },
    keepWorkspace: false,
    folder: '/app',
    entrypoint: file[language],
    args: [],
    env: [['SECRET', 'of this run']],
    stdin: new TextEncoder().encode('half\nread\n'),
    limits: { ...defaultLimits, timeMs: 10_000 },
    ...rest,
  };
}

/** What a run of nothing leaves different from the start-up image: the same, whatever ran in the instance before. */
function trace(engine: Engine, language: LanguageKind): Omit<HeapImage, 'version'> {
  const { heap } = engine.run(
    { ...job(language, ''), env: [], stdin: new Uint8Array(0), heap: 'fresh', limits: { ...defaultLimits } },
    nowhere,
    nowhere,
  );
  if (heap === undefined) throw new Error('the run of nothing left no heap');
  engine.prepare();
  return heap;
}

/** Blocks of 4,096 bytes that seeds, addresses drawn at random and instants may make different. */
const mostOfEntropy = 6;

/** How many blocks of memory are not the same in both. */
function differingBlocks(a: Omit<HeapImage, 'version'>, b: Omit<HeapImage, 'version'>): number {
  let differ = 0;
  for (const [index, memory] of a.memories.entries()) {
    const other = b.memories[index];
    const contents = new Map(
      Array.from(other?.blocks ?? [], (block, at) => [block, other?.bytes.subarray(at * 4096, (at + 1) * 4096)]),
    );
    for (const [at, block] of memory.blocks.entries()) {
      const same = contents.get(block);
      contents.delete(block);
      if (same === undefined || Buffer.compare(same, memory.bytes.subarray(at * 4096, (at + 1) * 4096)) !== 0) differ++;
    }
    differ += contents.size;
  }
  return differ;
}

const dirt: Readonly<Record<LanguageKind, Readonly<Record<string, string>>>> = {
  python: {
    globals:
      'import builtins, sys, os, json\nbuiltins.leak = 1\njson.leak = 2\nsys.leak = 3\nos.environ["X"] = "y"\nsys.path.clear()\nbuiltins.print = None',
    files:
      'import os\nfs = [open(f"/tmp/{i}", "w") for i in range(50)]\nos.makedirs("a/b/c")\nos.chdir("a")\nos.symlink("/", "l")',
    memory: 'x = [bytes(1000) for _ in range(15000)]\ndel x\nimport decimal, sqlite3, xml.etree.ElementTree',
    'half-read input': 'import sys; sys.stdin.readline()',
    exception: 'def f(n):\n  if n: f(n - 1)\n  raise ValueError(n)\nf(50)',
    'closed streams': 'import os, sys\nsys.stdout.close()\nos.close(2)',
    tasks:
      'import asyncio\nloop = asyncio.new_event_loop()\nloop.call_later(100, print)\nimport atexit; atexit.register(print, 1)',
  },
  javascript: {
    globals:
      'globalThis.leak = 1; Object.prototype.leak = 2; Array.prototype.map = null; process.env.X = "y"; console.log = null;',
    files:
      'const fs = require("fs"); for (let i = 0; i < 50; i++) fs.openSync("/tmp/" + i, "w"); fs.mkdirSync("a/b/c", { recursive: true }); process.chdir("a");',
    memory:
      'let x = Array.from({ length: 200000 }, (_, i) => ({ i })); x = null; globalThis.big = new Uint8Array(5e6).fill(7);',
    'half-read input': 'require("fs").readSync(0, Buffer.alloc(3));',
    exception: 'function f(n) { if (n) f(n - 1); throw new Error(String(n)); } f(50);',
    timers: 'setTimeout(() => {}, 1); setImmediate(() => {}); process.on("exit", () => { globalThis.x = 1; });',
    modules: 'require("path").sep = "!"; require("util").inspect = null; Math.random = () => 4;',
  },
};

describe.each(['python', 'javascript'] as const)('%s', (language) => {
  test('an instance that was put back is what a fresh one is, but for entropy', { timeout: 120_000 }, async () => {
    const component = await loadBuiltComponent(language);
    const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
    // The first instance of an engine has no image; what is compared begins with the second.
    const fresh = await Engine.load(component, platform);
    trace(fresh, language);
    const used = await Engine.load(component, platform);
    trace(used, language);
    const expected = trace(fresh, language);
    for (const [what, source] of Object.entries(dirt[language])) {
      const ended = used.run(job(language, source), nowhere, nowhere);
      expect([what, ended.tag === 'ok' || ended.tag === 'runtime-failed']).toEqual([what, true]);
      used.prepare();
      const now = trace(used, language);
      expect([what, now.globals, now.handles]).toEqual([what, expected.globals, expected.handles]);
      expect([what, now.memories.map(({ size }) => size)]).toEqual([what, expected.memories.map(({ size }) => size)]);
      // Entropy and clocks differ from run to run; they stand in few places. Of a thousand draws one or two move more than that:
      // what a program left would be there the second time, too.
      const differing = [differingBlocks(now, expected)];
      if ((differing[0] ?? 0) > mostOfEntropy) differing.push(differingBlocks(trace(used, language), expected));
      expect(Math.min(...differing)).toBeLessThanOrEqual(mostOfEntropy);
    }
  });

  test('a run that was stopped in the middle leaves nothing behind', { timeout: 60_000 }, async () => {
    const component = await loadBuiltComponent(language);
    const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
    const engine = await Engine.load(component, platform);
    trace(engine, language);
    const expected = trace(engine, language);
    const busy = language === 'python' ? 'x = []\nwhile True: x.append(x)' : 'const x = []; for (;;) x.push(x);';
    const limits = { ...defaultLimits, fuel: 50_000_000 };
    expect(engine.run(job(language, busy, { limits }), nowhere, nowhere).tag).toBe('resource-exceeded');
    engine.prepare();
    const now = trace(engine, language);
    expect([now.globals, now.handles]).toEqual([expected.globals, expected.handles]);
    expect(now.memories.map(({ size }) => size)).toEqual(expected.memories.map(({ size }) => size));
  });
});
