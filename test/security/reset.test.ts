import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadTranspiled, sessionConstructor } from '../../host/src/engine/component.ts';
import { InstanceControl } from '../../host/src/engine/control.ts';
import { InstanceImage } from '../../host/src/engine/image.ts';
import { tenantOf } from '../../host/src/engine/tenant.ts';
import { defaultLimits } from '../../host/src/limits.ts';
import { loadBuiltComponent } from '../../host/src/node/components.ts';
import { NodeWorkerPlatform } from '../../host/src/node/platform.ts';
import { createSharedControl } from '../../host/src/pool/index.ts';
import { createWasiWorld, FileTree } from '../../host/src/wasi/index.ts';

const opensFiles = {
  python: [
    'm.py',
    'import os\nfor i in range(30): os.open(f"/app/{i}", os.O_CREAT | os.O_WRONLY)\nx = bytearray(9_000_000)',
  ],
  javascript: [
    'm.js',
    'for (let i = 0; i < 30; i++) require("fs").openSync(`/app/${i}`, "w");\nglobalThis.x = new Uint8Array(9e6).fill(1);',
  ],
} as const;

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isZero = (bytes: Uint8Array): boolean => Buffer.compare(bytes, new Uint8Array(bytes.length)) === 0;

/** An instance, with all of its state that the engine has a way to. */
async function instance(language: 'python' | 'javascript') {
  const component = await loadBuiltComponent(language);
  const platform = new NodeWorkerPlatform(createSharedControl(256 * 1024));
  const world = createWasiWorld(platform);
  const control = new InstanceControl(() => platform.checkStop());
  const { instantiate } = await loadTranspiled(component);
  const exports = instantiate(
    (path) => component.modules[path] ?? expect.fail(path),
    world.imports,
    (module, imports) => control.instantiate(module, imports),
  );
  const Session = sessionConstructor(exports);
  const handles = exports.$handles ?? expect.fail('the instance cannot be put back');
  /** Everything, as it is now. */
  const state = () => ({
    memories: control.memories.map(({ memory, bytes }) => [bytes, digest(new Uint8Array(memory.buffer, 0, bytes))]),
    beyond: control.memories.map(({ memory, bytes }) => isZero(new Uint8Array(memory.buffer, bytes))),
    globals: control.globals.map((global) => global.value as unknown),
    handles: handles.map(([list, objects, last]) => [[...list], [...list._createdReps], [...objects], last.value]),
  });
  const run = (): void => {
    const [name, source] = opensFiles[language];
    const files = new FileTree();
    files.write(`/app/${name}`, new TextEncoder().encode(source));
    const sink = { write: () => undefined };
    world.begin(tenantOf({ stdin: new Uint8Array(0), limits: defaultLimits }, files, sink, sink));
    control.begin(defaultLimits);
    const session = new Session({ kind: language, version: undefined });
    session.run(name, [], undefined, [], undefined);
    session.close();
    session[Symbol.dispose]();
    expect(files.list('/app')).toHaveLength(31);
    expect(world.end().leaked).toBeGreaterThanOrEqual(language === 'python' ? 30 : 0);
  };
  return { control, handles, state, run };
}

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number, never, void> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

test.each(['python', 'javascript'] as const)(
  '%s: whatever a program left in its instance, all of it is put back, byte for byte',
  { timeout: 60_000 },
  async (language) => {
    const { control, handles, state, run } = await instance(language);
    run();
    const image = InstanceImage.take(control, handles) ?? expect.fail('there is no image');
    const before = state();
    // What a program does by what the component lets it do: handles stay open, the memory grows.
    run();
    expect(state().handles).not.toEqual(before.handles);
    expect(image.restore()).toBe(true);
    expect(state()).toEqual(before);
    // What one does that has broken the interpreter, at any place.
    const next = numbers(7);
    for (const { memory, bytes } of control.memories) {
      const words = new Uint32Array(memory.buffer, 0, bytes / 4);
      for (let i = 0; i < 20_000; i++) words[next.next().value % words.length] = next.next().value;
      words[0] = words[words.length - 1] = 1;
    }
    for (const global of control.globals) {
      try {
        global.value = 12_345;
      } catch {
        global.value = 12_345n;
      }
    }
    for (const memory of control.memories) {
      expect(memory.grow(16)).toBe(true);
      new Uint8Array(memory.memory.buffer).fill(0xff, memory.bytes - 4096);
    }
    for (const [list, objects, last] of handles) {
      list.push(1, 2);
      list[0] = 1;
      list._createdReps.add(9);
      objects.clear();
      last.value = 2 ** 30;
    }
    expect(image.restore()).toBe(true);
    expect(state()).toEqual(before);
  },
);
