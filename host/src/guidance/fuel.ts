import type { FuelAnalysis, FuelStatus, KnownPackage, RunFacts } from './types.ts';

/** Multiples of a power of ten that a budget is rounded up to. */
const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** How much of its fuel a run used, and what to do about it. */
export function fuelAnalysis(
  run: Pick<RunFacts, 'fuelConsumed' | 'fuelBudget' | 'language' | 'facts' | 'packages'>,
  exhausted: boolean,
): FuelAnalysis {
  const { fuelConsumed: consumed, fuelBudget: budget } = run;
  const status = exhausted ? 'exhausted' : statusOf(consumed / budget);
  // A run that was stopped may have spent a little more than it had.
  const percent = exhausted ? 100 : Math.min(99.9, Math.floor((consumed / budget) * 1000) / 10);
  return {
    consumed,
    budget,
    utilization: `${Math.floor(percent)}%`,
    utilization_percent: percent,
    status,
    recommendation: recommendation(status, Math.floor(percent), consumed, budget),
    likely_causes: status === 'efficient' || status === 'moderate' ? [] : likelyCauses(run),
  };
}

/** The upper class begins with its bound: 50 % is moderate. */
function statusOf(share: number): FuelStatus {
  if (share < 0.5) return 'efficient';
  if (share < 0.75) return 'moderate';
  return share < 0.9 ? 'warning' : 'critical';
}

/** DEVIATION D27: it names the call that helps; whether to make it is the caller's affair. */
function recommendation(status: FuelStatus, percent: number, consumed: number, budget: number): string | null {
  const call = `create_session(fuel_budget=${suggestedBudget(status === 'exhausted' ? budget * 2 : consumed * 1.5)})`;
  switch (status) {
    case 'efficient':
      return null;
    case 'moderate':
      return `The run used ${percent}% of its fuel budget; no action is needed.`;
    case 'warning':
      return `The run used ${percent}% of its fuel budget. Consider a larger one for similar work: ${call}.`;
    case 'critical':
      return `The run used ${percent}% of its fuel budget. A slightly larger input must fail: use a larger budget next time, ${call}.`;
    case 'exhausted':
      return `The run used up its fuel budget of ${shortFuel(budget)}. Make the program do less, or give it more: ${call}.`;
  }
}

/** A round budget of at least `fuel`. */
export function suggestedBudget(fuel: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, fuel)));
  const step = steps.find((candidate) => candidate * power >= fuel) ?? 10;
  return Math.min(Math.round(step * power), Number.MAX_SAFE_INTEGER);
}

/** `8.5B`, `120M`: units of fuel for a reader. */
export function shortFuel(fuel: number): string {
  if (fuel >= 1e9) return `${trimmed(fuel / 1e9)}B`;
  return fuel >= 1e6 ? `${trimmed(fuel / 1e6)}M` : `${Math.round(fuel)}`;
}

function trimmed(value: number): string {
  return (value >= 100 ? value.toFixed(0) : value.toFixed(1)).replace(/\.0$/, '');
}

function likelyCauses({ language, facts, packages, fuelConsumed }: Parameters<typeof fuelAnalysis>[0]): string[] {
  const causes: string[] = [];
  if (facts !== undefined) {
    for (const known of packagesUsed(facts, packages?.[language] ?? [])) {
      if (known.fuelFirstImport < fuelConsumed / 20) continue;
      causes.push(`First import of ${known.name}: ${shortFuel(known.fuelFirstImport)} units, measured`);
    }
    for (const line of facts.loops.endless.slice(0, 3)) causes.push(`A loop without an end at line ${line}`);
    if (facts.loops.steps >= 1e6) causes.push(`Loops of ${facts.loops.steps.toLocaleString('en')} steps or more`);
    else if (facts.loops.depth >= 2) causes.push(`Loops within loops, ${facts.loops.depth} deep`);
    for (const { name, line } of facts.recursive.slice(0, 3)) causes.push(`${name} calls itself at line ${line}`);
  }
  if (causes.length > 0) return causes;
  return [
    'Processing of a lot of data, or a loop that takes more steps than expected',
    'The first import of large packages',
  ];
}

/** The packages that a program imports, of those that there are. */
export function packagesUsed(
  facts: Pick<NonNullable<RunFacts['facts']>, 'imports' | 'vendored'>,
  packages: readonly KnownPackage[],
): KnownPackage[] {
  const used = new Set([...facts.imports, ...facts.vendored].map(({ name }) => name.replace(/^vendor:/, '')));
  return packages.filter(({ name, importNames }) => [name, ...importNames].some((one) => used.has(one)));
}
