import { ByteWriter } from '../rewriter/index.ts';

/** Bytes that are compared, and put back, as one. */
export const scanBytes = 256;

/**
 * Looks through a memory and an image of it, 256 bytes at a time, at the speed of the machine's memory. `from` is the
 * address of the first block and `last` that of the last one: the end of a memory of 4 GiB is no 32-bit number.
 */
export interface Scan {
  /** Makes the memory as the image is, and writes only where it differs. */
  restore(from: number, last: number): void;
  /** Makes the memory zero, and writes only where it is not. */
  clear(from: number, last: number): void;
  /** Address of the first block that differs from the image, as a signed number; -1 when there is none. */
  nextDifferent(from: number, last: number): number;
  /** Address of the first block that is not all zero, as a signed number; -1 when there is none. */
  nextSet(from: number, last: number): number;
}

let compiled: WebAssembly.Module | undefined;

/** @param image at least as large as the part of `memory` that is compared with it. */
export function createScan(memory: WebAssembly.Memory, image: WebAssembly.Memory): Scan {
  compiled ??= new WebAssembly.Module(scanModule());
  const { exports } = new WebAssembly.Instance(compiled, { '': { memory, image } });
  return exports as unknown as Scan;
}

/** Instructions of the binary format (WebAssembly Core Specification §5.4, with SIMD and several memories). */
const op = {
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  get: 0x20,
  set: 0x21,
  constant: 0x41,
  equal: 0x46,
  add: 0x6a,
  bulk: 0xfc,
  simd: 0xfd,
} as const;
const bulk = { copy: 0x0a, fill: 0x0b } as const;
const simd = { load: 0x00, or: 0x50, xor: 0x51, anyTrue: 0x53 } as const;
const type = { i32: 0x7f, nothing: 0x40, function: 0x60 } as const;
/** Indices of the imported memories, of the parameters. */
const memory = 0;
const image = 1;
const from = 0;
const last = 1;

const vectorBytes = 16;

/** The block at `from`, OR-ed together: what it holds, or how it differs from the image. */
function gathered(code: ByteWriter, compares: boolean): ByteWriter {
  for (let offset = 0; offset < scanBytes; offset += vectorBytes) {
    load(code, memory, offset);
    if (compares) load(code, image, offset).u8(op.simd, simd.xor);
    if (offset > 0) code.u8(op.simd, simd.or);
  }
  return code;
}

function load(code: ByteWriter, index: number, offset: number): ByteWriter {
  // Bit 6 of the alignment says that the memory's index follows.
  return code.u8(op.get, from, op.simd, simd.load, 0x40).u32(index).u32(offset);
}

/** A function that looks at each block and does something with those that are not as they should be. */
function scanFunction(compares: boolean, found: (code: ByteWriter) => ByteWriter): Uint8Array {
  const code = new ByteWriter().u32(0).u8(op.loop, type.nothing);
  gathered(code, compares).u8(op.simd, simd.anyTrue, op.if, type.nothing);
  found(code).u8(op.end);
  code.u8(op.get, from, op.get, last, op.equal, op.if, type.nothing);
  code.u8(op.constant).s32(-1).u8(op.return, op.end);
  code.u8(op.get, from, op.constant).s32(scanBytes).u8(op.add, op.set, from);
  return code.u8(op.br, 0, op.end, op.constant).s32(-1).u8(op.end).finish();
}

function scanModule(): Uint8Array<ArrayBuffer> {
  const answer = (code: ByteWriter): ByteWriter => code.u8(op.get, from, op.return);
  const copy = (code: ByteWriter): ByteWriter =>
    code.u8(op.get, from, op.get, from, op.constant).s32(scanBytes).u8(op.bulk, bulk.copy, memory, image);
  const clear = (code: ByteWriter): ByteWriter =>
    code.u8(op.get, from, op.constant).s32(0).u8(op.constant).s32(scanBytes).u8(op.bulk, bulk.fill, memory);
  const functions: Readonly<Record<keyof Scan, Uint8Array>> = {
    restore: scanFunction(true, copy),
    clear: scanFunction(false, clear),
    nextDifferent: scanFunction(true, answer),
    nextSet: scanFunction(false, answer),
  };
  const bodies = Object.values(functions);
  const module = new ByteWriter().raw(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));
  const section = (id: number, content: ByteWriter): void => {
    module.u8(id).vector(content.finish());
  };
  section(1, new ByteWriter().u8(1, type.function, 2, type.i32, type.i32, 1, type.i32));
  const imports = new ByteWriter().u32(2);
  for (const name of ['memory', 'image']) imports.name('').name(name).u8(0x02, 0x00, 0x00);
  section(2, imports);
  section(3, new ByteWriter().u32(bodies.length).u8(...bodies.map(() => 0)));
  const exports = new ByteWriter().u32(bodies.length);
  for (const [index, name] of Object.keys(functions).entries()) exports.name(name).u8(0x00).u32(index);
  section(7, exports);
  const code = new ByteWriter().u32(bodies.length);
  for (const body of bodies) code.vector(body);
  section(10, code);
  return module.finish().slice();
}
