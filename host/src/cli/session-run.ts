import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ExecError, InvalidRequestError, type RunReport, type Session, type SessionRunRequest } from '../index.ts';
import { StoreError } from '../store/index.ts';
import { envPair, moduleFiles, stdinBytes } from './inputs.ts';
import { limitsOf, type ProgramOptions } from './program-options.ts';
import { perform, showJson } from './show.ts';
import { changing, type ExclusiveOptions } from './stored-session.ts';

/** `session run` */
export async function runInSession(
  id: string,
  file: string | undefined,
  args: string[],
  options: ExclusiveOptions & ProgramOptions,
): Promise<number> {
  const request = await requestOf(file, args, options);
  const modules = (await Promise.all((options.module ?? []).map(moduleFiles))).flat();
  const json = options.json === true;
  const result = await changing(id, options, async (session, save) => {
    for (const module of modules) await session.upload(module);
    try {
      const ended = await perform(session, request, json);
      await saveAfter(ended, save);
      return ended;
    } catch (error) {
      // However a program ended: what it wrote stays.
      if (error instanceof ExecError && error.details['reason'] !== 'not-saved') {
        await saveAfter(error, save);
        if (!json) await hintAtUpload(session, request.entrypoint, error);
      }
      throw error;
    }
  });
  if (json) showJson({ ok: true, result });
  return result.run.exitCode ?? 0;
}

/** Saves after a run, whose report must not be lost when that fails. */
async function saveAfter(report: RunReport, save: () => Promise<void>): Promise<void> {
  await save().catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    const message = `the session stays as it was before this run: ${error.message}`;
    throw new ExecError('internal', message, report, { reason: 'not-saved' });
  });
}

/** A file of this machine in place of one of the session is an easy mistake. */
async function hintAtUpload(session: Session, entrypoint: string | undefined, error: ExecError): Promise<void> {
  if (entrypoint === undefined || error.tag !== 'runtime-failed') return;
  const local = await stat(entrypoint).then(
    (info) => info.isFile(),
    () => false,
  );
  const inSession = await session.download(entrypoint).then(
    () => true,
    () => false,
  );
  if (!local || inSession) return;
  const path = JSON.stringify(entrypoint);
  process.stderr.write(`golem-exec: ${path} is a file here, not in the session; session upload copies it there\n`);
}

async function requestOf(
  file: string | undefined,
  args: string[],
  options: ProgramOptions,
): Promise<SessionRunRequest> {
  if (file !== undefined && options.eval !== undefined) {
    // With -e there is no FILE: what stands there is the program's first argument.
    return await requestOf(undefined, [file, ...args], options);
  }
  if (file === '-' && options.stdin === '-') {
    throw new InvalidRequestError('stdin', 'standard input is the program already; give --stdin a file or a text');
  }
  const code = file === '-' ? await codeFromStdin() : options.eval;
  const common = {
    stdin: await stdinBytes(options.stdin),
    args,
    env: (options.env ?? []).map(envPair),
    limits: limitsOf(options),
  };
  if (code !== undefined) return { ...common, code };
  if (file !== undefined) return { ...common, entrypoint: file };
  throw new InvalidRequestError('FILE', 'give a program: a file of the session, "-" for standard input, or -e CODE');
}

async function codeFromStdin(): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await buffer(process.stdin));
  } catch {
    throw new InvalidRequestError('FILE', 'standard input is not UTF-8 text');
  }
}
