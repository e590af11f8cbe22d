import type { ErrorType } from '../guidance/index.ts';
import type { SandboxResult } from '../sandbox/index.ts';
import type { LanguageKind } from '../types.ts';

/** Programs that are listed as the ones that took the most fuel. */
const mostHotSpots = 10;
const mostSessions = 1000;

interface HotSpot {
  readonly session_id: string;
  readonly language: LanguageKind;
  readonly fuel_consumed: number;
  readonly utilization_percent: number;
  readonly code_begins: string;
}

/**
 * What one connection did so far (seed 003 §4.9, §6.1). Nothing of one client is in another's.
 *
 * DEVIATION D28: what can be counted is counted; surveys and the choices of a language model are not.
 */
export class Metrics {
  readonly #since = new Date();
  readonly #errors = new Map<ErrorType, { count: number; last: string; advice: string }>();
  readonly #statuses = new Map<string, number>();
  readonly #languages = new Map<string, number>();
  readonly #tools = new Map<string, { calls: number; errors: number }>();
  /** Sessions whose last program failed: the next one there is a second try. */
  readonly #failing = new Set<string>();
  #hotSpots: HotSpot[] = [];
  #total = 0;
  #succeeded = 0;
  #firstTries = 0;
  #firstSuccesses = 0;
  #timeMs = 0;
  #fuel = 0;
  #utilization = 0;
  #exhausted = 0;
  created = 0;
  destroyed = 0;

  tool(name: string, failed: boolean): void {
    const { calls, errors } = this.#tools.get(name) ?? { calls: 0, errors: 0 };
    this.#tools.set(name, { calls: calls + 1, errors: errors + (failed ? 1 : 0) });
  }

  execution(session: string, code: string, result: SandboxResult): void {
    const { success, fuelConsumed, durationMs, metadata, structuredContent } = result;
    const { fuel_analysis, error_type, error_message = '', actionable_guidance } = structuredContent;
    this.#total++;
    if (success) this.#succeeded++;
    if (!this.#failing.has(session)) {
      this.#firstTries++;
      if (success) this.#firstSuccesses++;
    }
    if (success) this.#failing.delete(session);
    else if (this.#failing.size < mostSessions) this.#failing.add(session);
    this.#timeMs += durationMs;
    this.#fuel += fuelConsumed;
    this.#utilization += fuel_analysis.utilization_percent;
    if (fuel_analysis.status === 'exhausted') this.#exhausted++;
    add(this.#statuses, fuel_analysis.status);
    add(this.#languages, metadata.runtime);
    if (error_type !== undefined) {
      const count = (this.#errors.get(error_type)?.count ?? 0) + 1;
      this.#errors.set(error_type, {
        count,
        last: error_message.slice(0, 300),
        advice: actionable_guidance?.[0] ?? '',
      });
    }
    const spot = {
      session_id: session,
      language: metadata.runtime,
      fuel_consumed: fuelConsumed,
      utilization_percent: fuel_analysis.utilization_percent,
      code_begins: (code.trim().split('\n', 1)[0] ?? '').slice(0, 80),
    };
    this.#hotSpots = [...this.#hotSpots, spot]
      .sort((one, other) => other.fuel_consumed - one.fuel_consumed)
      .slice(0, mostHotSpots);
  }

  report() {
    const failed = this.#total - this.#succeeded;
    return {
      since: this.#since.toISOString(),
      executions: {
        total: this.#total,
        succeeded: this.#succeeded,
        failed,
        success_rate_percent: percent(this.#succeeded, this.#total),
        first_time_success_rate_percent: percent(this.#firstSuccesses, this.#firstTries),
        by_language: Object.fromEntries(this.#languages),
        average_time_ms: average(this.#timeMs, this.#total),
      },
      error_patterns: [...this.#errors]
        .sort(([, one], [, other]) => other.count - one.count)
        .map(([error_type, { count, last, advice }]) => ({
          error_type,
          count,
          share_percent: percent(count, failed) ?? 0,
          last_message: last,
          advice,
        })),
      fuel: {
        consumed: this.#fuel,
        average_utilization_percent: average(this.#utilization, this.#total),
        exhausted: this.#exhausted,
        exhaustion_rate_percent: percent(this.#exhausted, this.#total),
        by_status: Object.fromEntries(this.#statuses),
      },
      fuel_hot_spots: this.#hotSpots,
      path_errors: (this.#errors.get('PathRestriction')?.count ?? 0) + (this.#errors.get('FileNotFound')?.count ?? 0),
      tools: Object.fromEntries(this.#tools),
      sessions: { created: this.created, destroyed: this.destroyed },
    };
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 10;
}

function average(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round((sum / count) * 10) / 10;
}
