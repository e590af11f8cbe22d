import type { LanguageKind } from '../types.ts';
import { packageOf } from './classify.ts';
import { type CodeFacts, mostFacts } from './facts.ts';
import { packagesUsed, shortFuel, suggestedBudget } from './fuel.ts';
import { moduleFuel } from './module-fuel.ts';
import type { KnownPackage, KnownPackages } from './types.ts';

/** Advice on a program before it is run (seed 003 §5.3). Snake case: it is sent as it is. */
export interface Advice {
  readonly detected_patterns: readonly string[];
  readonly estimated_fuel: string;
  readonly recommended_session_type: 'default_session' | 'new_session';
  readonly recommended_config: {
    readonly auto_persist_globals: boolean;
    readonly fuel_budget: number;
    readonly memory_bytes: number;
    readonly reason: string;
  };
  readonly warnings: readonly string[];
  readonly suggestions: readonly string[];
}

/** What advice is based on beyond the program itself. */
export interface AnalysisContext {
  readonly language: LanguageKind;
  /** What the caller says of the use, in its own words. */
  readonly context?: string | undefined;
  readonly packages?: KnownPackages | undefined;
  readonly defaults: { readonly fuelBudget: number; readonly memoryBytes: number };
}

/** Fuel of a program that does nothing, measured; `test/integration/mcp/estimates.test.ts` holds it against a run. */
export const measuredFuel: Readonly<Record<LanguageKind, { readonly start: number }>> = {
  javascript: { start: 430_000 },
  python: { start: 1_200_000 },
};

/** Packages whose first import takes more than this are heavy. */
const heavyFuel = 100_000_000;
/** Packages that work through whole documents: rows, cells and pages take many times the fuel of their import. */
const documentPackages: ReadonlySet<string> = new Set(
  'openpyxl xlsxwriter xlrd pypdf pypdf2 fpdf reportlab docx python-docx mammoth pptx xlsx pdf odf'.split(' '),
);
/** Words of a context that speak of more than one run. */
const statefulWords = [
  'multi-turn',
  'multi turn',
  'multiturn',
  'agent',
  'conversation',
  'stateful',
  'state',
  'incremental',
  'step by step',
  'accumulate',
  'counter',
  'session',
  'remember',
];
const isolatedWords = ['isolated', 'test', 'separate', 'experiment'];

/** Advice on a program from what its text says. */
export function adviseOn(facts: CodeFacts, { language, context, packages, defaults }: AnalysisContext): Advice {
  const known = packages?.[language] ?? [];
  const used = packagesUsed(facts, known);
  const heavy = used.filter(({ fuelFirstImport }) => fuelFirstImport >= heavyFuel);
  const documents = used.filter(isDocument);
  const importFuel = used.reduce((sum, { fuelFirstImport }) => sum + fuelFirstImport, 0);
  const ownModules = new Set(facts.imports.map(({ name }) => name));
  const moduleCosts = [...ownModules].map((name) => moduleFuel(name, language));
  const estimate = measuredFuel[language].start + importFuel + Math.max(0, ...moduleCosts) + facts.work;
  const words = (context ?? '').toLowerCase();
  const stateful = facts.keepsState || statefulWords.some((word) => words.includes(word));
  const isolated = isolatedWords.some((word) => words.includes(word));
  // Documents take many times the import of their package: rows, cells, pages.
  const wanted = Math.max(estimate * 2, documents.length > 0 ? defaults.fuelBudget + importFuel * 10 : 0);
  const needsFuel = wanted > defaults.fuelBudget;
  const fuel_budget = needsFuel ? Math.max(suggestedBudget(wanted), defaults.fuelBudget) : defaults.fuelBudget;
  const memory_bytes = documents.length > 0 ? defaults.memoryBytes * 2 : defaults.memoryBytes;
  const fresh = stateful || needsFuel || isolated || documents.length > 0;
  return {
    detected_patterns: patterns(facts, used, heavy, stateful),
    estimated_fuel: estimateText(estimate, importFuel, used, facts, packages === undefined),
    recommended_session_type: fresh ? 'new_session' : 'default_session',
    recommended_config: {
      auto_persist_globals: stateful,
      fuel_budget,
      memory_bytes,
      reason: reasons({ stateful, keepsState: facts.keepsState, documents, needsFuel, estimate, isolated, language }),
    },
    warnings: warnings(facts, { language, known, heavy, stateful, estimate, budget: defaults.fuelBudget }),
    suggestions: suggestions(facts, {
      language,
      known,
      used,
      documents,
      stateful,
      fresh,
      fuel_budget,
      memory_bytes,
      needsFuel,
      words,
    }),
  };
}

function isDocument({ name, importNames }: KnownPackage): boolean {
  return [name, ...importNames].some((one) => documentPackages.has(one.toLowerCase()));
}

function patterns(
  facts: CodeFacts,
  used: readonly KnownPackage[],
  heavy: readonly KnownPackage[],
  stateful: boolean,
): string[] {
  const found: [string, boolean][] = [
    ['syntax_error', facts.syntaxError !== undefined],
    ['file_io', facts.paths.length > 0],
    ['vendored_packages', used.length > 0 || facts.vendored.length > 0],
    ['heavy_packages', heavy.length > 0],
    ['document_processing', used.some(isDocument)],
    ['loops', facts.loops.count > 0],
    ['nested_loops', facts.loops.depth > 1],
    ['endless_loop', facts.loops.endless.length > 0],
    ['recursion', facts.recursive.length > 0],
    ['state_persistence', stateful],
    ['quickjs_api', facts.quickjs.used],
    ['network', facts.network.length > 0],
    ['processes', facts.processes.length > 0],
    ['standard_input', facts.readsInput],
    ['classes', facts.classes > 0],
  ];
  return found.flatMap(([name, present]) => (present ? [name] : []));
}

function estimateText(
  estimate: number,
  importFuel: number,
  used: readonly KnownPackage[],
  facts: CodeFacts,
  unknown: boolean,
): string {
  if (facts.syntaxError !== undefined) return 'none: the code does not parse, so nothing of it would run';
  const parts = [
    ...(used.length === 0
      ? []
      : [`${shortFuel(importFuel)} for importing ${used.map(({ name }) => name).join(', ')}, measured`]),
    ...(facts.loops.steps > 1 ? [`loops of ${facts.loops.steps.toLocaleString('en')} steps at least`] : []),
    ...(facts.loops.endless.length > 0 ? ['an endless loop uses up any budget'] : []),
    ...(facts.openEnded ? ['what its loops and calls do depends on data that the text does not tell'] : []),
    ...(unknown ? ['what packages take is not known: this build has no table of measured packages'] : []),
  ];
  return `about ${shortFuel(estimate)} units${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`;
}

function reasons(about: {
  readonly stateful: boolean;
  readonly keepsState: boolean;
  readonly documents: readonly KnownPackage[];
  readonly needsFuel: boolean;
  readonly estimate: number;
  readonly isolated: boolean;
  readonly language: LanguageKind;
}): string {
  const { documents } = about;
  const list = [
    ...(about.stateful
      ? [
          `${about.keepsState ? 'The code reads variables of earlier runs' : 'The work takes several runs'}: auto_persist_globals keeps ${about.language === 'python' ? 'global variables' : 'the properties of _state'} between them`,
        ]
      : []),
    ...(documents.length > 0
      ? [
          `${documents.map(({ name, fuelFirstImport }) => `${name} (${shortFuel(fuelFirstImport)} to import)`).join(', ')} works through documents, which takes many times the fuel and memory of its import`,
        ]
      : []),
    ...(about.needsFuel && documents.length === 0
      ? [`About ${shortFuel(about.estimate)} units of fuel are to be expected, twice that leaves room`]
      : []),
    ...(about.isolated ? ['A session of its own keeps the files of the default session apart'] : []),
  ];
  return list.length === 0 ? 'Nothing in the code needs more than the default session gives' : `${list.join('. ')}.`;
}

function warnings(
  facts: CodeFacts,
  about: {
    language: LanguageKind;
    known: readonly KnownPackage[];
    heavy: readonly KnownPackage[];
    stateful: boolean;
    estimate: number;
    budget: number;
  },
): string[] {
  const { language } = about;
  const list: string[] = [];
  if (facts.syntaxError !== undefined) {
    const { message, line } = facts.syntaxError;
    list.push(`The code does not parse${line === null ? '' : `: line ${line}`}: ${message}`);
  }
  for (const { name, fuelFirstImport } of about.heavy)
    list.push(`${name}: its first import takes ${shortFuel(fuelFirstImport)} units of fuel in every run`);
  for (const line of facts.loops.endless)
    list.push(`Line ${line}: the loop has no end; the run will be stopped by its fuel or time`);
  if (about.estimate > about.budget && facts.loops.endless.length === 0) {
    list.push(`The run will likely meet the default fuel budget of ${shortFuel(about.budget)}`);
  }
  for (const { name, line } of facts.network)
    list.push(`Line ${line}: ${name} needs the network, which programs do not have`);
  for (const { name, line } of facts.processes)
    list.push(`Line ${line}: ${name} starts processes or threads, which programs cannot`);
  for (const { path, line, write } of facts.paths) {
    const problem = pathProblem(path, write);
    if (problem !== undefined) list.push(`Line ${line}: ${JSON.stringify(path)} ${problem}`);
  }
  for (const { name, line } of facts.quickjs.misuses)
    list.push(`Line ${line}: ${name} is taken apart wrongly: see the suggestions on [result, error]`);
  if (about.known.length > 0) {
    for (const { name, line } of facts.vendored) {
      if (packageOf(name, about.known) === undefined)
        list.push(
          `Line ${line}: there is no package ${JSON.stringify(name)}; list_available_packages shows what there is`,
        );
    }
  }
  if (facts.readsInput) list.push('Standard input is empty: input() and the like find its end at once');
  if (about.stateful && facts.classes > 0)
    list.push('Instances of classes are not kept by auto_persist_globals: only what JSON can hold is');
  if (
    language === 'python' &&
    facts.imports.some(({ name }) => ['numpy', 'pandas', 'scipy', 'matplotlib', 'lxml', 'PIL'].includes(name))
  ) {
    list.push('numpy, pandas, scipy, matplotlib, lxml and PIL are native packages, which cannot run here');
  }
  return list.slice(0, mostFacts);
}

/** What is wrong with a literal path, if anything is. Relative paths are fine. */
function pathProblem(path: string, write: boolean): string | undefined {
  if (!path.startsWith('/'))
    return path.split('/').includes('..') ? 'may leave /app, where there is nothing' : undefined;
  const inside = (folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
  if (inside('/app') || inside('/tmp')) return undefined;
  if (inside('/data') || inside('/data_js')) return write ? 'is in a read-only folder' : undefined;
  return 'is outside of /app: it does not exist for programs';
}

function suggestions(
  facts: CodeFacts,
  about: {
    language: LanguageKind;
    known: readonly KnownPackage[];
    used: readonly KnownPackage[];
    documents: readonly KnownPackage[];
    stateful: boolean;
    fresh: boolean;
    fuel_budget: number;
    memory_bytes: number;
    needsFuel: boolean;
    words: string;
  },
): string[] {
  const { language } = about;
  const list: string[] = [];
  if (facts.syntaxError !== undefined)
    list.push('Correct the syntax first; then ask again for advice on what the code does');
  if (about.fresh) {
    const options = [
      `language="${language}"`,
      ...(about.stateful ? ['auto_persist_globals=true'] : []),
      ...(about.needsFuel ? [`fuel_budget=${about.fuel_budget}`] : []),
      ...(about.documents.length > 0 ? [`memory_bytes=${about.memory_bytes}`] : []),
    ];
    list.push(`Create a session first: create_session(${options.join(', ')}), and give its session_id to execute_code`);
  }
  for (const { path, line, write } of facts.paths) {
    if (pathProblem(path, write) === undefined) continue;
    const name = path.split('/').at(-1) || 'data.txt';
    list.push(
      `Line ${line}: use ${JSON.stringify(`/app/${name}`)}, and send the file with upload_file if the program reads it`,
    );
  }
  if (facts.paths.some(({ path, write }) => !write && pathProblem(path, write) === undefined)) {
    list.push(
      'Files that the program reads must be there: upload_file sends them, list_files shows them. Relative paths are in /app',
    );
  }
  const files =
    language === 'javascript' &&
    (facts.quickjs.used ||
      /csv|file/.test(about.words) ||
      about.used.some(({ name }) => name.startsWith('csv')) ||
      facts.vendored.some(({ name }) => name.startsWith('csv')));
  if (files) {
    list.push(
      "QuickJS's os.readdir, stat, readlink, realpath and getcwd return [result, error]: const [names, error] = os.readdir('/app')",
    );
    if (facts.vendored.some(({ name }) => name.startsWith('csv')) || /csv/.test(about.words))
      list.push('csv.parse gives objects by the names in the header, not arrays');
  }
  const [reader, writer] = ['openpyxl', 'xlsxwriter'].map((wanted) =>
    about.known.find(({ name }) => name.toLowerCase() === wanted),
  );
  if (reader !== undefined && writer !== undefined && about.documents.includes(reader)) {
    const fuel = `${shortFuel(writer.fuelFirstImport)} to import instead of ${shortFuel(reader.fuelFirstImport)}`;
    list.push(`Consider XlsxWriter (${fuel}) if Excel files are only written`);
  }
  if (facts.network.length > 0) list.push('Fetch the data outside of the sandbox and send it with upload_file');
  if (facts.loops.endless.length > 0) list.push('Give endless loops a condition, or a break');
  if (facts.loops.steps >= 1e7)
    list.push('Replace loops of many steps by built-in functions (sum, sorted, Array methods) or a formula');
  if (about.stateful) {
    list.push(
      language === 'python'
        ? "Begin with counter = globals().get('counter', 0): the first run finds no variable"
        : 'Keep what must last in _state: _state.counter = (_state.counter ?? 0) + 1',
    );
  }
  return list.slice(0, mostFacts);
}
