import type { ExecEvent, ExecResult, RunReport } from '../types.ts';
import { printEvents } from './events.ts';
import { failureJson, messageOf, statusOf } from './exit.ts';

/** An executor or a session. */
interface Runner<Request> {
  run(request: Request): Promise<ExecResult>;
  runStreaming(request: Request): AsyncIterable<ExecEvent>;
}

/** What is printed of a run: its output as it comes, one line of JSON with its result, or one for each event. */
export type OutputMode = 'live' | 'json' | 'stream';

/** The mode that `--json` and `--stream` choose. */
export function outputMode({ json, stream }: { readonly json?: boolean; readonly stream?: boolean }): OutputMode {
  return stream === true ? 'stream' : json === true ? 'json' : 'live';
}

/**
 * Runs a program; its output goes to the terminal as it is printed, unless its result is to be printed as JSON. What
 * comes last is left to {@link showEnd} and {@link showFailedRun}.
 *
 * @throws what `Executor.run` throws.
 */
export async function perform<Request>(
  runner: Runner<Request>,
  request: Request,
  mode: OutputMode,
): Promise<ExecResult> {
  if (mode === 'json') return await runner.run(request);
  if (mode === 'stream') return await printEvents(runner.runStreaming(request));
  for await (const event of runner.runStreaming(request)) {
    switch (event.tag) {
      case 'stdout-chunk':
        await write(process.stdout, event.val);
        break;
      case 'stderr-chunk':
        await write(process.stderr, event.val);
        break;
      case 'finished':
        tellTruncation(event.val);
        return event.val;
      case 'failed':
        tellTruncation(event.val);
        throw event.val;
    }
  }
  throw new Error('a stream of events ends with finished or failed');
}

/** Prints what comes last of a run that completed, and gives the process's exit status. */
export function showEnd(result: ExecResult, mode: OutputMode): number {
  if (mode === 'json') showJson({ ok: true, result });
  if (mode === 'stream') showJson({ event: 'finished', ok: true, result });
  return result.run.exitCode ?? 0;
}

/** Prints what comes last of a run that failed, and gives the process's exit status. */
export function showFailedRun(error: unknown, mode: OutputMode): number {
  if (mode !== 'stream') return showFailure(error, mode === 'json');
  showJson({ event: 'failed', ...failureJson(error) });
  return statusOf(error);
}

/** Prints a failure, as a line on stderr or as JSON, and gives the process's exit status. */
export function showFailure(error: unknown, json: boolean): number {
  if (json) showJson(failureJson(error));
  else {
    // What a component answers begins with the name already.
    const lines = messageOf(error)
      .replace(/^golem-exec: /, '')
      .split('\n');
    process.stderr.write(`golem-exec: ${lines.map(visible).join('\n')}\n`);
  }
  return statusOf(error);
}

/** The one line of `--json`. */
export function showJson(value: object): void {
  process.stdout.write(`${jsonText(value)}\n`);
}

/** JSON for the terminal: what a program printed holds no control characters there, those that JSON lets stand included. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f]/g, escaped);
}

/**
 * A name from a program for the terminal: quoted where it holds what could move the cursor, break the line or turn
 * the direction of the text.
 */
export function printable(name: string): string {
  return name !== '' && !hidden.test(name) ? name : quoted(name);
}

/** A name in quotes, whatever it holds. */
export function quoted(name: string): string {
  return visible(JSON.stringify(name));
}

/** A text in which nothing moves the cursor, breaks the line or turns the direction: a program's words may be in it. */
function visible(text: string): string {
  return text.replace(new RegExp(hidden, 'gu'), escaped);
}

function escaped(char: string): string {
  return Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  );
}

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Rows of columns as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    // What stands last in its row makes no column wider.
    for (const [i, cell] of row.slice(0, -1).entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ');
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Writes to the terminal or pipe at its own pace. */
export async function write(stream: NodeJS.WriteStream, bytes: Uint8Array | string): Promise<void> {
  await new Promise<void>((resolve) => {
    // A reader that went away (`| head`) ends our output, not with an error.
    stream.write(bytes, () => resolve());
  });
}

/** Says on standard error that output was dropped, as nothing else would show it. */
function tellTruncation({ stdoutTruncated, stderrTruncated }: RunReport): void {
  const cut = [...(stdoutTruncated ? ['standard output'] : []), ...(stderrTruncated ? ['standard error'] : [])];
  if (cut.length > 0) process.stderr.write(`golem-exec: ${cut.join(' and ')} was cut at the limit of output\n`);
}
