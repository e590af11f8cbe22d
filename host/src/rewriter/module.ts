import { ByteReader, WasmFormatError } from './bytes.ts';
import { skipValueType } from './instructions.ts';

/** Section ids (WebAssembly Core Specification §5.5.2). */
export const section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** The order that sections must have; ids are not in it. */
export const sectionOrder: readonly number[] = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

export interface Section {
  readonly id: number;
  /** Offsets of the content. */
  readonly start: number;
  readonly end: number;
}

/** What the rewriter needs to know of a module before it changes it. */
export interface ModuleShape {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  /** Number of parameters of each function type, by type index. */
  readonly parameters: readonly number[];
  readonly importedFunctions: number;
  readonly importedGlobals: number;
  /** Whether the module defines a memory that it does not export. */
  readonly privateMemory: boolean;
  /** Type index of each defined function. */
  readonly functionTypes: readonly number[];
  /** For each defined global, whether it is mutable. */
  readonly globalsMutable: readonly boolean[];
}

const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** @throws {WasmFormatError} for what is not a core module, or holds a feature the rewriter does not know. */
export function readModule(bytes: Uint8Array): ModuleShape {
  if (!magic.every((byte, index) => bytes[index] === byte)) {
    throw new WasmFormatError('not a core WebAssembly module of version 1');
  }
  const sections: Section[] = [];
  const reader = new ByteReader(bytes, magic.length);
  while (!reader.done) {
    const id = reader.u8();
    const length = reader.u32();
    const start = reader.at;
    reader.skip(length);
    if (id !== section.custom && !sectionOrder.includes(id)) throw new WasmFormatError(`section ${id} is not known`);
    sections.push({ id, start, end: reader.at });
  }
  const open = (id: number): ByteReader | undefined => {
    const found = sections.find((candidate) => candidate.id === id);
    return found && new ByteReader(bytes, found.start, found.end);
  };
  const { importedMemories, ...imports } = countImports(open(section.import));
  const memories = open(section.memory)?.u32() ?? 0;
  if (importedMemories + memories > 1) throw new WasmFormatError('more than one memory in a module is not known');
  return {
    bytes,
    sections,
    parameters: readTypes(open(section.type)),
    ...imports,
    privateMemory: memories > 0 && !exportsMemory(open(section.export)),
    functionTypes: readVector(open(section.function), (entry) => entry.u32()),
    globalsMutable: readVector(open(section.global), readGlobal),
  };
}

function readVector<T>(reader: ByteReader | undefined, read: (reader: ByteReader) => T): T[] {
  if (reader === undefined) return [];
  return Array.from({ length: reader.u32() }, () => read(reader));
}

function readTypes(reader: ByteReader | undefined): number[] {
  return readVector(reader, (entry) => {
    const form = entry.u8();
    if (form !== 0x60) throw entry.error(`type of form 0x${form.toString(16)} is not known to the rewriter`);
    const parameters = entry.u32();
    for (let i = 0; i < parameters; i++) skipValueType(entry);
    for (let results = entry.u32(); results > 0; results--) skipValueType(entry);
    return parameters;
  });
}

/** Passes over the limits of a memory or table (§5.3.8). */
function skipLimits(reader: ByteReader): void {
  const flags = reader.u8();
  if (flags > 3) throw reader.error('64-bit limits are not known to the rewriter');
  reader.u32();
  if ((flags & 1) === 1) reader.u32();
}

function countImports(reader: ByteReader | undefined): {
  importedFunctions: number;
  importedGlobals: number;
  importedMemories: number;
} {
  const counts = [0, 0, 0, 0, 0];
  readVector(reader, (entry) => {
    entry.vector();
    entry.vector();
    const kind = entry.u8();
    if (kind === 0) entry.u32();
    else if (kind === 1) {
      skipValueType(entry);
      skipLimits(entry);
    } else if (kind === 2) skipLimits(entry);
    else if (kind === 3) {
      skipValueType(entry);
      entry.u8();
    } else if (kind === 4) {
      entry.u8();
      entry.u32();
    } else throw entry.error(`import of kind ${kind} is not known`);
    counts[kind] = (counts[kind] ?? 0) + 1;
  });
  return { importedFunctions: counts[0] ?? 0, importedMemories: counts[2] ?? 0, importedGlobals: counts[3] ?? 0 };
}

function exportsMemory(reader: ByteReader | undefined): boolean {
  const kinds = readVector(reader, (entry) => {
    entry.vector();
    const kind = entry.u8();
    entry.u32();
    return kind;
  });
  return kinds.includes(2);
}

function readGlobal(reader: ByteReader): boolean {
  skipValueType(reader);
  const mutable = reader.u8() === 1;
  skipConstantExpression(reader);
  return mutable;
}

/** Passes over a constant expression (§3.4.11) and its end. */
export function skipConstantExpression(reader: ByteReader, functionIndex?: (index: number, at: number) => void): void {
  for (;;) {
    const code = reader.bytes[reader.at];
    // Only what may stand in a constant expression; anything else would nest.
    if (code === 0x0b) {
      reader.at++;
      return;
    }
    if (code === 0x23 || code === 0xd2) {
      reader.at++;
      const at = reader.at;
      const index = reader.u32();
      if (code === 0xd2) functionIndex?.(index, at);
    } else if (code === 0x41 || code === 0x42 || code === 0xd0) {
      reader.at++;
      reader.skipLeb();
    } else if (code === 0x43) reader.skip(5);
    else if (code === 0x44) reader.skip(9);
    else if (code !== undefined && [0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e].includes(code)) reader.at++;
    else if (code === 0xfd) reader.skip(18);
    else throw reader.error(`constant expression with opcode 0x${(code ?? 0).toString(16)} is not known`);
  }
}
