/** A way to run the programs: this project's, or another's. */
export interface Peer {
  readonly name: string;
  /** What one measurement holds. */
  readonly how: string;
}

/** One that runs in this process, where its runs can take turns with the others'. */
export interface InsidePeer extends Peer {
  /**
   * Makes what is to be warm.
   *
   * @returns runs a program once and gives the milliseconds it took.
   * @throws {Error} when the peer cannot be had on this machine.
   */
  prepare(programs: Programs): Promise<(source: string) => number | Promise<number>>;
}

/** One that is a process of its own. */
export interface OutsidePeer extends Peer {
  /** @throws {Error} when the peer cannot be had on this machine. */
  measure(programs: Programs): Promise<Timings>;
}

export type Programs = Readonly<Record<string, string>>;

export interface Timings {
  /** The least of a few runs; of the program `hello` the median. */
  readonly milliseconds: Readonly<Record<string, number>>;
  /** Why programs are missing that the peer cannot run, by their names. */
  readonly failures: Readonly<Record<string, string>>;
}

/** The program that is measured for what a run costs besides its own work: many runs, and their median. */
export const helloName = 'hello';

const rounds = { hello: 60, cpu: 4 } as const;

export function roundsOf(name: string): number {
  return name === helloName ? rounds.hello : rounds.cpu;
}

/** Measures what runs in this process, in turns: what slows the machine down for a while slows all of them. */
export async function measureInTurns(
  programs: Programs,
  runners: readonly ((source: string) => number | Promise<number>)[],
): Promise<Timings[]> {
  const all = runners.map((run) => ({
    run,
    milliseconds: {} as Record<string, number>,
    failures: {} as Record<string, string>,
  }));
  for (const [name, source] of Object.entries(programs)) {
    const times = all.map((): number[] => []);
    for (let round = 0; round < roundsOf(name); round++) {
      for (const [index, { run, failures }] of all.entries()) {
        if (failures[name] !== undefined) continue;
        try {
          times[index]?.push(await run(source));
        } catch (error) {
          failures[name] = String(error).split('\n', 1)[0] ?? '';
        }
      }
    }
    for (const [index, { milliseconds, failures }] of all.entries()) {
      const sorted = times[index]?.toSorted((a, b) => a - b) ?? [];
      const time = sorted[name === helloName ? Math.floor(sorted.length / 2) : 0];
      if (failures[name] === undefined && time !== undefined) milliseconds[name] = time;
    }
  }
  return all;
}
