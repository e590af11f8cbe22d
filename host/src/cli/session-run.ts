import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ExecError, InvalidRequestError, type Session, type SessionRunRequest } from '../index.ts';
import { envPair, moduleFiles, stdinBytes } from './inputs.ts';
import { limitsOf, type ProgramOptions } from './program-options.ts';
import { onReaderGone } from './reader.ts';
import { outputMode, perform, showEnd } from './show.ts';
import { asFailure, changing, type ExclusiveOptions } from './stored-session.ts';

/** `session run` */
export async function runInSession(
  id: string,
  file: string | undefined,
  args: string[],
  options: ExclusiveOptions & ProgramOptions,
): Promise<number> {
  const request = await requestOf(file, args, options);
  const modules = (await Promise.all((options.module ?? []).map(moduleFiles))).flat();
  const mode = outputMode(options);
  const gone = new AbortController();
  const result = await changing(id, options, async (session, save) => {
    for (const module of modules) await session.upload(module);
    // Who reads no more ends the program, as a closed pipe does; what it wrote is saved all the same.
    onReaderGone(() => gone.abort());
    const ended = await perform(session, { ...request, signal: gone.signal }, mode).catch((error: unknown) => {
      if (gone.signal.aborted) return undefined;
      if (!(error instanceof ExecError)) throw error;
      return error;
    });
    // However it ended: what the program wrote stays. If it cannot be saved, the report of the run is not lost.
    await save().catch((error: unknown) => {
      throw asFailure(error, ended);
    });
    if (!(ended instanceof ExecError)) return ended;
    if (mode === 'live') await hintAtUpload(session, request.entrypoint, ended);
    throw ended;
  });
  if (result === undefined) return 0;
  return showEnd(result, mode);
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
    throw new InvalidRequestError(
      'FILE',
      'standard input is not UTF-8 text; upload the program as a file and run that',
    );
  }
}
