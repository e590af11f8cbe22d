import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { componentWit } from '@bytecodealliance/jco';
import { expect, test } from 'vitest';
import { paths } from '../../../build/lib/paths.ts';
import { stripComponent } from '../../../build/lib/strip.ts';
import { ByteWriter, WasmFormatError } from '../../../host/src/rewriter/index.ts';

const preamble = (layer: number): number[] => [0, 0x61, 0x73, 0x6d, layer === 0 ? 1 : 0x0d, 0, layer, 0];
const custom = (name: string): Uint8Array => {
  const content = new ByteWriter().name(name).u8(1, 2, 3).finish();
  return new ByteWriter().u8(0).vector(content).finish();
};
const nested = (id: number, content: Uint8Array): Uint8Array => new ByteWriter().u8(id).vector(content).finish();
const binary = (layer: number, ...sections: Uint8Array[]): Uint8Array =>
  Buffer.concat([Uint8Array.from(preamble(layer)), ...sections]);

test('names and debug information go, at every depth; everything else stays, byte for byte', () => {
  const types = nested(1, Uint8Array.of(1, 0x60, 0, 0));
  const build = (...tools: Uint8Array[]): Uint8Array => {
    const module = binary(0, ...tools, types, custom('dylink.0'));
    const inner = binary(1, ...tools, nested(1, module), custom('component-type:x'));
    return binary(1, nested(4, inner), nested(1, module), ...tools);
  };
  const tools = ['name', 'producers', 'component-name', '.debug_info'].map(custom);
  expect(Buffer.compare(stripComponent(build(...tools)), build())).toBe(0);
});

test('what is no component is refused', () => {
  for (const bytes of [
    new Uint8Array(0),
    new TextEncoder().encode('no wasm at all'),
    binary(0),
    binary(1, nested(1, Uint8Array.of(1, 2))),
    binary(1, Uint8Array.of(0, 50, 1)),
  ]) {
    expect(() => stripComponent(bytes)).toThrow(WasmFormatError);
  }
});

test.each(['exec-python', 'exec-javascript'])('%s was built without names', async (name) => {
  const bytes = await readFile(join(paths.components, `${name}.wasm`));
  const stripped = stripComponent(bytes);
  expect(stripped.length).toBe(bytes.length);
  expect(await componentWit(bytes)).toContain('golem:exec/executor');
});
