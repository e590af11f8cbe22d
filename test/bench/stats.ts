/** The value below which the share `p` (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Times `repeat` calls after `warm` calls that do not count, in milliseconds each. */
export async function sample(repeat: number, warm: number, work: () => Promise<unknown> | unknown): Promise<number[]> {
  for (let i = 0; i < warm; i++) await work();
  const samples: number[] = [];
  for (let i = 0; i < repeat; i++) {
    const begin = performance.now();
    await work();
    samples.push(performance.now() - begin);
  }
  return samples;
}

/** One line of the results: what was measured, the value, and the budget it must keep. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** `[at most | at least, value]` in the same unit. */
  readonly budget?: readonly ['≤' | '≥', number];
  readonly note?: string;
}

export function isMet({ value, budget }: Row): boolean | undefined {
  if (budget === undefined) return undefined;
  return budget[0] === '≤' ? value <= budget[1] : value >= budget[1];
}

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const met = isMet(row);
    const budget = row.budget === undefined ? '–' : `${row.budget[0]} ${shown(row.budget[1])} ${row.unit}`;
    const outcome = met === undefined ? '' : met ? 'met' : '**missed**';
    return `| ${row.what} | ${shown(row.value)} ${row.unit} | ${budget} | ${outcome} | ${row.note ?? ''} |`;
  });
  return ['| what | measured | budget | | note |', '|---|---:|---:|---|---|', ...lines].join('\n');
}
