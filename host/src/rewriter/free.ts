import type { FunctionPlan } from './metering.ts';

/** Instructions, on the average, that a call may take without its entry being charged. */
const freeCost = 250;
/** Free functions that may stand one below the other. */
const deepest = 50;

/**
 * Finds the functions whose entries need no charge. Each takes little, has no loop, and calls by name only, free functions
 * and charged ones. No cycle of calls consists of free functions alone: one that calls what is still being looked at is charged.
 * One that calls by reference, or what is imported, is charged too, because whoever it calls may call anything back.
 *
 * @param imported number of the module's imported functions, whose indices come first.
 * @returns places among the module's own functions.
 */
export function freeFunctions(plans: readonly FunctionPlan[], imported: number): ReadonlySet<number> {
  const unpaid = new Map<number, number>();
  const open = new Set<number>();
  /** What a call takes, on the average, that no charge pays for; 0 for a function whose entry is charged. */
  const visit = (index: number, { opaque, bulk, loops, calls, entryCost }: FunctionPlan): number => {
    if (opaque || bulk || loops.length > 0) return 0;
    let cost = entryCost;
    open.add(index);
    for (const { callee, share } of calls) {
      const below = callee - imported;
      const plan = plans[below];
      if (plan === undefined || open.has(below) || open.size >= deepest) cost = Number.POSITIVE_INFINITY;
      if (plan === undefined || cost > freeCost) break;
      const known = unpaid.get(below) ?? visit(below, plan);
      unpaid.set(below, known);
      cost += share * known;
    }
    open.delete(index);
    return cost > freeCost ? 0 : cost;
  };
  const free = new Set<number>();
  for (const [index, plan] of plans.entries()) {
    const cost = unpaid.get(index) ?? visit(index, plan);
    unpaid.set(index, cost);
    if (cost > 0) free.add(index);
  }
  return free;
}
