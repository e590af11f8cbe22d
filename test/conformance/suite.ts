import type { LanguageKind } from 'golem-exec';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { check } from './check.ts';
import {
  type Case,
  type Expected,
  languages,
  main,
  mainName,
  pick,
  type RequestRow,
  type RunCase,
  type SessionCase,
  type Step,
  type TargetName,
  type Way,
} from './table.ts';
import { hostTarget } from './targets/host.ts';
import type { Answer, Place, SessionCalls, Target } from './targets/target.ts';
import { wasmtimeTarget } from './targets/wasmtime.ts';

const makers: Readonly<Record<TargetName, () => Target | Promise<Target>>> = {
  host: hostTarget,
  wasmtime: wasmtimeTarget,
};

/** Makes the tests of one row of the matrix: each case in each language, against each target that it applies to. */
export function conformance(row: string, cases: readonly Case[]): void {
  for (const targetName of ['host', 'wasmtime'] as const) {
    describe(`${row}: ${targetName}`, () => {
      let target: Target;
      beforeAll(async () => {
        target = await makers[targetName]();
      });
      afterAll(() => target?.close());

      for (const language of languages) {
        for (const row of cases) {
          if (isExcepted(row, targetName, language)) continue;
          for (const way of 'steps' in row ? [undefined] : (row.ways ?? ['run' as const])) {
            const through = way === undefined || way === 'run' ? '' : `, through ${way}`;
            test(`${language}: ${row.name}${through}`, async () => {
              await using place = await target.place(language, memoryOf(row));
              const context = { place, language, target: targetName };
              const apart = (): Promise<Place> => target.place(language, undefined);
              if ('steps' in row) await carryOut(row, context, apart);
              else await runOnce(row, way ?? 'run', context);
            });
          }
        }
      }
    });
  }
}

interface Context {
  readonly place: Place;
  readonly language: LanguageKind;
  readonly target: TargetName;
}

function isExcepted({ except }: Case, target: TargetName, language: LanguageKind): boolean {
  return except?.some((one) => one.target === target && (one.language ?? language) === language) ?? false;
}

function memoryOf(row: Case): number | undefined {
  // Of a malformed request there is none.
  return 'steps' in row ? undefined : row.limits?.memoryBytes || undefined;
}

const hello: RequestRow = { files: [main('print("hi")', 'console.log("hi")')] };
const helloAnswer: Expected = { stdout: 'hi\n' };

/** Runs a program; whatever became of it, the next one runs as if it had never been. */
async function runOnce(row: RunCase, way: Way, { place, language, target }: Context): Promise<void> {
  const { name: _name, ways: _ways, expect: expected, except: _except, ...request } = row;
  if (way === 'run' || way === 'stream') {
    check(await place[way](request), expected, target, language);
    check(await place.run(hello), helloAnswer, target, language);
    return;
  }
  const session = await place.session(row.foreign === undefined ? {} : { foreign: row.foreign });
  check(await runInSession(session, request, way), expected, target, language);
  if (row.foreign === undefined) check(await runInSession(session, hello, 'session'), helloAnswer, target, language);
}

/** `executor.run` by the means of a session: each file is uploaded, then the first one is run. */
async function runInSession(session: SessionCalls, request: RequestRow, way: Way): Promise<Answer> {
  const { files, foreign: _foreign, version: _version, ...input } = request;
  for (const file of files) {
    const uploaded = await session.upload(file);
    if (uploaded.arm !== 'ok') return uploaded;
  }
  const entry = { ...input, entrypoint: files[0]?.name ?? '' };
  return await (way === 'session' ? session.run(entry) : session.stream(entry));
}

/** @param apart makes the place of a stateless run: an instance has one tenant. */
async function carryOut(row: SessionCase, context: Context, apart: () => Promise<Place>): Promise<void> {
  const sessions = new Map<string, Promise<SessionCalls>>();
  const session = (label: string): Promise<SessionCalls> => {
    let found = sessions.get(label);
    if (found === undefined) {
      found = context.place.session({});
      sessions.set(label, found);
    }
    return found;
  };
  const perform = async (step: Step): Promise<Answer> => {
    if (!('stateless' in step)) return await call(step, await session(step.in ?? 'a'), context.language);
    await using place = await apart();
    return await place.run(step.stateless);
  };
  for (const group of row.steps) {
    const steps = Array.isArray(group) ? (group as readonly Step[]) : [group as Step];
    // Opened one after the other, so that the calls themselves begin together.
    for (const step of steps) if (!('stateless' in step)) await session(step.in ?? 'a');
    const answers = await Promise.all(steps.map(perform));
    for (const [index, answer] of answers.entries()) {
      check(answer, steps[index]?.expect ?? {}, context.target, context.language);
    }
  }
}

type SessionStep = Exclude<Step, { readonly stateless: unknown }>;

function call(step: SessionStep, session: SessionCalls, language: LanguageKind): Promise<Answer> {
  if ('upload' in step) return session.upload(step.upload);
  if ('run' in step) return session.run(step.run);
  if ('stream' in step) return session.stream(step.stream);
  if ('download' in step) return session.download(pick(step.download, language));
  if ('list' in step) return session.list(step.list);
  if ('cd' in step) return session.cd(step.cd);
  return session.close();
}

export const entry = { entrypoint: mainName };
