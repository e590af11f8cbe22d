import { type ByteReader, ByteWriter } from './bytes.ts';
import { op, skipInstruction, skipValueType } from './instructions.ts';

/**
 * Where and how fuel is charged. Every infinite loop meets a charge: a loop of the module at its header, a
 * recursion at the entry of at least one of its functions. Short functions without loops are free as long as every
 * recursion meets another one (free.ts): what they cost is bounded by the code that calls them.
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
const weightCap = 10_000;

/**
 * A loop that holds a `br_table` with at least this many labels is the dispatch loop of an interpreter. It turns
 * once for each bytecode, so it counts in a local variable and pays for `dispatchPeriod` turns at once.
 */
const dispatchLabels = 64;
const dispatchPeriod = 256;
/** Instructions that a turn of a dispatch loop is charged: about what one bytecode takes. */
const dispatchWeight = 36;
/** Bytes that a copy or fill moves for one unit of fuel, as a power of two. */
const bytesPerUnit = 6;
/** Cases that one turn of a smaller switch runs through, on the average: some fall through to the next. */
const casesRun = 2;

interface LoopPoint {
  readonly at: number;
  cost: number;
  dispatch: boolean;
}

/** What one look over a function body found. Offsets are those of the module. */
export interface FunctionPlan {
  readonly codeStart: number;
  readonly locals: number;
  /** Instructions outside of loops. */
  readonly entryCost: number;
  readonly loops: readonly LoopPoint[];
  /** The calls that name their function, with the share of executions in which each is made. */
  readonly calls: readonly { readonly callee: number; readonly share: number }[];
  /** Whether it calls by reference. */
  readonly opaque: boolean;
  /** Whether it copies or fills memory. */
  readonly bulk: boolean;
  /** The places that change apart from charges, in order. */
  readonly edits: readonly Edit[];
}

/** A place that changes: the index of a function, an instruction that becomes a call, or one that is paid by length. */
interface Edit {
  readonly at: number;
  readonly end: number;
  readonly kind: 'index' | 'call' | 'length';
  readonly index: number;
}

/** Share of executions in which code is reached that stands behind a conditional branch out of its block. */
const behindBranch = 0.5;
/** Share in which one arm of an `if` is taken. */
const armTaken = 0.5;

/** An open block while a function is surveyed. */
interface OpenBlock {
  /** The innermost loop around the block, or the loop that it is; `undefined` outside of loops. */
  readonly loop: LoopPoint | undefined;
  /** How often, on the average, what follows the block is reached in one turn of the loop around it. */
  shareBehind: number;
  /** The same for the other arm of an `if`. */
  readonly shareOfElse: number;
}

/**
 * Looks over a function once. A loop's cost is what one turn takes on the average, by a guess that knows the shape of
 * the code alone: conditional code counts for the share of turns in which it is likely to run.
 */
export function survey(reader: ByteReader, targets: FunctionTargets): FunctionPlan {
  let locals = 0;
  for (let groups = reader.u32(); groups > 0; groups--) {
    locals += reader.u32();
    skipValueType(reader);
  }
  const codeStart = reader.at;
  const loops: LoopPoint[] = [];
  const edits: Edit[] = [];
  const open: OpenBlock[] = [{ loop: undefined, shareBehind: 0, shareOfElse: 0 }];
  let entryCost = 0;
  const calls: { callee: number; share: number }[] = [];
  let named = 0;
  let opaque = false;
  let bulk = false;
  let loop: LoopPoint | undefined;
  let share = 1;
  const visitor = {
    functionIndex: (index: number, at: number) => {
      named = index;
      edits.push({ at, end: reader.at, kind: 'index', index: targets.shift(index) });
    },
    memorySize: (kind: 'size' | 'grow', at: number, end: number) => {
      edits.push({ at, end, kind: 'call', index: targets[kind] });
    },
    bulkMemory: (at: number) => {
      bulk = true;
      edits.push({ at, end: at, kind: 'length', index: 0 });
    },
    branchTable: (labels: number, deepest: number) => {
      if (labels >= dispatchLabels && loop !== undefined) loop.dispatch = true;
      // Each case begins behind the end of one of these blocks, and one of them runs.
      for (let depth = 0; depth <= deepest; depth++) {
        const block = open[open.length - 1 - depth];
        if (block === undefined || block.loop !== loop) break;
        block.shareBehind = Math.min(block.shareBehind, (share * casesRun) / labels);
      }
    },
  };
  while (!reader.done) {
    const code = skipInstruction(reader, visitor);
    if (loop === undefined) entryCost += share;
    else loop.cost += share;
    switch (code) {
      case op.loop:
        loop = { at: reader.at, cost: 0, dispatch: false };
        loops.push(loop);
        open.push({ loop, shareBehind: share, shareOfElse: 0 });
        share = 1;
        break;
      case op.if:
        open.push({ loop, shareBehind: share, shareOfElse: share * armTaken });
        share *= armTaken;
        break;
      case op.block:
      case op.try:
      case op.tryTable:
        open.push({ loop, shareBehind: share, shareOfElse: 0 });
        break;
      case op.else:
        share = open.at(-1)?.shareOfElse ?? share;
        break;
      case op.end:
      case op.delegate:
        share = open.pop()?.shareBehind ?? 0;
        loop = open.at(-1)?.loop;
        break;
      case op.brIf:
        share *= behindBranch;
        break;
      case op.br:
      case op.brTable:
      case op.return:
      case op.unreachable:
        share = 0;
        break;
      case op.returnCall:
        calls.push({ callee: named, share });
        share = 0;
        break;
      case op.call:
        calls.push({ callee: named, share });
        break;
      case op.returnCallIndirect:
      case op.returnCallRef:
        opaque = true;
        share = 0;
        break;
      case op.callIndirect:
      case op.callRef:
        opaque = true;
        break;
    }
  }
  return { codeStart, locals, entryCost: Math.ceil(entryCost), loops, calls, opaque, bulk, edits };
}

/**
 * Rewrites one function body.
 *
 * @param reader stands on the body, behind its length.
 * @param plan what `survey` found in it.
 * @param metering `undefined` for a function that pays nothing.
 * @param parameters number of the function's parameters: its own local variables are numbered behind them.
 */
export function rewriteFunction(
  reader: ByteReader,
  parameters: number,
  plan: FunctionPlan,
  metering: MeteringPlan | undefined,
): Uint8Array {
  const bodyStart = reader.at;
  const { bytes } = reader;
  const out = new ByteWriter(Math.ceil((reader.end - bodyStart) * 1.2) + 64);
  if (metering !== undefined) copyLocals(bytes, bodyStart, plan.codeStart, out);
  else out.raw(bytes.subarray(bodyStart, plan.codeStart));
  const scratch = parameters + plan.locals;
  let at = plan.codeStart;
  let nextLoop = 0;
  let nextEdit = 0;
  const copyTo = (to: number): void => {
    out.raw(bytes.subarray(at, to));
    at = to;
  };
  if (metering !== undefined) charge(out, metering, scratch, Math.min(plan.entryCost, weightCap));
  for (;;) {
    const loop = plan.loops[nextLoop];
    const edit = plan.edits[nextEdit];
    if (metering !== undefined && loop !== undefined && (edit === undefined || loop.at <= edit.at)) {
      copyTo(loop.at);
      chargeLoop(out, metering, scratch, loop);
      nextLoop++;
    } else if (edit !== undefined) {
      copyTo(edit.at);
      if (edit.kind === 'length') {
        if (metering !== undefined) chargeLength(out, metering, scratch);
      } else {
        if (edit.kind === 'call') out.u8(op.call);
        out.u32(edit.index);
      }
      at = edit.end;
      nextEdit++;
    } else break;
  }
  copyTo(reader.end);
  return out.finish();
}

/** The declarations of the local variables and three of ours behind them: scratch value, turn counter, length. */
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
    .u32(3)
    .u8(0x7f);
}

/** `fuel -= cost; if (fuel < 0) checkpoint()`. */
function charge(out: ByteWriter, { fuelGlobal, checkpoint }: MeteringPlan, scratch: number, cost: number): void {
  out.u8(op.globalGet).u32(fuelGlobal).u8(op.i32Const).s32(cost).u8(op.i32Sub);
  out.u8(op.localTee).u32(scratch).u8(op.globalSet).u32(fuelGlobal).u8(op.localGet).u32(scratch);
  out.u8(op.i32Const, 0, op.i32LtS, op.if, 0x40, op.call).u32(checkpoint).u8(op.end);
}

/** `fuel -= length / 64; if (fuel < 0) checkpoint()`, with the length on the stack, where it stays. */
function chargeLength(out: ByteWriter, { fuelGlobal, checkpoint }: MeteringPlan, scratch: number): void {
  const length = scratch + 2;
  out.u8(op.localTee).u32(length).u8(op.globalGet).u32(fuelGlobal);
  out.u8(op.localGet).u32(length).u8(op.i32Const, bytesPerUnit, op.i32ShrU, op.i32Sub);
  out.u8(op.localTee).u32(scratch).u8(op.globalSet).u32(fuelGlobal).u8(op.localGet).u32(scratch);
  out.u8(op.i32Const, 0, op.i32LtS, op.if, 0x40, op.call).u32(checkpoint).u8(op.end);
}

function chargeLoop(out: ByteWriter, metering: MeteringPlan, scratch: number, loop: LoopPoint): void {
  if (!loop.dispatch) {
    charge(out, metering, scratch, Math.max(1, Math.min(Math.ceil(loop.cost), weightCap)));
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
