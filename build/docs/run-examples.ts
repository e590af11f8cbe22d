import type { ExecError, Executor, LanguageKind, Session } from '../../host/src/index.ts';
import type { DocExample } from './examples.ts';

/**
 * Runs the examples of a document in their order.
 *
 * @returns for each what it prints: stdout, and stderr behind it where the run fails or the program writes there.
 */
export async function runExamples(
  executor: Executor,
  language: LanguageKind,
  examples: readonly DocExample[],
): Promise<string[]> {
  const outputs: string[] = [];
  const main = language === 'python' ? 'main.py' : 'main.js';
  let session: { readonly name: string; readonly open: Session } | undefined;
  for (const { section, session: persist, code, files, stdin, args, env, limits } of examples) {
    const name = `${section} ${persist}`;
    if (session !== undefined && session.name !== name) {
      await session.open.close();
      session = undefined;
    }
    const input = { args, env, limits: { timeMs: 20_000, ...limits }, ...(stdin === undefined ? {} : { stdin }) };
    if (persist !== undefined) session ??= { name, open: await executor.openSession({ language, persist }) };
    const ended =
      session?.open.run({ code, ...input }) ??
      executor.run({ language, files: [{ name: main, content: code }, ...files], ...input });
    const { run } = await ended.catch((error: unknown) => {
      if (!isReport(error)) throw error;
      return { run: error.tag === 'compilation-failed' ? (error.compile ?? error.run) : error.run };
    });
    outputs.push(`${run.stdout}${run.stderr}`.trimEnd());
  }
  await session?.open.close();
  return outputs;
}

/** Whether it is an ExecError, of this copy of the host or of another. */
function isReport(error: unknown): error is ExecError {
  return error instanceof Error && error.name === 'ExecError';
}
