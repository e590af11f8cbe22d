import type { FunctionPlan } from './metering.ts';

/** Instructions, on the average, that a call may take without its entry being charged. */
const freeCost = 250;
/** Free functions that a call may enter at the most, whatever way it takes: an average can be far from that. */
const mostEntered = 500;
/** Free functions that may stand one below the other. */
const deepest = 50;

/** What a call takes that no charge pays for; nothing for a function whose entry is charged. */
interface Unpaid {
  /** Instructions, on the average. */
  readonly cost: number;
  /** Functions entered at the most. */
  readonly entered: number;
}

const paid: Unpaid = { cost: 0, entered: 0 };

/**
 * Finds the functions whose entries need no charge. Each takes little, has no loop, and calls by name only, free functions
 * and charged ones. No cycle of calls consists of free functions alone: one that calls what is still being looked at is charged.
 * One that calls by reference, or what is imported, is charged too, because whoever it calls may call anything back.
 *
 * @param imported number of the module's imported functions, whose indices come first.
 * @returns places among the module's own functions.
 */
export function freeFunctions(plans: readonly FunctionPlan[], imported: number): ReadonlySet<number> {
  const known = new Map<number, Unpaid>();
  const open = new Set<number>();
  const visit = (index: number, { opaque, bulk, loops, calls, entryCost }: FunctionPlan): Unpaid => {
    if (opaque || bulk || loops.length > 0) return paid;
    let cost = entryCost;
    let entered = 1;
    open.add(index);
    for (const { callee, share } of calls) {
      const below = callee - imported;
      const plan = plans[below];
      if (plan === undefined || open.has(below) || open.size >= deepest) cost = Number.POSITIVE_INFINITY;
      if (plan === undefined || cost > freeCost || entered > mostEntered) break;
      const unpaid = known.get(below) ?? visit(below, plan);
      known.set(below, unpaid);
      cost += share * unpaid.cost;
      entered += unpaid.entered;
    }
    open.delete(index);
    return cost > freeCost || entered > mostEntered ? paid : { cost, entered };
  };
  const free = new Set<number>();
  for (const [index, plan] of plans.entries()) {
    const unpaid = known.get(index) ?? visit(index, plan);
    known.set(index, unpaid);
    if (unpaid !== paid) free.add(index);
  }
  return free;
}
