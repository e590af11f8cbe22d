import { type ByteReader, WasmFormatError } from './bytes.ts';

/** Opcodes the rewriter looks at (WebAssembly Core Specification §5.4). */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  try: 0x06,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  callRef: 0x14,
  returnCallRef: 0x15,
  delegate: 0x18,
  tryTable: 0x1f,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i32LtS: 0x48,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32ShrU: 0x76,
  i32And: 0x71,
  refFunc: 0xd2,
} as const;

/** Passes over a value type (§5.3.5), reference types of the function-references proposal included. */
export function skipValueType(reader: ByteReader): void {
  const byte = reader.u8();
  if (byte === 0x63 || byte === 0x64) reader.skipLeb();
}

/** Passes over the type of a block (§5.4.1): empty, a value type, or the index of a function type. */
function skipBlockType(reader: ByteReader): void {
  const byte = reader.bytes[reader.at] ?? 0;
  if (byte === 0x63 || byte === 0x64) skipValueType(reader);
  else reader.skipLeb();
}

/** Passes over a memory argument (§5.4.6); bit 6 of the alignment announces a memory index. */
function skipMemoryArgument(reader: ByteReader): void {
  if ((reader.u32() & 0x40) !== 0) reader.u32();
  reader.skipLeb();
}

/** Called for the instructions that name a function. `at` is where the index begins. */
export interface InstructionVisitor {
  functionIndex?(index: number, at: number): void;
  /** A `memory.size` or `memory.grow`, from `at` to `end`. */
  memorySize?(kind: 'size' | 'grow', at: number, end: number): void;
  /** A `memory.init`, `memory.copy` or `memory.fill` that begins at `at`; the length is the top of the stack. */
  bulkMemory?(at: number): void;
  /** A `br_table`: the number of its labels, its default included, and the largest of them. */
  branchTable?(labels: number, deepest: number): void;
}

/**
 * Passes over one instruction and its immediates.
 *
 * @returns the opcode's first byte.
 * @throws {WasmFormatError} for an instruction that is not known, naming it.
 */
export function skipInstruction(reader: ByteReader, visitor: InstructionVisitor = {}): number {
  const start = reader.at;
  const code = reader.u8();
  if ((code >= 0x45 && code <= 0xc4) || code === 0x0b || code === 0x1a || code === 0x1b) return code;
  if (code >= 0x28 && code <= 0x3e) {
    skipMemoryArgument(reader);
    return code;
  }
  switch (code) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0a: // throw_ref
    case 0x0f: // return
    case 0x19: // catch_all
    case 0xd1: // ref.is_null
    case 0xd3: // ref.eq
    case 0xd4: // ref.as_non_null
      return code;
    case op.block:
    case op.loop:
    case op.if:
    case op.try:
      skipBlockType(reader);
      return code;
    case 0x07: // catch
    case 0x08: // throw
    case 0x09: // rethrow
    case 0x0c: // br
    case 0x0d: // br_if
    case op.callRef:
    case op.returnCallRef:
    case op.delegate:
    case 0x20: // local.get … global.set
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:
    case 0x25: // table.get
    case 0x26: // table.set
    case 0xd5: // br_on_null
    case 0xd6: // br_on_non_null
      reader.u32();
      return code;
    case op.i32Const:
    case op.i64Const:
    case 0xd0: // ref.null
      reader.skipLeb();
      return code;
    case 0x43: // f32.const
      reader.skip(4);
      return code;
    case 0x44: // f64.const
      reader.skip(8);
      return code;
    case 0x3f: // memory.size
    case 0x40: // memory.grow
      if (reader.u32() !== 0) throw new WasmFormatError(`the size of a second memory at byte ${start} is not known`);
      visitor.memorySize?.(code === 0x3f ? 'size' : 'grow', start, reader.at);
      return code;
    case op.brTable: {
      const labels = reader.u32();
      let deepest = 0;
      for (let i = 0; i <= labels; i++) deepest = Math.max(deepest, reader.u32());
      visitor.branchTable?.(labels + 1, deepest);
      return code;
    }
    case op.call:
    case op.returnCall:
    case op.refFunc: {
      const at = reader.at;
      const index = reader.u32();
      visitor.functionIndex?.(index, at);
      return code;
    }
    case op.callIndirect:
    case op.returnCallIndirect:
      reader.u32();
      reader.u32();
      return code;
    case 0x1c: // select with types
      for (let count = reader.u32(); count > 0; count--) skipValueType(reader);
      return code;
    case op.tryTable:
      skipBlockType(reader);
      for (let count = reader.u32(); count > 0; count--) {
        const kind = reader.u8();
        if (kind <= 1) reader.u32();
        reader.u32();
      }
      return code;
    case 0xfc:
      skipMiscellaneous(reader, start, visitor);
      return code;
    case 0xfd:
      skipVector(reader, start);
      return code;
    case 0xfe:
      skipAtomic(reader, start);
      return code;
    default:
      throw unknown(code, undefined, start);
  }
}

/** Saturating conversions, bulk memory and table instructions (prefix 0xfc). */
function skipMiscellaneous(reader: ByteReader, start: number, visitor: InstructionVisitor): void {
  const code = reader.u32();
  if (code <= 7) return;
  const immediates = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1][code - 8];
  if (immediates === undefined) throw unknown(0xfc, code, start);
  for (let i = 0; i < immediates; i++) reader.u32();
  if (code === 8 || code === 10 || code === 11) visitor.bulkMemory?.(start);
}

/** SIMD and relaxed SIMD (prefix 0xfd). */
function skipVector(reader: ByteReader, start: number): void {
  const code = reader.u32();
  if (code <= 11 || code === 92 || code === 93) skipMemoryArgument(reader);
  else if (code === 12 || code === 13) reader.skip(16);
  else if (code >= 21 && code <= 34) reader.skip(1);
  else if (code >= 84 && code <= 91) {
    skipMemoryArgument(reader);
    reader.skip(1);
  } else if (code > 0x113) throw unknown(0xfd, code, start);
}

/** Threads (prefix 0xfe). */
function skipAtomic(reader: ByteReader, start: number): void {
  const code = reader.u32();
  if (code === 3) reader.skip(1);
  else if (code <= 2 || (code >= 0x10 && code <= 0x4e)) skipMemoryArgument(reader);
  else throw unknown(0xfe, code, start);
}

function unknown(code: number, second: number | undefined, at: number): WasmFormatError {
  const hex = (value: number): string => `0x${value.toString(16)}`;
  return new WasmFormatError(
    `instruction ${hex(code)}${second === undefined ? '' : ` ${hex(second)}`} at byte ${at} is not known to the rewriter`,
  );
}
