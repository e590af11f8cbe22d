import type { Outcome } from './run.ts';

export interface Rate {
  readonly folder: string;
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts by the second folder below `test`, all of them together last. */
export function byFolder(outcomes: readonly Outcome[]): Rate[] {
  const rates = new Map<string, Rate>();
  const all: Rate = { folder: 'all', passed: 0, failed: 0, skipped: 0 };
  for (const { file, result } of outcomes) {
    const folder = file.replaceAll('\\', '/').split('/').slice(0, -1).slice(0, 3).join('/');
    const rate = rates.get(folder) ?? { folder, passed: 0, failed: 0, skipped: 0 };
    rates.set(folder, rate);
    rate[result]++;
    all[result]++;
  }
  return [...[...rates.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1)), all];
}

/** A table in Markdown; the rate is of the tests that ran. */
export function tableOf(rates: readonly Rate[]): string {
  const row = ({ folder, passed, failed, skipped }: Rate): string => {
    const ran = passed + failed;
    const rate = ran === 0 ? '–' : `${((100 * passed) / ran).toFixed(1)} %`;
    return `| ${folder} | ${rate} | ${passed} | ${failed} | ${skipped} |`;
  };
  return ['| folder | pass rate | passed | failed | skipped |', '|---|---|---|---|---|', ...rates.map(row)].join('\n');
}
