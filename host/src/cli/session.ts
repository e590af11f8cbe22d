import type { Command } from 'commander';
import { addLimitOptions, addProgramOptions } from './program-options.ts';
import { outputMode, showFailedRun } from './show.ts';

const help = `
Examples:
  $ golem-exec session create notes --lang python
  $ golem-exec session upload notes ./data.csv
  $ golem-exec session run notes -e 'open("n.txt", "w").write("kept")'
  $ golem-exec session eval notes 'len(open("n.txt").read())'
  $ golem-exec session ls notes
  $ golem-exec session download notes n.txt -
  $ golem-exec session fork notes attempt
  $ golem-exec session snapshot notes notes.session
  $ golem-exec session prune --dry-run
  $ golem-exec session rm notes

A session keeps its files, its working directory, its limits and its environment on disk; each run begins
with a fresh interpreter, unless --persist says more. The sessions are in --dir, else in EXEC_SESSIONS_DIR, else
in the user's application data folder ("golem-exec info" shows it). What fails leaves a session as it was, or as
the program left it. A session that was not used for 24 hours (--ttl, EXEC_SESSIONS_TTL_MS) expires: it can be
looked at, downloaded from and forked, but not changed, and "session prune" removes it.
Exit status: 64 usage, 74 the store cannot be read or written, 75 another process has the session.`;

const runHelp = `
Examples:
  $ golem-exec session upload work main.py && golem-exec session run work main.py -- first second
  $ golem-exec session run work -e 'print(open("n.txt").read())' --timeout 20000
  $ golem-exec session run work lib/report.mjs --module data.csv=./data.csv --json

FILE is a file of the session, relative to its working directory. What --module lends stays in the session, as does
what the program writes, however it ends. Exit status as for "golem-exec run"; 74 when the session cannot be saved,
75 when another process has it.`;

/** Adds `golem-exec session …`. What the commands do is loaded when one is given: `golem-exec run` has no use for it. */
export function addSessionCommand(program: Command): void {
  const session = program
    .command('session')
    .summary('files that persist from run to run')
    .description('Sessions: files and a working directory that persist from run to run, kept on disk.')
    .addHelpText('after', help);

  const create = session
    .command('create [ID]')
    .summary('make a session and print its id')
    .description('Make an empty session and print its id. ID: letters, digits, hyphens, at most 64; chosen if absent.')
    .requiredOption('--lang <LANGUAGE>', 'js or python')
    .option(
      '--persist <WHAT>',
      'workspace: files; globals: variables too, as JSON; heap: the interpreter',
      'workspace',
    );
  fresh(common(addLimitOptions(create))).action((id: string | undefined, options) =>
    act(options, async () => (await import('./session-actions.ts')).createSession(id, options)),
  );

  const run = session
    .command('run <ID> [FILE] [ARGS...]')
    .summary('run a program in a session')
    .description('Run a file of the session, "-" (the program is standard input), or -e CODE.');
  exclusive(store(addProgramOptions(run)))
    .addHelpText('after', runHelp)
    .action((id: string, file: string | undefined, args: string[], options) =>
      act(options, async () => (await import('./session-actions.ts')).runInSession(id, file, args, options)),
    );

  const evaluate = session
    .command('eval <ID> <CODE>')
    .summary('run code in a session and show the value of its last expression')
    .description('Run CODE ("-": standard input) in a session and print the value of its last expression, as JSON.')
    .option('--stdin <SOURCE>', 'standard input: "-" (this one), the name of a file, or the text itself');
  exclusive(common(addLimitOptions(evaluate))).action((id: string, code: string, options) =>
    act(options, async () => (await import('./session-actions.ts')).evaluateInSession(id, code, options)),
  );

  exclusive(common(session.command('upload <ID> <PATH> [NAME]')))
    .summary('copy a file or a folder into a session')
    .description('Copy a file, all files of a folder, or "-" (standard input) into a session, as NAME.')
    .action((id: string, path: string, name: string | undefined, options) =>
      act(options, async () => (await import('./session-actions.ts')).upload(id, path, name, options)),
    );

  common(session.command('download <ID> <PATH> [DEST]'))
    .summary('copy a file out of a session')
    .description('Copy a file of a session to DEST, to "-" (standard output), or to its own name in this folder.')
    .action((id: string, path: string, dest: string | undefined, options) =>
      act(options, async () => (await import('./session-actions.ts')).download(id, path, dest, options)),
    );

  common(session.command('ls <ID> [DIR]'))
    .summary('list the files of a session')
    .description('List the names in a folder of a session. Names with control characters are quoted.')
    .action((id: string, dir: string | undefined, options) =>
      act(options, async () => (await import('./session-actions.ts')).listFiles(id, dir, options)),
    );

  exclusive(common(session.command('cd <ID> <DIR>')))
    .summary('change the working directory of a session')
    .description('Change the folder that programs begin in and that relative paths are in; print it.')
    .action((id: string, dir: string, options) =>
      act(options, async () => (await import('./session-actions.ts')).changeFolder(id, dir, options)),
    );

  common(session.command('snapshot <ID> <FILE>'))
    .summary('write a session to a file')
    .description('Write all of a session (files, environment, variables, heap) to FILE, or to "-" (standard output).')
    .action((id: string, file: string, options) =>
      act(options, async () => (await import('./session-actions.ts')).snapshot(id, file, options)),
    );

  fresh(common(session.command('restore <ID> <FILE>')))
    .summary('make a session of such a file')
    .description('Make a session that begins as the one that "session snapshot" wrote to FILE ("-": standard input).')
    .action((id: string, file: string, options) =>
      act(options, async () => (await import('./session-actions.ts')).restore(id, file, options)),
    );

  fresh(common(session.command('fork <ID> <NEW>')))
    .summary('make a session that begins as another')
    .description('Make a session NEW that begins as ID was saved last; also of one that has expired.')
    .action((id: string, newId: string, options) =>
      act(options, async () => (await import('./session-actions.ts')).fork(id, newId, options)),
    );

  exclusive(common(session.command('rm <ID...>')))
    .summary('remove sessions with all their files')
    .description('Remove sessions with all their files, damaged ones too.')
    .action((ids: string[], options) =>
      act(options, async () => (await import('./session-actions.ts')).removeSessions(ids, options)),
    );

  common(session.command('list'))
    .summary('list the sessions')
    .description('List the sessions: id, language, when saved last, files, bytes, when they expire.')
    .action((options) => act(options, async () => (await import('./session-actions.ts')).listSessions(options)));

  common(session.command('info <ID>'))
    .summary('show what is known of a session')
    .description('Show times, limits, runs and sizes of a session.')
    .action((id: string, options) =>
      act(options, async () => (await import('./session-actions.ts')).sessionInfo(id, options)),
    );

  common(session.command('prune'))
    .summary('remove the sessions that have expired')
    .description('Remove the sessions that have expired, and what crashes left. Those in use stay.')
    .option('--dry-run', 'only tell what it would remove')
    .action((options) => act(options, async () => (await import('./session-actions.ts')).prune(options)));
}

function fresh(command: Command): Command {
  return command.option('--ttl <TIME>', 'expire after this time without use, such as 90s, 12h, 7d or never');
}

function store(command: Command): Command {
  return command.option('--dir <FOLDER>', 'where the sessions are (default: EXEC_SESSIONS_DIR, else application data)');
}

function common(command: Command): Command {
  return store(command).option('--json', 'print one line of JSON');
}

function exclusive(command: Command): Command {
  return command.option('--wait <MS>', 'how long to wait for another process that has the session', '10000');
}

async function act(
  options: { readonly json?: boolean; readonly stream?: boolean },
  action: () => Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await action();
  } catch (error) {
    const { asFailure } = await import('./session-actions.ts');
    process.exitCode = showFailedRun(asFailure(error), outputMode(options));
  }
}
