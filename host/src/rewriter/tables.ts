import { ByteReader } from './bytes.ts';
import { skipInstruction, skipValueType } from './instructions.ts';
import { readModule, section } from './module.ts';

/** `data.drop`, `table.init`, `table.copy`, `table.grow`, `table.fill` behind the prefix 0xfc (§5.4.5). */
const tableChanges: readonly number[] = [9, 12, 14, 15, 17];

/**
 * Whether a module's code can change its tables, or drop the data that it copies from. Both are out of an instance image's reach, so an
 * instance of such a module cannot be put back to one.
 *
 * @throws {WasmFormatError} for a module that is not valid or holds what the rewriter does not know.
 */
export function changesTables(bytes: Uint8Array): boolean {
  const code = readModule(bytes).sections.find(({ id }) => id === section.code);
  if (code === undefined) return false;
  const bodies = new ByteReader(bytes, code.start, code.end);
  for (let count = bodies.u32(); count > 0; count--) {
    const length = bodies.u32();
    const body = new ByteReader(bytes, bodies.at, bodies.at + length);
    bodies.skip(length);
    for (let groups = body.u32(); groups > 0; groups--) {
      body.u32();
      skipValueType(body);
    }
    while (!body.done) {
      const start = body.at;
      const opcode = skipInstruction(body);
      if (opcode === 0x26) return true; // table.set
      if (opcode === 0xfc && tableChanges.includes(new ByteReader(bytes, start + 1).u32())) return true;
    }
  }
  return false;
}
