import {
  ByteReader,
  ByteWriter,
  readModule,
  section,
  sectionOrder,
  WasmFormatError,
} from '../../host/src/rewriter/index.ts';

/** Instructions (WebAssembly Core Specification §5.4). */
const op = { end: 0x0b, get: 0x20, bulk: 0xfc, memoryInit: 8 } as const;
const kind = { function: 0x00 } as const;
/** A data segment that no memory holds until `memory.init` copies from it (§5.5.14). */
const passive = 1;

/**
 * Adds data to a module that takes no linear memory. The function of three parameters that the module exports as `reader`
 * becomes `memory.init`: where to, where from in the data, how many bytes. It is exported no more.
 *
 * @throws {WasmFormatError} for a module without such an export.
 */
export function withPassiveData(bytes: Uint8Array, reader: string, data: Uint8Array): Uint8Array {
  const { sections, importedFunctions, functionTypes, parameters } = readModule(bytes);
  const open = (id: number): ByteReader => {
    const found = sections.find((candidate) => candidate.id === id);
    if (found === undefined) throw new WasmFormatError(`the module has no section ${id}`);
    return new ByteReader(bytes, found.start, found.end);
  };
  const exported = withoutExport(open(section.export), reader);
  const defined = exported.index - importedFunctions;
  if (parameters[functionTypes[defined] ?? -1] !== 3)
    throw new WasmFormatError(`${reader} does not take three parameters`);
  const segments = open(section.data);
  const segment = segments.u32();
  const replaced = new Map<number, Uint8Array>([
    [section.export, exported.section],
    [section.dataCount, new ByteWriter().u32(segment + 1).finish()],
    [section.code, withBody(open(section.code), defined, memoryInit(segment))],
    [section.data, withSegment(segments, segment, data)],
  ]);
  const out = new ByteWriter(bytes.length + data.length + 64).raw(bytes.subarray(0, 8));
  const place = (id: number): number => sectionOrder.indexOf(id);
  let counted = sections.some(({ id }) => id === section.dataCount);
  for (const { id, start, end } of sections) {
    if (!counted && place(id) > place(section.dataCount)) {
      counted = true;
      out.u8(section.dataCount).vector(replaced.get(section.dataCount) ?? new Uint8Array(0));
    }
    out.u8(id).vector(replaced.get(id) ?? bytes.subarray(start, end));
  }
  return out.finish();
}

function memoryInit(segment: number): Uint8Array {
  const code = new ByteWriter().u32(0);
  for (const parameter of [0, 1, 2]) code.u8(op.get).u32(parameter);
  return code.u8(op.bulk).u32(op.memoryInit).u32(segment).u8(0, op.end).finish();
}

function withoutExport(exports: ByteReader, name: string): { readonly section: Uint8Array; readonly index: number } {
  const count = exports.u32();
  const out = new ByteWriter(exports.end - exports.at + 8).u32(count - 1);
  let found: number | undefined;
  for (let i = 0; i < count; i++) {
    const start = exports.at;
    const exported = exports.name();
    const type = exports.u8();
    const index = exports.u32();
    if (exported === name && type === kind.function) found = index;
    else out.raw(exports.bytes.subarray(start, exports.at));
  }
  if (found === undefined) throw new WasmFormatError(`the module exports no function ${name}`);
  return { section: out.finish(), index: found };
}

function withBody(code: ByteReader, index: number, body: Uint8Array): Uint8Array {
  const count = code.u32();
  const out = new ByteWriter(code.end - code.at + body.length + 16).u32(count);
  for (let i = 0; i < count; i++) {
    const original = code.vector();
    out.vector(i === index ? body : original);
  }
  return out.finish();
}

function withSegment(segments: ByteReader, count: number, data: Uint8Array): Uint8Array {
  const rest = segments.bytes.subarray(segments.at, segments.end);
  const out = new ByteWriter(rest.length + data.length + 16).u32(count + 1).raw(rest);
  return out.u32(passive).vector(data).finish();
}
