import { ByteReader, ByteWriter } from './bytes.ts';
import { freeFunctions } from './free.ts';
import { type FunctionTargets, rewriteFunction, survey } from './metering.ts';
import { type ModuleShape, readModule, section, sectionOrder, skipConstantExpression } from './module.ts';

/** Module name of everything a rewritten module imports beyond what it did before. */
export const controlModule = 'golem:exec/control';

/** Names of the imports and exports that the rewriter adds. */
export const controlNames = {
  /** Import, function without parameters and results: called when the slice of fuel is used up. */
  checkpoint: 'checkpoint',
  /** Import, function () → i32: takes the place of `memory.size`. */
  size: 'size',
  /** Import, function (pages: i32) → i32: takes the place of `memory.grow`, and may refuse with -1. */
  grow: 'grow',
  /** Export, mutable i32 global: fuel left of the current slice; negative when a checkpoint is due. */
  fuel: 'golem:fuel',
  /** Export: the memory of a module that keeps it to itself. */
  memory: 'golem:memory',
  /** Exports: the module's own mutable globals, `golem:global:` and their number among all defined globals. */
  globalPrefix: 'golem:global:',
} as const;

export interface RewriteOptions {
  /** Charge fuel at function entries and loop headers. */
  readonly meter: boolean;
}

/**
 * Gives a core module what the host needs to control it: the size of its memory becomes the host's affair
 * (each run its own maximum with one compiled module, and growth that can be taken back), its mutable globals are exported (an instance can be copied), and it pays fuel.
 *
 * @throws {WasmFormatError} for a module that is not valid or holds what the rewriter does not know.
 */
export function rewriteModule(bytes: Uint8Array, options: RewriteOptions): Uint8Array {
  return new Rewriter(readModule(bytes), options).rewrite();
}

class Rewriter {
  readonly #module: ModuleShape;
  readonly #meter: boolean;
  /** The added imports stand behind the others; all defined functions move up by their number. */
  readonly #addedImports: number;
  readonly #checkpoint: number;
  readonly #targets: FunctionTargets;
  readonly #fuelGlobal: number;

  constructor(module: ModuleShape, options: RewriteOptions) {
    this.#module = module;
    this.#meter = options.meter && module.functionTypes.length > 0;
    this.#addedImports = this.#meter ? 3 : 2;
    const size = module.importedFunctions;
    this.#targets = { shift: this.#shift, size, grow: size + 1 };
    this.#checkpoint = size + 2;
    this.#fuelGlobal = module.importedGlobals + module.globalsMutable.length;
  }

  rewrite(): Uint8Array {
    const { bytes, sections } = this.#module;
    const out = new ByteWriter(Math.ceil(bytes.length * 1.25) + 1024);
    out.raw(bytes.subarray(0, 8));
    const written = new Set<number>();
    // Sections that the module lacks and that we need are made where their place is.
    const makeUpTo = (id: number): void => {
      for (const candidate of sectionOrder) {
        if (candidate === id) break;
        this.#writeMissing(out, candidate, written);
      }
    };
    for (const { id, start, end } of sections) {
      if (id === section.custom) continue;
      makeUpTo(id);
      written.add(id);
      out.u8(id).vector(this.#section(id, new ByteReader(bytes, start, end)));
    }
    makeUpTo(-1);
    return out.finish();
  }

  #writeMissing(out: ByteWriter, id: number, written: Set<number>): void {
    const needed =
      id === section.type ||
      id === section.import ||
      (this.#meter && id === section.global) ||
      (id === section.export &&
        (this.#meter || this.#module.privateMemory || this.#module.globalsMutable.includes(true)));
    if (!needed || written.has(id)) return;
    written.add(id);
    out.u8(id).vector(this.#section(id, new ByteReader(Uint8Array.of(0))));
  }

  #section(id: number, reader: ByteReader): Uint8Array {
    switch (id) {
      case section.type:
        return this.#types(reader);
      case section.import:
        return this.#imports(reader);
      case section.global:
        return this.#globals(reader);
      case section.export:
        return this.#exports(reader);
      case section.start:
        return new ByteWriter().u32(this.#shift(reader.u32())).finish();
      case section.element:
        return this.#elements(reader);
      case section.code:
        return this.#code(reader);
      default:
        return reader.bytes.subarray(reader.at, reader.end);
    }
  }

  readonly #shift = (index: number): number =>
    index >= this.#module.importedFunctions ? index + this.#addedImports : index;

  #types(reader: ByteReader): Uint8Array {
    const count = reader.u32();
    const rest = reader.bytes.subarray(reader.at, reader.end);
    const out = new ByteWriter(rest.length + 32).u32(count + 3).raw(rest);
    return out.u8(0x60, 0, 1, 0x7f).u8(0x60, 1, 0x7f, 1, 0x7f).u8(0x60, 0, 0).finish();
  }

  #imports(reader: ByteReader): Uint8Array {
    const { parameters } = this.#module;
    const count = reader.u32();
    const rest = reader.bytes.subarray(reader.at, reader.end);
    const out = new ByteWriter(rest.length + 128).u32(count + this.#addedImports).raw(rest);
    const names = [controlNames.size, controlNames.grow, controlNames.checkpoint].slice(0, this.#addedImports);
    for (const [index, name] of names.entries()) {
      out
        .name(controlModule)
        .name(name)
        .u8(0)
        .u32(parameters.length + index);
    }
    return out.finish();
  }

  #globals(reader: ByteReader): Uint8Array {
    const count = reader.u32();
    const out = new ByteWriter(reader.end - reader.at + 16).u32(count + (this.#meter ? 1 : 0));
    this.#copyShifted(reader, out, (entries) => {
      for (let i = 0; i < count; i++) {
        skipGlobalType(entries);
        skipConstantExpression(entries, entries.found);
      }
    });
    // The fuel: a mutable i32, 0 at first, so that the first charge meets a checkpoint.
    if (this.#meter) out.u8(0x7f, 1, 0x41, 0, 0x0b);
    return out.finish();
  }

  #exports(reader: ByteReader): Uint8Array {
    const { globalsMutable, importedGlobals, privateMemory } = this.#module;
    const mutable = globalsMutable.flatMap((isMutable, index) => (isMutable ? [index] : []));
    const count = reader.u32();
    const out = new ByteWriter(reader.end - reader.at + 64 * mutable.length + 64);
    out.u32(count + mutable.length + (this.#meter ? 1 : 0) + (privateMemory ? 1 : 0));
    for (let i = 0; i < count; i++) {
      out.vector(reader.vector());
      const kind = reader.u8();
      const index = reader.u32();
      out.u8(kind).u32(kind === 0 ? this.#shift(index) : index);
    }
    for (const index of mutable) {
      out
        .name(`${controlNames.globalPrefix}${index}`)
        .u8(3)
        .u32(importedGlobals + index);
    }
    if (privateMemory) out.name(controlNames.memory).u8(2).u32(0);
    if (this.#meter) out.name(controlNames.fuel).u8(3).u32(this.#fuelGlobal);
    return out.finish();
  }

  #elements(reader: ByteReader): Uint8Array {
    const count = reader.u32();
    const out = new ByteWriter(reader.end - reader.at + 1024).u32(count);
    this.#copyShifted(reader, out, (entries) => {
      for (let i = 0; i < count; i++) skipElementSegment(entries);
    });
    return out.finish();
  }

  #code(reader: ByteReader): Uint8Array {
    const { functionTypes, parameters } = this.#module;
    const metering = this.#meter ? { fuelGlobal: this.#fuelGlobal, checkpoint: this.#checkpoint } : undefined;
    const count = reader.u32();
    if (count !== functionTypes.length) throw reader.error('function and code sections differ in length');
    const out = new ByteWriter(Math.ceil((reader.end - reader.at) * 1.25) + 64).u32(count);
    const functions = functionTypes.map((type) => {
      const length = reader.u32();
      const start = reader.at;
      reader.skip(length);
      const body = (): ByteReader => new ByteReader(reader.bytes, start, start + length);
      return { parameters: parameters[type] ?? 0, body, plan: survey(body(), this.#targets) };
    });
    const free = freeFunctions(
      functions.map(({ plan }) => plan),
      this.#module.importedFunctions,
    );
    for (const [index, { parameters, body, plan }] of functions.entries()) {
      out.vector(rewriteFunction(body(), parameters, plan, free.has(index) ? undefined : metering));
    }
    return out.finish();
  }

  /** Copies what `walk` passes over, with the function indices it finds changed. */
  #copyShifted(reader: ByteReader, out: ByteWriter, walk: (entries: IndexedReader) => void): void {
    let copied = reader.at;
    const entries = new IndexedReader(reader.bytes, reader.at, reader.end, (index, at) => {
      out.raw(reader.bytes.subarray(copied, at)).u32(this.#shift(index));
      copied = at;
      while ((reader.bytes[copied] ?? 0) >= 0x80) copied++;
      copied++;
    });
    walk(entries);
    out.raw(reader.bytes.subarray(copied, reader.end));
  }
}

/** A reader that is told of the function indices it passes over. */
class IndexedReader extends ByteReader {
  readonly found: (index: number, at: number) => void;

  constructor(bytes: Uint8Array, at: number, end: number, found: (index: number, at: number) => void) {
    super(bytes, at, end);
    this.found = found;
  }
}

function skipGlobalType(reader: ByteReader): void {
  const type = reader.u8();
  if (type === 0x63 || type === 0x64) reader.skipLeb();
  reader.u8();
}

/** §5.5.12: eight forms, told apart by three bits. */
function skipElementSegment(reader: IndexedReader): void {
  const flags = reader.u32();
  if (flags > 7) throw reader.error(`element segment of form ${flags} is not known`);
  const active = (flags & 1) === 0;
  if (active && (flags & 2) !== 0) reader.u32();
  if (active) skipConstantExpression(reader, reader.found);
  const expressions = (flags & 4) !== 0;
  if ((flags & 3) !== 0) {
    const kind = reader.u8();
    if (expressions && (kind === 0x63 || kind === 0x64)) reader.skipLeb();
  }
  for (let count = reader.u32(); count > 0; count--) {
    if (expressions) skipConstantExpression(reader, reader.found);
    else {
      const at = reader.at;
      reader.found(reader.u32(), at);
    }
  }
}
