import { ExecError } from '../errors.ts';
import type { Executor } from '../executor/index.ts';
import type { LanguageKind } from '../types.ts';
import { analyserOf } from './analysers.ts';
import { type CodeFacts, unparsed } from './facts.ts';

/** Limits of the run that reads a program: enough for some 100,000 lines of Python, or 10,000 of JavaScript. */
const analyserLimits = { timeMs: 10_000, memoryBytes: 256 * 1024 * 1024, outputBytes: 1024 * 1024 };
/** Characters of a program that are read; what is longer is not analysed. */
const mostCharacters = 1_000_000;

/**
 * Reads a program without running it: Python with the parser of the component itself, JavaScript with acorn, both in a run of
 * their own. Its text is hostile, and what a parser does with it knows no other limits.
 */
export async function analyse(
  code: string,
  language: LanguageKind,
  executor: Pick<Executor, 'run'>,
): Promise<CodeFacts> {
  if (code.length > mostCharacters) {
    return unparsed(
      `the code is too long to be analysed: ${code.length} characters of at most ${mostCharacters}`,
      null,
    );
  }
  const program = await analyserOf(language);
  try {
    const { run } = await executor.run({
      language,
      files: [program],
      stdin: new TextEncoder().encode(code),
      limits: analyserLimits,
    });
    const facts = JSON.parse(run.stdout) as CodeFacts;
    return facts.syntaxError === undefined ? facts : unparsed(facts.syntaxError.message, facts.syntaxError.line);
  } catch (error) {
    // The parser of a nested text may meet a limit; what it says is then no help.
    if (error instanceof ExecError) return unparsed(`the code could not be analysed: ${error.tag}`, null);
    throw error;
  }
}
