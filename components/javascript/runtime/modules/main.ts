import { codeOf, errnoOf, systemError, wordsOf } from '../errors.ts';
import { native } from '../native.ts';
import { resolveFrom } from '../path.ts';
import { NativeError } from '../primordials.ts';
import { state } from '../state.ts';
import { compile, readJson, runMain, takeCompiled } from './commonjs.ts';
import { forgetFolders, readSource } from './files.ts';
import { forgetFormats, formatOf, formatOfText } from './format.ts';
import { forgetPackages } from './packages.ts';
import { stripped } from './typescript.ts';

/** Forgets what is known of files: those of the session may have changed since its last run. */
export function forgetFiles(): void {
  forgetPackages();
  forgetFolders();
  forgetFormats();
}

/** The program's file cannot be had. */
export class MissingEntrypointError extends NativeError {}

/**
 * Compiles the program, and links nothing yet.
 *
 * @returns the function that runs it and answers, for an ES module, with its promise.
 * @throws {MissingEntrypointError | SyntaxError | InvalidTextError}
 */
export function compileMain(entrypoint: string, source: string | undefined): { run: () => unknown; isModule: boolean } {
  const id = resolveFrom(state.workingDirectory, entrypoint);
  state.mainFile = id;
  const text = stripped(id, source ?? readMain(entrypoint, id));
  const format = source === undefined ? formatOf(id) : formatOfText(id, text);
  if (format === 'json') {
    readJson(id);
    return { run: () => undefined, isModule: false };
  }
  if (format === 'esm') {
    const run = native.compileModule(text, id);
    return { run, isModule: true };
  }
  const wrapper = takeCompiled(id) ?? compile(id, text);
  return { run: () => runMain(id, wrapper), isModule: false };
}

/** The text of the program's file. */
export function readMain(entrypoint: string, id: string): string {
  const text = readSource(id);
  if (typeof text === 'number') throw missing(entrypoint, text);
  return text;
}

function missing(entrypoint: string, failure: number): Error {
  if (codeOf(failure) === 'ENOMEM') return systemError(failure, 'open', entrypoint);
  return new MissingEntrypointError(`${entrypoint}: ${wordsOf(errnoOf(failure))} (${codeOf(failure)})`);
}
