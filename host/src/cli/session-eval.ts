import { text } from 'node:stream/consumers';
import { type EvaluateResult, ExecError } from '../index.ts';
import { envPair, stdinBytes } from './inputs.ts';
import { type LimitOptions, limitsOf } from './program-options.ts';
import { jsonText, printable, showJson, write } from './show.ts';
import { asFailure, changing, type ExclusiveOptions } from './stored-session.ts';

/** `session eval` */
export async function evaluateInSession(
  id: string,
  code: string,
  options: ExclusiveOptions & LimitOptions & { readonly stdin?: string },
): Promise<number> {
  const json = options.json === true;
  const source = code === '-' ? await text(process.stdin) : code;
  const request = {
    stdin: await stdinBytes(options.stdin),
    env: (options.env ?? []).map(envPair),
    limits: limitsOf(options),
  };
  const result = await changing(id, options, async (session, save) => {
    const ended = await session.evaluate(source, request).catch((error: unknown) => {
      if (!(error instanceof ExecError)) throw error;
      return error;
    });
    await save().catch((error: unknown) => {
      throw asFailure(error, ended);
    });
    if (!json) await showOutput(ended);
    if (ended instanceof ExecError) throw ended;
    return ended;
  });
  if (json) showJson({ ok: true, result });
  else await showValue(result);
  return result.run.exitCode ?? 0;
}

async function showOutput(ended: EvaluateResult | ExecError): Promise<void> {
  for (const stage of [ended.compile, ended.run]) {
    await write(process.stdout, stage?.stdout ?? '');
    await write(process.stderr, stage?.stderr ?? '');
  }
}

/** Data as JSON; what has no such form as its text, of which lines stay lines. */
async function showValue({ value }: EvaluateResult): Promise<void> {
  if (value === undefined) return;
  const shown = value.kind === 'data' ? jsonText(value.data) : value.text.split('\n').map(printable).join('\n');
  await write(process.stdout, `${shown}\n`);
}
