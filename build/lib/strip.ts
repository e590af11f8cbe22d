import { ByteReader, ByteWriter, WasmFormatError } from '../../host/src/rewriter/index.ts';

/** Section ids: 0 is custom in both formats; a component holds core modules in 1 and components in 4. */
const section = { custom: 0, module: 1, component: 4 } as const;

/** The layer of a binary: bytes 6 and 7 of its preamble (Component Model, Binary.md). */
const layer = { module: 0, component: 1 } as const;

/** Custom sections that only tools read. `dylink.0` and what describes the interfaces stay. */
function isForTools(name: string): boolean {
  return name === 'name' || name === 'component-name' || name === 'producers' || name.startsWith('.debug');
}

/**
 * A component without the names of its functions, in all the modules and components that it holds; what it does is the same.
 *
 * @throws {WasmFormatError} for what is no component.
 */
export function stripComponent(bytes: Uint8Array): Uint8Array {
  return strip(bytes, layer.component);
}

function strip(bytes: Uint8Array, expected: number): Uint8Array {
  const reader = new ByteReader(bytes);
  const preamble = 8;
  const magic = new TextDecoder().decode(bytes.subarray(0, 4));
  if (bytes.length < preamble || magic !== '\0asm' || bytes[6] !== expected) {
    throw new WasmFormatError(expected === layer.component ? 'it is no component' : 'it holds what is no module');
  }
  reader.skip(preamble);
  const writer = new ByteWriter(bytes.length);
  writer.raw(bytes.subarray(0, preamble));
  while (!reader.done) {
    const id = reader.u8();
    const content = reader.vector();
    if (id === section.custom && isForTools(new ByteReader(content).name())) continue;
    writer.u8(id);
    writer.vector(expected === layer.component ? stripped(id, content) : content);
  }
  return writer.finish();
}

function stripped(id: number, content: Uint8Array): Uint8Array {
  if (id === section.module) return strip(content, layer.module);
  return id === section.component ? strip(content, layer.component) : content;
}
