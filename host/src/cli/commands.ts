import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { InvalidRequestError } from '../errors.ts';
import { exitStatus, failureJson } from './exit.ts';
import { addInfoCommand } from './info.ts';
import { addMcpCommand } from './mcp.ts';
import { addPackagesCommand } from './packages.ts';
import { watchReaders } from './reader.ts';
import { addRunCommand } from './run.ts';
import { addSessionCommand } from './session.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const program = new Command('golem-exec')
  .description('Runs untrusted JavaScript and Python programs in WebAssembly.')
  .version(version)
  .showHelpAfterError('(add --help for the options and examples)')
  .exitOverride();
/** Subcommands inherit the settings above. */
const subcommands: Readonly<Record<string, () => void>> = {
  run: () => addRunCommand(program),
  session: () => addSessionCommand(program),
  packages: () => addPackagesCommand(program),
  mcp: () => addMcpCommand(program, version),
  info: () => addInfoCommand(program, version),
};
// One that is named first is the only one that is asked for; the others would take their time for nothing.
const [named = ''] = process.argv.slice(2);
for (const [name, add] of Object.entries(subcommands)) if (!Object.hasOwn(subcommands, named) || name === named) add();

watchReaders();

/** Carries out the command line of this process. */
export async function runCommandLine(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end with 0, mistakes in the command line as sysexits has it.
    process.exitCode = error.exitCode === 0 ? 0 : exitStatus.usage;
    if (error.exitCode !== 0 && process.argv.includes('--json')) {
      const failure = failureJson(new InvalidRequestError('command line', error.message.replace(/^error: /, '')));
      process.stdout.write(`${JSON.stringify(failure)}\n`);
    }
  }
}
