import type { Executor } from '../executor/index.ts';
import type { LanguageKind } from '../types.ts';

/** What an interpreter says of itself. */
export interface RuntimeFacts {
  readonly version: string;
  /** Names of modules that come with it. */
  readonly modules: readonly string[];
  /** Names of the injected helper functions. */
  readonly helpers: readonly string[];
  /** JavaScript: functions of `std` and `os`, and the global names. */
  readonly std: readonly string[];
  readonly os: readonly string[];
  readonly globals: readonly string[];
}

const helperNames = {
  javascript: [
    'readJson',
    'writeJson',
    'readText',
    'writeText',
    'readLines',
    'appendText',
    'listFiles',
    'fileExists',
    'fileSize',
    'copyFile',
    'removeFile',
    'requireVendor',
  ],
  python: [
    'read_json',
    'write_json',
    'read_text',
    'write_text',
    'read_lines',
    'append_text',
    'list_files',
    'file_exists',
    'file_size',
    'copy_file',
    'remove_file',
  ],
} as const;

const questions: Readonly<Record<LanguageKind, string>> = {
  javascript: `
import { builtinModules } from 'node:module';
const functions = (object) => Object.keys(object).filter((name) => typeof object[name] === 'function').sort();
console.log(JSON.stringify({
  version: process.versions.quickjs,
  modules: builtinModules ?? [],
  helpers: ${JSON.stringify(helperNames.javascript)}.filter((name) => typeof globalThis[name] === 'function'),
  std: functions(std),
  os: functions(os),
  globals: Object.getOwnPropertyNames(globalThis).sort(),
}));`,
  python: `
import builtins, importlib.util, json, sys

def there(name):
    try:
        return importlib.util.find_spec(name) is not None and (name not in UNSURE or importlib.import_module(name) is not None)
    except Exception:
        return False

# What its Python part is of no use without a C part that may be missing.
UNSURE = {'bz2', 'ctypes', 'curses', 'dbm', 'fcntl', 'lzma', 'mmap', 'readline', 'resource', 'sqlite3', 'ssl', 'termios', 'tkinter', 'turtle', 'zoneinfo', 'pty', 'tty', 'crypt', 'grp', 'pwd', 'syslog', 'nis', 'ensurepip', 'venv', 'idlelib', 'turtledemo'}
print(json.dumps({
  'version': sys.version.split()[0],
  'modules': sorted(name for name in sys.stdlib_module_names if not name.startswith('_') and name not in ('antigravity', 'this') and there(name)),
  'helpers': [name for name in ${JSON.stringify(helperNames.python)} if hasattr(builtins, name) or name in globals()],
  'std': [], 'os': [], 'globals': [],
}))`,
};

/** Asks the interpreters, each once. */
export class Runtimes {
  readonly #executor: Executor;
  readonly #answers = new Map<LanguageKind, Promise<RuntimeFacts>>();

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  facts(language: LanguageKind): Promise<RuntimeFacts> {
    const known = this.#answers.get(language) ?? this.#ask(language);
    this.#answers.set(language, known);
    // An answer that failed may succeed another time.
    known.catch(() => this.#answers.delete(language));
    return known;
  }

  async #ask(language: LanguageKind): Promise<RuntimeFacts> {
    const files = [{ name: language === 'python' ? 'ask.py' : 'ask.mjs', content: questions[language] }];
    const { run } = await this.#executor.run({ language, files, limits: { timeMs: 30_000 } });
    return JSON.parse(run.stdout) as RuntimeFacts;
  }
}
