import { at, changed, type ExceptionRule } from './exception-rule.ts';

/** Modules that programs forget to import, by the names they are used by. */
const pythonImports: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'array ast asyncio base64 bisect collections copy csv dataclasses datetime decimal enum fractions functools gzip hashlib heapq io itertools json math operator os pathlib pickle random re shutil sqlite3 statistics string struct sys tempfile textwrap time traceback types typing uuid zipfile'
      .split(' ')
      .map((name) => [name, `import ${name}`]),
  ),
  Counter: 'from collections import Counter',
  Decimal: 'from decimal import Decimal',
  Fraction: 'from fractions import Fraction',
  Path: 'from pathlib import Path',
  BytesIO: 'from io import BytesIO',
  StringIO: 'from io import StringIO',
  dataclass: 'from dataclasses import dataclass',
  defaultdict: 'from collections import defaultdict',
  deque: 'from collections import deque',
  lru_cache: 'from functools import lru_cache',
  namedtuple: 'from collections import namedtuple',
  reduce: 'from functools import reduce',
  timedelta: 'from datetime import timedelta',
};
const ofJavascript =
  /^(console|const|let|var|function|require|requireVendor|undefined|JSON|Math|process|document|_state)$/;
const constants: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };

/** What Python programs end with, the special before the general. */
export const pythonRules: readonly ExceptionRule[] = [
  {
    name: /^NameError$/,
    message: /^name '(\w+)' is not defined(?:\. Did you mean: '(\w+)'\?)?/,
    advice: ([, name = '', meant], exception) => {
      const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
      if (constant !== undefined) {
        const whole = new RegExp(`\\b${name}\\b`, 'g');
        return { steps: [`Python's name for ${name} is ${constant}.`], ...changed(exception, whole, constant) };
      }
      if (ofJavascript.test(name)) {
        const steps = [
          `${name} is JavaScript's: give language="javascript", or write it in Python (print() in place of console.log).`,
        ];
        return { steps };
      }
      const line = Object.hasOwn(pythonImports, name) ? pythonImports[name] : undefined;
      if (line !== undefined && exception.source !== undefined) {
        const example = { before: exception.source, after: `${line}\n${exception.source}` };
        return { steps: [`Import it first: ${line}`], example };
      }
      return {
        steps: [
          ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
          `Define ${name} before line ${exception.line ?? 1}, or import it.`,
          'Each call is a fresh interpreter: variables of an earlier call are there only in a session of create_session(auto_persist_globals=true); functions and imports must be in every call.',
        ],
        ...(meant === undefined ? {} : changed(exception, new RegExp(`\\b${name}\\b`, 'g'), meant)),
      };
    },
  },
  {
    name: /^UnboundLocalError$/,
    advice: () => ({
      steps: [
        'The function assigns the variable, so it is its own: pass it in, or begin the function with global NAME.',
      ],
    }),
  },
  {
    name: /^ImportError$/,
    message: /cannot import name '(\w+)' from '([\w.]+)'.*?(?:Did you mean: '(\w+)'\?)?$/s,
    advice: ([, name = '', module = '', meant], exception) => ({
      steps: [
        `${module} has no ${name}${meant === undefined ? '' : ` (did you mean ${meant}?)`}. See what it has: import ${module.split('.')[0]}; print(dir(${module}))`,
        'list_available_packages tells the version that is here; another one cannot be installed.',
      ],
      ...(meant === undefined ? {} : changed(exception, new RegExp(`\\b${name}\\b`, 'g'), meant)),
    }),
  },
  {
    name: /^AttributeError$/,
    message: /^module '([\w.]+)' has no attribute '(\w+)'/,
    advice: ([, module = '', name = '']) => ({
      steps: [
        `See what there is: print([name for name in dir(${module}) if not name.startswith('_')])`,
        `${name} may be of another version, or need what a WebAssembly sandbox has not (signals, processes, users). A file of yours called ${module}.py would hide the module.`,
      ],
    }),
  },
  {
    name: /^(AttributeError|TypeError)$/,
    message: /^'NoneType' object/,
    advice: (_, exception) => ({
      steps: [
        `A value${at(exception)} is None: a function without return, a search that found nothing (re.match, dict.get, find), or a method that changes its object in place (list.sort). Check with: if value is not None`,
      ],
    }),
  },
  {
    name: /^AttributeError$/,
    message: /^'([\w.]+)' object has no attribute '(\w+)'(?:\. Did you mean: '(\w+)'\?)?/,
    advice: ([, type = '', name = '', meant], exception) => ({
      steps: [
        meant === undefined
          ? `An object of type ${type} has no ${name}: see what it is and has with print(type(value), dir(value)).`
          : `Did you mean ${meant}? An object of type ${type} has no ${name}.`,
      ],
      ...(meant === undefined ? {} : changed(exception, new RegExp(`\\.${name}\\b`, 'g'), `.${meant}`)),
    }),
  },
  {
    name: /^KeyError$/,
    advice: (_, exception) => ({
      steps: [
        `There is no such key${at(exception)}: see which there are with print(list(mapping)); names in files may have spaces or other case.`,
        'Use mapping.get(key, default) where it may be missing.',
      ],
      ...changed(exception, /^(.*?\w)\[((?:'[^']*'|"[^"]*"))\](?!\s*=[^=])/, '$1.get($2)'),
    }),
  },
  {
    name: /^IndexError$/,
    advice: () => ({
      steps: [
        'The list is shorter than the index: print its length before; indexes begin with 0, and an empty list has none.',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /can only concatenate str|unsupported operand type|must be str, not/,
    advice: () => ({
      steps: [
        'The values are of different types: convert them first with str(x), int(x) or float(x), or use an f-string: f"{a} {b}".',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /missing \d+ required|takes .* positional arguments?|unexpected keyword argument/,
    advice: () => ({
      steps: [
        'The call does not fit the function: see its parameters with import inspect; print(inspect.signature(function)).',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /is not JSON serializable/,
    advice: (_, exception) => ({
      steps: ['JSON has no such type: convert it first, or give json.dumps(value, default=str).'],
      ...changed(exception, /(json\.dumps?\([^()]*)\)/, '$1, default=str)'),
    }),
  },
  {
    name: /^TypeError$/,
    message: /is not (subscriptable|callable|iterable)|indices must be|does not support item assignment/,
    advice: () => ({
      steps: [
        'The value is not what the line takes it for: see it with print(type(value), value); a variable may have the name of a built-in function.',
      ],
    }),
  },
  {
    name: /^json\.decoder\.JSONDecodeError$/,
    message: /line (\d+) column (\d+)/,
    advice: () => ({
      steps: [
        'The text is not JSON at the place that the message names: see it with print(repr(text[:200])). An empty text, single quotes and trailing commas are no JSON.',
        'For the text of a Python value use ast.literal_eval; for one JSON value a line, parse each line.',
      ],
    }),
  },
  {
    name: /^UnicodeDecodeError$/,
    advice: (_, exception) => ({
      steps: [
        "The bytes are not UTF-8: read them with open(path, 'rb') if they are no text, else with the right encoding, such as encoding='latin-1' or 'utf-16', or errors='replace'.",
      ],
      ...changed(exception, /open\(([^(),]+)\)/, "open($1, encoding='latin-1')"),
    }),
  },
  {
    name: /^EOFError$/,
    message: /EOF when reading a line/,
    advice: (_, exception) => ({
      steps: [
        'Nobody can answer: standard input is empty. Put the values into the code, or read them from a file sent with upload_file.',
      ],
      ...changed(exception, /(int\(|float\()?\binput\([^()]*\)\)?/, '"the value"'),
    }),
  },
  {
    name: /^ValueError$/,
    message: /invalid literal for int|could not convert string to float/,
    advice: () => ({
      steps: [
        'The text is no number: see it with print(repr(text)); strip spaces, thousands separators and units, or skip empty fields, before int() or float().',
      ],
    }),
  },
  {
    name: /^ValueError$/,
    message: /values to unpack/,
    advice: () => ({
      steps: [
        'The names on the left are more or fewer than the values: print the value before it is taken apart; use first, *rest = values where their number varies.',
      ],
    }),
  },
  {
    name: /^ZeroDivisionError$/,
    advice: () => ({
      steps: [
        'The divisor is 0: check it first, such as total / count if count else 0; an empty list gives a count of 0.',
      ],
    }),
  },
  {
    name: /^FileExistsError$/,
    advice: (_, exception) => ({
      steps: [
        'It is there already, perhaps from an earlier run of this session: os.makedirs(path, exist_ok=True) does not mind; reset_workspace begins with an empty workspace.',
      ],
      ...changed(exception, /os\.(?:makedirs|mkdir)\(([^(),]+)\)/, 'os.makedirs($1, exist_ok=True)'),
    }),
  },
  {
    name: /^IsADirectoryError$/,
    advice: () => ({
      steps: [
        'The path is a folder: give the path of a file in it; os.listdir(path) shows them, shutil.rmtree(path) removes a folder.',
      ],
    }),
  },
  {
    name: /^NotADirectoryError$/,
    advice: () => ({ steps: ['A part of the path is a file, not a folder: see what there is with list_files.'] }),
  },
  {
    name: /^AssertionError$/,
    advice: (_, exception) => ({
      steps: [`An assert of the program${at(exception)} does not hold: print the values that it compares.`],
    }),
  },
  {
    name: /^sqlite3\.OperationalError$/,
    message: /no such (table|column)/,
    advice: ([, what = 'table']) => ({
      steps: [
        what === 'table'
          ? 'The database has no such table: make it first, commit what is to stay, and open the same file. What there is: SELECT name FROM sqlite_master'
          : 'The table has no such column: PRAGMA table_info(NAME) lists them; texts stand in single quotes.',
      ],
    }),
  },
  {
    name: /^sqlite3\./,
    message: /unable to open database file/,
    advice: () => ({
      steps: [
        "The folder of the database is missing: use a path in /app, such as sqlite3.connect('data.db'), or make its folder first with os.makedirs.",
      ],
    }),
  },
  {
    name: /(BadZipFile|InvalidFileException|PdfReadError|XLRDError)$/,
    advice: () => ({
      steps: [
        'The file is not what its name says: see its first bytes; binary files are sent with upload_file(encoding="base64").',
      ],
    }),
  },
  {
    name: /^RuntimeError$/,
    message: /event loop is already running|cannot be called from a running event loop/,
    advice: () => ({ steps: ['One event loop is running already: await the coroutine instead of asyncio.run().'] }),
  },
  {
    name: /(PatternError|re\.error)$/,
    advice: () => ({
      steps: [
        "The regular expression is malformed at the place that the message names: write it as r'...', and escape ( ) [ ] * + ? with a backslash, or use re.escape.",
      ],
    }),
  },
];
