import type { Executor, LanguageKind } from '../index.ts';
// Not by way of the index, which brings the store: it is not needed yet.
import { createExecutor } from '../node/create-executor.ts';
import { awaitInstance, instanceIsMade } from '../node/tiering.ts';
import { languageByEnding, languageByName } from './languages.ts';

let early: Executor | undefined;

/**
 * Starts the worker and the component that a command line is likely to need, before the command line is taken apart:
 * both take longer. A wrong guess costs time only.
 */
export function startEarly(argv: readonly string[]): void {
  const language = guessLanguage(argv);
  if (language === undefined) return;
  try {
    early = create();
    awaitInstance();
    // What is wrong shows in the run.
    early.warm(language).then(instanceIsMade, instanceIsMade);
  } catch {
    // An environment that is not valid: the command says so when it makes its own.
  }
}

/** The executor of a process that runs one program. */
export function oneRunExecutor(): Executor {
  const executor = early ?? create();
  early = undefined;
  return executor;
}

/** Ends what was started early and not used. */
export async function endEarly(): Promise<void> {
  await early?.close();
}

function create(): Executor {
  return createExecutor({ workers: 1, keepReady: false });
}

function guessLanguage([command, ...args]: readonly string[]): LanguageKind | undefined {
  if (command !== 'run' || args.includes('--help')) return undefined;
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const option = own.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (option >= 0) return languageByName(own[option]?.split('=')[1] ?? own[option + 1] ?? '');
  return own.map(languageByEnding).find((language) => language !== undefined);
}
