import { ExecError } from '../errors.ts';
import type { Executor } from '../executor/index.ts';
import type { LanguageKind } from '../types.ts';
import { type CodeFacts, unparsed } from './facts.ts';
import { javascriptFacts } from './javascript-facts.ts';
import { pythonAnalyser } from './python-analyser.ts';

/** Limits of the run that reads a Python program: enough for some 100,000 lines. */
const analyserLimits = { timeMs: 10_000, memoryBytes: 256 * 1024 * 1024, outputBytes: 1024 * 1024 };
/** Characters of a program that are read; what is longer is not analysed. */
const mostCharacters = 1_000_000;

/**
 * Reads a program without running it: JavaScript with a parser on the host, Python with the parser of the component itself,
 * in a run of its own.
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
  if (language === 'javascript') return await javascriptFacts(code);
  try {
    const { run } = await executor.run({
      language: 'python',
      files: [{ name: 'analyse.py', content: pythonAnalyser }],
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
