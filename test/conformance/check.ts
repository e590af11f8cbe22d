import type { LanguageKind } from 'golem-exec';
import { expect } from 'vitest';
import { type Expected, pick, type TargetName } from './table.ts';
import { type Answer, printed, type Stage, type StreamEvent } from './targets/target.ts';

/** Largest piece of output in one event of a bare component, in bytes. */
const chunkBytes = 64 * 1024;

/** Holds an answer against what is expected of it, and against what every answer of its arm has in common. */
export function check(answer: Answer, expected: Expected, target: TargetName, language: LanguageKind): void {
  const { arm = 'ok' } = expected;
  expect(answer.arm, describeAnswer(answer)).toBe(arm);
  if (answer.events !== undefined) checkEvents(answer, expected, target);
  checkOutput(answer, expected, language);
  if (arm === 'internal') checkInternal(answer, expected, target);
  if (expected.reason !== undefined && target === 'host') expect(answer.reason).toBe(expected.reason);
  if (expected.names !== undefined) expect(answer.names).toEqual(pick(expected.names, language));
  if (expected.bytes !== undefined) {
    const bytes = typeof expected.bytes === 'string' ? Buffer.from(expected.bytes) : expected.bytes;
    expect([...(answer.bytes ?? [])]).toEqual([...bytes]);
  }
  if (arm === 'ok' && answer.stage !== undefined) checkCompleted(answer, expected, target, language);
  if (arm === 'compilation-failed' || arm === 'runtime-failed') {
    expect(answer.stage?.exitCode, describeAnswer(answer)).toBe(pick(expected.exitCode ?? 1, language));
    expect(answer.stage?.signal).toBeUndefined();
  }
  // A run that was stopped on its way.
  if (target === 'host' && (arm === 'timeout' || expected.reason === 'fuel')) {
    expect(answer.stage?.signal).toBe('SIGKILL');
    expect(answer.stage?.exitCode).toBeUndefined();
    expect(answer.timeMs).toBeGreaterThan(0);
    expect(answer.memoryBytes).toBeGreaterThan(0);
  }
}

function checkCompleted(answer: Answer, expected: Expected, target: TargetName, language: LanguageKind): void {
  expect(answer.stage?.exitCode, describeAnswer(answer)).toBe(pick(expected.exitCode ?? 0, language));
  expect(answer.stage?.signal).toBeUndefined();
  expect(answer.compile).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  expect(answer.timeMs).toBeGreaterThanOrEqual(0);
  // CPython cannot ask for the size of its memory; its host can.
  if (target === 'wasmtime' && language === 'python') expect(answer.memoryBytes).toBeUndefined();
  else expect(answer.memoryBytes).toBeGreaterThan(0);
}

/** Text of the stage, else of the stream: some arms carry no stage in a bare component. */
function checkOutput(answer: Answer, expected: Expected, language: LanguageKind): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const fallback = name === 'stderr' && answer.arm === 'ok' ? '' : undefined;
    const wanted = expected[name] === undefined ? fallback : pick(expected[name], language);
    const found = answer.stage?.[name] ?? (answer.events && printed(answer.events, `${name}-chunk`));
    if (wanted === undefined || found === undefined) continue;
    if (typeof wanted === 'string') expect(found, `${name} of ${describeAnswer(answer)}`).toBe(wanted);
    else expect(found, `${name} of ${describeAnswer(answer)}`).toMatch(wanted);
  }
}

/** Exactly one end, and last; nothing is lost, and no piece is larger than it may be. */
function checkEvents(answer: Answer, expected: Expected, target: TargetName): void {
  const events = answer.events ?? [];
  const ends = events.filter(({ tag }) => tag === 'finished' || tag === 'failed');
  expect(ends).toHaveLength(1);
  expect(events.at(-1)?.tag).toBe(answer.arm === 'ok' ? 'finished' : 'failed');
  if (expected.interleaved !== undefined) expect(changes(events)).toBe(expected.interleaved);
  for (const event of events) {
    if (!('bytes' in event)) continue;
    expect(event.bytes.length).toBeGreaterThan(0);
    if (target === 'wasmtime') expect(event.bytes.length).toBeLessThanOrEqual(chunkBytes);
  }
  if (answer.stage === undefined || !ran(answer)) return;
  // The last event carries the same text as the result of `run`.
  for (const name of ['stdout', 'stderr'] as const) {
    expect(answer.stage[name], `${name} of ${describeAnswer(answer)}`).toBe(printed(events, `${name}-chunk`));
  }
}

/** How often the output goes over from one stream to the other, its beginning included. */
function changes(events: readonly StreamEvent[]): number {
  return events.filter((event, i) => 'bytes' in event && event.tag !== events[i - 1]?.tag).length;
}

/** Whether the interpreter saw the program: text that is invalid in its encoding is refused before. */
function ran({ arm, stage }: Answer): boolean {
  return arm !== 'compilation-failed' || !/not valid (utf8|UTF-8|base64|hex)/.test(stage?.stderr ?? '');
}

function checkInternal(answer: Answer, expected: Expected, target: TargetName): void {
  if (typeof expected.message === 'string') expect(answer.message).toBe(expected.message);
  else if (expected.message !== undefined) expect(answer.message).toMatch(expected.message);
  if (expected.field === undefined) return;
  const field = typeof expected.field === 'string' ? expected.field : expected.field[target];
  expect(answer.message).toMatch(/^invalid request: /);
  expect(answer.message).toContain(field);
  if (target === 'host') expect(answer.field).toBe(field);
}

function describeAnswer({ arm, stage, message, reason }: Answer): string {
  const short = (text: string): string => JSON.stringify(text.length > 600 ? `${text.slice(0, 600)}…` : text);
  const shown = (of: Stage): string => `stdout ${short(of.stdout)} stderr ${short(of.stderr)} exit ${of.exitCode}`;
  return `${arm} ${reason ?? ''} ${message ?? ''} ${stage === undefined ? '' : shown(stage)}`;
}
