import { alternativeTo } from './alternatives.ts';
import type { Classified } from './classify.ts';
import { packageOf } from './classify.ts';
import { placeOf, quoted, whyMissing, withEnd, withoutThreads, withPath } from './examples.ts';
import { exceptionAdvice } from './exceptions.ts';
import { packagesUsed, shortFuel, suggestedBudget } from './fuel.ts';
import { nearest } from './nearest.ts';
import { syntaxAdvice } from './syntax.ts';
import type { CodeExample, ErrorType, RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** What to do about a failure: two ways or more, and programs before and after. */
interface Advice {
  readonly steps: readonly string[];
  readonly examples?: readonly CodeExample[];
}

interface Case extends Classified {
  readonly run: RunFacts;
  readonly exception: UncaughtException | undefined;
}

/** @returns the advice for a failure of this class. */
export function adviceFor(type: ErrorType, about: Case): Required<Advice> {
  const { steps, examples = [] } = advisers[type](about);
  return { steps, examples };
}

const fullStore = [
  'destroy_session removes sessions that are no longer needed; list_sessions shows their sizes.',
  'Run the program in the default session, which is in memory: leave session_id out.',
  'stdout has what the program printed; its files are not there.',
];
const advisers: Readonly<Record<ErrorType, (about: Case) => Advice>> = {
  OutOfFuel: ({ run }) => {
    const budget = suggestedBudget(run.fuelBudget * 2);
    const heavy = packagesUsed(run.facts ?? { imports: [], vendored: [] }, run.packages?.[run.language] ?? []);
    const imports = heavy.map(({ name, fuelFirstImport }) => `${name} ${shortFuel(fuelFirstImport)}`);
    const endless = run.facts?.loops.endless[0];
    return {
      steps: [
        ...(endless === undefined ? [] : [`The loop at line ${endless} has no end: give it a condition or a break.`]),
        'Make the program do less: fewer steps in its loops, less data, a better algorithm, or several runs in one session.',
        `Give it more fuel: create_session(language="${run.language}", fuel_budget=${budget}) and execute_code with that session_id.`,
        ...(imports.length === 0
          ? []
          : [`Importing packages costs fuel in every run (${imports.join(', ')}): import only what is needed.`]),
      ],
      examples:
        endless !== undefined
          ? [withEnd(run)]
          : [
              run.language === 'python'
                ? {
                    before: 'total = 0\nfor i in range(10**9):\n    total += i',
                    after: 'n = 10**9\ntotal = n * (n - 1) // 2',
                  }
                : {
                    before: 'let total = 0;\nfor (let i = 0; i < 1e9; i++) total += i;',
                    after: 'const n = 1e9;\nconst total = (n * (n - 1)) / 2;',
                  },
            ],
    };
  },
  Timeout: ({ run }) => ({
    steps: [
      ...(run.facts?.loops.endless[0] === undefined
        ? []
        : [`The loop at line ${run.facts.loops.endless[0]} has no end: give it a condition or a break.`]),
      `Give it more time: execute_code with timeout=${Math.min(300, Math.max(60, Math.ceil(run.timeoutSeconds * 2)))} (seconds, 300 at most).`,
      'Do not wait in the program: sleeping counts. Split long work into several runs and keep what is done in a file.',
    ],
    examples: [
      run.language === 'python'
        ? {
            before: 'import time\nwhile not done():\n    time.sleep(1)',
            after: 'if not done():\n    print("not yet; run again")',
          }
        : { before: 'while (!done()) { /* wait */ }', after: 'if (!done()) console.log("not yet; run again");' },
    ],
  }),
  MemoryExhausted: ({ run }) => ({
    steps: [
      'Keep less in memory: read files line by line, use generators, drop what is no longer needed.',
      `Give it more memory: create_session(language="${run.language}", memory_bytes=${run.memoryLimitBytes * 2}).`,
      'Check for a list, string or object that grows without bound.',
    ],
    examples: [
      run.language === 'python'
        ? {
            before: 'rows = open("big.csv").read().splitlines()',
            after: 'with open("big.csv") as rows:\n    for row in rows:\n        handle(row)',
          }
        : {
            before: "const rows = std.loadFile('big.csv').split('\\n');",
            after:
              "const file = std.open('big.csv', 'r');\nfor (let row = file.getline(); row !== null; row = file.getline()) handle(row);",
          },
    ],
  }),
  QuotaExceeded: ({ subject }) => ({
    steps:
      subject === 'store'
        ? fullStore
        : [
            subject === 'input'
              ? 'Send less at once: upload large data as a file with upload_file and read it in the program.'
              : 'Write less, or remove files that are no longer needed (list_files shows their sizes).',
            'Use reset_workspace for an empty workspace, or create_session for one of its own.',
            ...(subject === undefined || subject === '' ? [] : [`The limit that was met: ${subject}.`]),
          ],
  }),
  SyntaxError: ({ run, exception }) => {
    const found = syntaxAdvice(run, exception);
    return {
      steps: [
        ...(found?.steps ?? []),
        `Correct the code${exception?.line === undefined ? '' : ` at line ${exception.line}`}: stderr shows the place. Nothing of it was run.`,
        `Check that the code is ${run.language === 'python' ? 'Python 3.14' : 'JavaScript (an ES module, no TypeScript, no JSX)'} and that language="${run.language}" is what you meant.`,
        'Check brackets, quotes and indentation, and that the code was not cut off or escaped twice.',
      ],
      examples: found?.example === undefined ? [] : [found.example],
    };
  },
  PathRestriction: ({ run, exception, subject = '' }) => {
    const name =
      subject
        .split(/[/\\]/)
        .filter((part) => part !== '' && part !== '..' && part !== '~' && !/^[A-Za-z]:$/.test(part))
        .at(-1) ?? 'data.txt';
    return {
      steps: [
        `Programs see only their workspace: use a path inside /app, such as '/app/${name}' or simply '${name}' (relative paths are in /app).`,
        `If the program needs the content of ${subject || 'that file'}, send it first: upload_file(path="${name}", content=…).`,
        'Files of one run only can be in /tmp; packages are in /data/site-packages and /data_js/vendor, read-only.',
      ],
      examples: [
        withPath(exception, subject, `/app/${name}`) ??
          (run.language === 'python'
            ? { before: `open(${quoted(subject)})`, after: `open(${quoted(`/app/${name}`)})` }
            : { before: `readText(${quoted(subject)})`, after: `readText(${quoted(`/app/${name}`)})` }),
      ],
    };
  },
  FileNotFound: ({ run, exception, subject = '' }) => {
    const { folder, name, ofRun } = placeOf(subject);
    const makes =
      run.language === 'python'
        ? `os.makedirs(${quoted(folder)}, exist_ok=True)`
        : `fs.mkdirSync(${quoted(folder)}, { recursive: true })`;
    const writes =
      folder !== '' && /['"][wax]b?\+?['"]|write|append|mkdir|touch|rename|save/i.test(exception?.source ?? '');
    if (writes) {
      const source = exception?.source ?? '';
      const imports = run.language === 'python' ? 'import os' : "import fs from 'node:fs'";
      return {
        steps: [
          `The folder ${quoted(folder)} does not exist: make it first, ${imports}; ${makes}`,
          `Or write to a path without folders: ${quoted(name)}.`,
        ],
        examples: [{ before: source, after: `${makes}\n${source}` }],
      };
    }
    return {
      steps: [
        'Look what is there: list_files, or get_workspace_info. Names are case-sensitive; relative paths are in /app.',
        ofRun
          ? '/tmp belongs to one run: what an earlier one wrote there is gone. Keep files that are to last in /app.'
          : `Send the file first: upload_file(path=${quoted(subject.replace(/^\/app\//, ''))}, content=…), or write it in an earlier run of the same session.`,
        'Use the session_id of the run that wrote it: each session has files of its own.',
      ],
      examples: [
        run.language === 'python'
          ? {
              before: `text = open(${quoted(subject)}).read()`,
              after: `import os\ntext = open(${quoted(subject)}).read() if os.path.exists(${quoted(subject)}) else ''`,
            }
          : {
              before: `const text = readText(${quoted(subject)});`,
              after: `const text = fileExists(${quoted(subject)}) ? readText(${quoted(subject)}) : '';`,
            },
      ],
    };
  },
  ReadOnlyMount: ({ run, exception, subject = '' }) => {
    const name = subject.split('/').at(-1) || 'file.txt';
    return {
      steps: [
        `Write inside /app instead: '/app/${name}'. The folders of the packages are shared and read-only.`,
        `To change a package's file, copy it to /app first and use the copy.`,
        'Files that only this run needs can be in /tmp.',
      ],
      examples: [
        withPath(exception, subject, `/app/${name}`) ??
          (run.language === 'python'
            ? { before: `open(${quoted(subject)}, 'w')`, after: `open(${quoted(`/app/${name}`)}, 'w')` }
            : { before: `writeText(${quoted(subject)}, text)`, after: `writeText(${quoted(`/app/${name}`)}, text)` }),
      ],
    };
  },
  NetworkDenied: ({ run }) => ({
    steps: [
      'Programs have no network. Fetch the data outside of the sandbox, then send it with upload_file and read it as a file.',
      'Print or write what is to be sent, and send it from outside.',
    ],
    examples: [
      run.language === 'python'
        ? {
            before: 'import urllib.request\ntext = urllib.request.urlopen(url).read()',
            after: "text = open('page.html').read()  # sent with upload_file",
          }
        : {
            before: 'const text = await (await fetch(url)).text();',
            after: "const text = readText('page.html'); // sent with upload_file",
          },
    ],
  }),
  UnsupportedOperation: ({ run, subject }) => ({
    steps: [
      'Programs cannot start processes or threads: do the work in the program itself.',
      run.language === 'python'
        ? 'Use asyncio for tasks that wait for each other; asyncio.to_thread and run_in_executor run the function at once.'
        : 'Use promises for tasks that wait for each other.',
      'For a command-line tool, look for a package that does the same: list_available_packages.',
    ],
    examples: [
      subject === 'threads'
        ? withoutThreads[run.language]
        : run.language === 'python'
          ? { before: "import subprocess\nsubprocess.run(['ls'])", after: "import os\nprint(os.listdir('.'))" }
          : { before: "require('child_process').execSync('ls')", after: "const [names, error] = os.readdir('.');" },
    ],
  }),
  MissingVendoredPackage: ({ run, exception, subject = '' }) => {
    const packages = run.packages?.[run.language] ?? [];
    const reason = exception === undefined ? undefined : whyMissing(exception.message);
    const instead = reason ?? alternativeTo(subject, run.language);
    const near =
      instead !== undefined
        ? undefined
        : nearest(
            subject,
            packages.flatMap(({ name, importNames }) => [name, ...importNames]),
          );
    const found = near === undefined ? undefined : packageOf(near, packages);
    const names = packages.map(({ name }) => name);
    return {
      steps: [
        ...(instead === undefined ? [] : [`${subject}: ${instead}.`]),
        ...(found === undefined ? [] : [`Did you mean ${found.name}? Use it with: ${found.importPattern}`]),
        `${subject ? `'${subject}'` : 'It'} is not among the packages of this sandbox, and nothing can be installed. ${
          names.length === 0
            ? 'list_available_packages shows what there is.'
            : `There are: ${names.slice(0, 60).join(', ')}.`
        }`,
        run.language === 'python'
          ? 'Use the standard library or one of these packages; native packages (numpy, pandas, lxml) cannot run here.'
          : 'Use the language itself, the node: modules or one of these packages.',
        'A module of your own can be sent with upload_file and imported by its name.',
      ],
      ...(found === undefined ? {} : { examples: [{ before: importOf(run, subject), after: found.importPattern }] }),
    };
  },
  MissingRequireVendor: ({ run, subject = '' }) => {
    const found = packageOf(subject, run.packages?.javascript);
    const name = found?.name ?? 'csv';
    const variable = (subject === 'requireVendor' ? name : subject).replace(/[^\w$]/g, '_');
    return {
      steps: [
        `Get the package first: const ${variable} = requireVendor('${name}');`,
        `In an ES module: import ${variable} from 'vendor:${name}';`,
        'list_available_packages shows the names and functions of all packages.',
      ],
      examples: [
        {
          before: `${variable}.parse(text)`,
          after: `const ${variable} = requireVendor('${name}');\n${variable}.parse(text)`,
        },
      ],
    };
  },
  QuickJSTupleDestructuring: ({ line, subject = 'os.readdir' }) => {
    const tuple =
      subject.startsWith('os.') &&
      ['readdir', 'stat', 'lstat', 'readlink', 'realpath', 'getcwd'].includes(subject.slice(3));
    return {
      steps: [
        tuple
          ? `${subject}${line === undefined ? '' : ` (line ${line})`} returns [result, error]: take it apart with const [result, error] = ${subject}(…);`
          : `${subject}${line === undefined ? '' : ` (line ${line})`} returns one value, not [result, error]: const value = ${subject}(…);`,
        'os.readdir, stat, lstat, readlink, realpath and getcwd return [result, error]; error is 0 when all went well. std.open returns null on failure, std.loadFile too; os.mkdir and os.remove return 0 or a negative number.',
        'Or use the helpers, which throw on errors: listFiles(), readText(path), writeText(path, text).',
      ],
      examples: [
        tuple
          ? {
              before: `const files = ${subject}('/app');`,
              after: `const [files, error] = ${subject}('/app');\nif (error !== 0) throw new Error(std.strerror(-error));`,
            }
          : { before: `const [text, error] = ${subject}('data.txt');`, after: `const text = ${subject}('data.txt');` },
      ],
    };
  },
  RecursionLimit: ({ run }) => ({
    steps: [
      'Check that the recursion ends: the condition that stops it must be reached.',
      'Use a loop with a list of what is left to do in place of a function that calls itself deeply.',
    ],
    examples: [
      run.language === 'python'
        ? {
            before: 'def total(items):\n    return items[0] + total(items[1:]) if items else 0',
            after: 'def total(items):\n    return sum(items)',
          }
        : {
            before: 'const total = (items) => items.length ? items[0] + total(items.slice(1)) : 0;',
            after: 'const total = (items) => items.reduce((sum, item) => sum + item, 0);',
          },
    ],
  }),
  UncaughtException: ({ run, exception }) => {
    const found = exception === undefined ? undefined : exceptionAdvice(exception, run);
    return {
      steps: [
        ...(found?.steps ?? [
          exception === undefined
            ? 'Read stderr: it says what ended the program.'
            : `${exception.name}${exception.line === undefined ? '' : ` at line ${exception.line}`}: look there at the values that the message speaks of; print them before.`,
        ]),
        run.language === 'python'
          ? 'Catch what may happen with try/except and go on.'
          : 'Catch what may happen with try/catch and go on.',
        'Files that the program had written are still there; run a corrected program in the same session.',
      ],
      examples: found?.example === undefined ? [] : [found.example],
    };
  },
  NonZeroExit: ({ run }) => ({
    steps: [
      `The program ended by itself with exit code ${run.exitCode}: look in its code for the exit and at stderr for the reason.`,
      `End with ${run.language === 'python' ? 'sys.exit(0)' : 'process.exit(0)'}, or without an exit, if all went well.`,
    ],
  }),
  Trap: ({ run }) => ({
    steps: [
      'The interpreter itself was ended, most often by deep recursion in native code or by an abort: use less nesting (of data, of regular expressions, of calls).',
      run.language === 'python'
        ? 'Do not call os.abort or ctypes-like functions.'
        : 'Split the work into smaller parts.',
      'The session is usable: its files are as the program left them, and its variables as before this run.',
    ],
  }),
  Cancelled: () => ({
    steps: [
      'The run was cancelled on request. Run it again if it is still needed.',
      'What it wrote to files is kept; its variables are those from before it.',
    ],
  }),
  InvalidSessionState: () => ({
    steps: [
      'list_sessions shows the sessions that there are, with their languages.',
      'Make a new one with create_session, or leave session_id out to use the default session.',
    ],
  }),
  InvalidRequest: () => ({
    steps: [
      'Correct the argument that error_message names; nothing was run.',
      'The schema of the tool tells what each argument may be.',
    ],
  }),
  HostError: ({ run }) => ({
    steps: String(run.failure?.details['reason'] ?? '').startsWith('store-')
      ? [
          'Run the program in the default session, which needs no store: leave session_id out.',
          'stdout has what the program printed; its files are not there. Tell whoever runs this server: its disk refuses.',
        ]
      : [
          'Try once more: this is not the program’s doing.',
          'If it happens again, look at error_message and tell whoever runs this server.',
        ],
  }),
};

function importOf({ language }: RunFacts, name: string): string {
  return language === 'python' ? `import ${name}` : `import it from '${name}';`;
}
