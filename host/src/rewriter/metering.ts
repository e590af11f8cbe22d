import { type ByteReader, ByteWriter } from './bytes.ts';
import { op, skipInstruction, skipValueType } from './instructions.ts';

/**
 * Where and how fuel is charged. Every infinite loop meets a charge: a loop of the module at its header, a
 * recursion at the entry of a function that calls. Functions that neither loop nor call are free: what they
 * cost is bounded by the code that calls them.
 */
export interface MeteringPlan {
  /** Index of the exported mutable i32 global that holds the fuel left of the current slice. */
  readonly fuelGlobal: number;
  /** Function index of the `checkpoint` import, called when the slice is used up. */
  readonly checkpoint: number;
}

/** Where functions are found in the rewritten module. */
export interface FunctionTargets {
  /** New index of a function. */
  readonly shift: (index: number) => number;
  /** Indices of the imports that take the place of `memory.size` and `memory.grow`. */
  readonly size: number;
  readonly grow: number;
}

/** Most that one function entry or one turn of a loop is charged, in instructions. */
const weightCap = 1_000;

/**
 * A loop that holds a `br_table` with at least this many labels is the dispatch loop of an interpreter. It turns
 * once for each bytecode, so it counts in a local variable and pays for `dispatchPeriod` turns at once.
 */
const dispatchLabels = 64;
const dispatchPeriod = 256;
/** Instructions that a turn of a dispatch loop is charged: about what one bytecode takes. */
const dispatchWeight = 16;

interface LoopPoint {
  readonly at: number;
  cost: number;
  dispatch: boolean;
}

/** What one look over a function body found. Offsets are those of the module. */
interface FunctionPlan {
  readonly codeStart: number;
  readonly locals: number;
  /** Instructions outside of loops. */
  readonly entryCost: number;
  readonly loops: readonly LoopPoint[];
  readonly calls: boolean;
  /** The places that change apart from charges, in order. */
  readonly edits: readonly Edit[];
}

/** Bytes that are replaced: the index of a function, or a whole instruction by a call. */
interface Edit {
  readonly at: number;
  readonly end: number;
  readonly calls: boolean;
  readonly index: number;
}

function survey(reader: ByteReader, targets: FunctionTargets): FunctionPlan {
  let locals = 0;
  for (let groups = reader.u32(); groups > 0; groups--) {
    locals += reader.u32();
    skipValueType(reader);
  }
  const codeStart = reader.at;
  const loops: LoopPoint[] = [];
  const edits: Edit[] = [];
  /** The innermost loop of each open block; `undefined` outside of loops. */
  const open: (LoopPoint | undefined)[] = [undefined];
  let entryCost = 0;
  let calls = false;
  let current: LoopPoint | undefined;
  const visitor = {
    functionIndex: (index: number, at: number) => {
      edits.push({ at, end: reader.at, calls: false, index: targets.shift(index) });
    },
    memorySize: (kind: 'size' | 'grow', at: number, end: number) => {
      edits.push({ at, end, calls: true, index: targets[kind] });
    },
    branchTable: (labels: number) => {
      if (labels >= dispatchLabels && current !== undefined) current.dispatch = true;
    },
  };
  while (!reader.done) {
    const code = skipInstruction(reader, visitor);
    if (current === undefined) entryCost++;
    else current.cost++;
    switch (code) {
      case op.loop:
        current = { at: reader.at, cost: 0, dispatch: false };
        loops.push(current);
        open.push(current);
        break;
      case op.block:
      case op.if:
      case op.try:
      case op.tryTable:
        open.push(current);
        break;
      case op.end:
      case op.delegate:
        open.pop();
        current = open.at(-1);
        break;
      case op.call:
      case op.callIndirect:
      case op.callRef:
      case op.returnCall:
      case op.returnCallIndirect:
      case op.returnCallRef:
        calls = true;
        break;
    }
  }
  return { codeStart, locals, entryCost, loops, calls, edits };
}

/**
 * Rewrites one function body.
 *
 * @param reader stands on the body, behind its length.
 * @param parameters number of the function's parameters: its own local variables are numbered behind them.
 */
export function rewriteFunction(
  reader: ByteReader,
  parameters: number,
  targets: FunctionTargets,
  metering: MeteringPlan | undefined,
): Uint8Array {
  const bodyStart = reader.at;
  const plan = survey(reader, targets);
  const { bytes } = reader;
  const out = new ByteWriter(Math.ceil((reader.end - bodyStart) * 1.2) + 64);
  const charged = metering !== undefined && (plan.calls || plan.loops.length > 0);
  if (charged) copyLocals(bytes, bodyStart, plan.codeStart, out);
  else out.raw(bytes.subarray(bodyStart, plan.codeStart));
  const scratch = parameters + plan.locals;
  let at = plan.codeStart;
  let nextLoop = 0;
  let nextEdit = 0;
  const copyTo = (to: number): void => {
    out.raw(bytes.subarray(at, to));
    at = to;
  };
  if (charged) charge(out, metering, scratch, Math.min(plan.entryCost, weightCap));
  for (;;) {
    const loop = charged ? plan.loops[nextLoop] : undefined;
    const edit = plan.edits[nextEdit];
    if (loop !== undefined && (edit === undefined || loop.at <= edit.at)) {
      copyTo(loop.at);
      if (metering !== undefined) chargeLoop(out, metering, scratch, loop);
      nextLoop++;
    } else if (edit !== undefined) {
      copyTo(edit.at);
      if (edit.calls) out.u8(op.call);
      out.u32(edit.index);
      at = edit.end;
      nextEdit++;
    } else break;
  }
  copyTo(reader.end);
  return out.finish();
}

/** The declarations of the local variables and two of ours behind them: the scratch value and the turn counter. */
function copyLocals(bytes: Uint8Array, start: number, end: number, out: ByteWriter): void {
  let at = start;
  let groups = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    groups |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  out
    .u32(groups + 1)
    .raw(bytes.subarray(at, end))
    .u32(2)
    .u8(0x7f);
}

/** `fuel -= cost; if (fuel < 0) checkpoint()`. */
function charge(out: ByteWriter, { fuelGlobal, checkpoint }: MeteringPlan, scratch: number, cost: number): void {
  out.u8(op.globalGet).u32(fuelGlobal).u8(op.i32Const).s32(cost).u8(op.i32Sub);
  out.u8(op.localTee).u32(scratch).u8(op.globalSet).u32(fuelGlobal).u8(op.localGet).u32(scratch);
  out.u8(op.i32Const, 0, op.i32LtS, op.if, 0x40, op.call).u32(checkpoint).u8(op.end);
}

function chargeLoop(out: ByteWriter, metering: MeteringPlan, scratch: number, loop: LoopPoint): void {
  if (!loop.dispatch) {
    charge(out, metering, scratch, Math.max(1, Math.min(loop.cost, weightCap)));
    return;
  }
  // `if (++turns % period === 0)`: the rest of a period is lost at the function's end, the same on every machine.
  const turns = scratch + 1;
  out.u8(op.localGet).u32(turns).u8(op.i32Const, 1, op.i32Add, op.localTee).u32(turns);
  out
    .u8(op.i32Const)
    .s32(dispatchPeriod - 1)
    .u8(op.i32And, op.i32Eqz, op.if, 0x40);
  charge(out, metering, scratch, dispatchPeriod * dispatchWeight);
  out.u8(op.end);
}
