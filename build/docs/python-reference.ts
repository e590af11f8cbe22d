import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../../host/src/index.ts';
import { parsePackages, type VendoredPackage } from '../../host/src/vendor/index.ts';
import { dependencies } from '../../vendor_py/index.ts';
import { paths } from '../lib/paths.ts';
import { code, rounded, table, thousands } from './markdown.ts';
import { libraryTable, measureLibrary } from './python-library.ts';

/** The parts of docs/PYTHON_CAPABILITIES.md that are made of the manifest and of what the component has. */
export async function pythonSections(executor: Executor): Promise<Readonly<Record<string, string>>> {
  const all = parsePackages(await readFile(join(paths.vendor, 'packages.json'), 'utf8'));
  const packages = all.filter(({ language }) => language === 'python');
  return {
    absent: await absentTable(executor),
    library: libraryTable(await measureLibrary(executor)),
    'package index': packageIndex(packages),
    dependencies: Object.entries(dependencies)
      .map(([name, licence]) => `${code(name)} (${licence})`)
      .join(', '),
    packages: packages.map(packageSection).join('\n\n'),
    fuel: await fuelTable(executor),
    component: `Measured with the component whose SHA-256 begins with ${code(await componentHash())}, as Linux on x64 builds it.`,
  };
}

/** Tells the component of one build from that of another: fuel is the same for all programs only where they are the same. */
async function componentHash(): Promise<string> {
  const component = await readFile(join(paths.components, 'exec-python.wasm'));
  return createHash('sha256').update(component).digest('hex').slice(0, 16);
}

function packageIndex(packages: readonly VendoredPackage[]): string {
  const rows = packages.map(
    ({ name, importNames, category, description, version, licence, bytes, fuelFirstImport }) => [
      `[${code(name)}](#${anchor(name)})`,
      importNames.map(code).join(' '),
      category,
      description,
      `${version}, ${licence}`,
      thousands(Math.ceil(bytes / 1000)),
      rounded(fuelFirstImport / 1e6),
    ],
  );
  return table(
    ['name', 'import', 'category', 'what it does', 'version, licence', 'kB', 'fuel of the first import, millions'],
    rows,
  );
}

function packageSection(each: VendoredPackage): string {
  const { name, description, importPattern, requires, useCases, example, output, fuelFirstImport } = each;
  const needs = requires.length === 0 ? '' : ` · Needs: ${requires.map(code).join(', ')}`;
  return [
    `### ${name}`,
    description,
    `Import: ${code(importPattern)} · Fuel of the first import: about ${rounded(fuelFirstImport / 1e6)} million${needs}`,
    `\`\`\`python\n${example.trimEnd()}\n\`\`\``,
    `\`\`\`text\n${output.trimEnd()}\n\`\`\``,
    `Use it to:\n\n${useCases.map((use) => `- ${use}`).join('\n')}`,
  ].join('\n\n');
}

/** The anchor that Markdown gives to a heading of one word. */
function anchor(name: string): string {
  return name.toLowerCase().replaceAll('.', '');
}

/** Modules that programs ask for and that are not there, each with its error. */
const asked =
  `bz2 cffi cryptography ctypes curses cv2 docx ensurepip fcntl grp idlelib lxml lzma matplotlib mmap msvcrt numpy
  orjson pandas PIL pip polars pptx psutil pwd pydantic readline regex resource scipy sklearn ssl syslog tensorflow termios
  tkinter torch turtle ujson venv winreg`.split(/\s+/);

async function absentTable(executor: Executor): Promise<string> {
  const program = `import json
reasons = {}
for name in ${JSON.stringify(asked)}:
    try: __import__(name)
    except ModuleNotFoundError as error: reasons[name] = str(error).partition(": ")[2]
print(json.dumps(reasons))`;
  const { run } = await executor.run({ language: 'python', files: [{ name: 'main.py', content: program }] });
  const reasons = Object.entries(JSON.parse(run.stdout) as Record<string, string>).filter(
    ([, reason]) => reason !== '',
  );
  return table(
    ['not there', 'because, and instead'],
    reasons.map(([name, reason]) => [code(name), reason]),
  );
}

/** Programs whose fuel gives an idea. */
const works: readonly (readonly [work: string, program: string])[] = [
  ['`print("hi")`', 'print("hi")'],
  ['a loop of a million additions', 'total = 0\nfor i in range(1_000_000): total += i'],
  ['a million calls of a small function', 'def f(n): return n + 1\nn = 0\nfor _ in range(1_000_000): n = f(n)'],
  ['`sum(range(1_000_000))`', 'sum(range(1_000_000))'],
  [
    '100,000 dicts in a list, filtered and mapped',
    '[d["i"] for d in [{"i": i} for i in range(100_000)] if d["i"] % 2]',
  ],
  [
    '`json.loads` and `dumps` of 1 MB',
    'import json\njson.loads(json.dumps([{"id": i, "name": "n"} for i in range(40_000)]))',
  ],
  ['sorting 100,000 numbers', 'sorted((i * 7919) % 100003 for i in range(100_000))'],
  [
    'a regular expression over 1 MB of text',
    'import re\nlen(re.findall(r"\\b\\w+\\b", "The quick brown fox. " * 50_000))',
  ],
  ['joining 100,000 texts', '",".join(f"item {i}" for i in range(100_000))'],
  [
    'a dict with 100,000 entries, written and read',
    'd = {}\nfor i in range(100_000): d[i] = i\nfor i in range(100_000): d[i]',
  ],
  ['1,000 rows with `csv`', 'import csv, io\nlist(csv.DictReader(io.StringIO("a,b,c\\n" + "1,two,3\\n" * 1000)))'],
  [
    '1,000 rows into SQLite and out',
    'import sqlite3\nd = sqlite3.connect("x.db"); d.execute("create table t(a)")\nd.executemany("insert into t values (?)", ((i,) for i in range(1000))); d.commit()\nd.execute("select sum(a) from t").fetchone()',
  ],
  ['writing and reading a file of 1 MB', 'write_text("a.txt", "x" * 1_000_000); read_text("a.txt")'],
  ['SHA-256 of 1 MB', 'import hashlib\nhashlib.sha256(b"x" * 1_000_000).hexdigest()'],
  [
    'a workbook of 1,000 rows with `xlsxwriter`',
    'import xlsxwriter\nwith xlsxwriter.Workbook("x.xlsx") as b:\n    s = b.add_worksheet()\n    for r in range(1000): s.write_row(r, 0, [r, "text", r / 2])',
  ],
  [
    'the same with `openpyxl`',
    'import openpyxl\nb = openpyxl.Workbook()\nfor r in range(1000): b.active.append([r, "text", r / 2])\nb.save("x.xlsx")',
  ],
];

async function fuelTable(executor: Executor): Promise<string> {
  const rows: string[][] = [];
  for (const [work, content] of works) {
    const limits = { timeMs: 60_000 };
    const { fuel } = await executor.run({ language: 'python', files: [{ name: 'main.py', content }], limits });
    rows.push([work, rounded((fuel ?? 0) / 1e6)]);
  }
  return table(['work', 'fuel in millions, about'], rows);
}
