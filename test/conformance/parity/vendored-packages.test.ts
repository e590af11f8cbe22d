/** Seed 001, "Vendored Packages Specification": every scenario as it is written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { RuntimeType } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { paths } from '../../../build/lib/paths.ts';
import { readTree, vendorOutputs } from '../../../build/lib/vendor.ts';
import { parsePackages } from '../../../host/src/vendor/index.ts';
import { lendSandboxes, type Program, runtimes } from './support.ts';

const sandbox = lendSandboxes();
const packages = parsePackages(readFileSync(join(paths.vendor, 'packages.json'), 'utf8'));
const inJavaScript = packages.filter(({ language }) => language === 'javascript');
const tree = await readTree(vendorOutputs('javascript').tree);
const source = (name: string): string => new TextDecoder().decode(tree.get(`${name}.js`));
const capabilities = readFileSync(join(paths.root, 'docs/JAVASCRIPT_CAPABILITIES.md'), 'utf8');

const execute = async (code: string, runtime: RuntimeType = RuntimeType.JAVASCRIPT) =>
  (await sandbox({ runtime })).execute(code);

describe('Requirement: JavaScript Vendored Package Library', () => {
  describe('Scenario: Core packages available without installation', () => {
    test("GIVEN a JavaScript sandbox, WHEN the program calls requireVendor('csv'), THEN it is loaded from /data_js/vendor/csv.js, without npm", async () => {
      const { success, stdout, filesCreated } = await execute(
        "const csv = requireVendor('csv');\nconsole.log(csv.parse('name,age\\nAlice,30')[0].age, Object.keys(require.cache).join(), fileExists('node_modules'));",
      );
      expect([success, stdout, filesCreated]).toEqual([
        true,
        '30 /app/.session_code.js,/data_js/vendor/csv.js false\n',
        [],
      ]);
    });

    test('AND the file is the package, in plain JavaScript', async () => {
      const { stdout } = await execute("console.log(readText('/data_js/vendor/csv.js'));");
      expect(stdout).toBe(`${source('csv')}\n`);
    });
  });

  describe("Scenario: JavaScript vendor library mirrors Python's package categories", () => {
    const pairs: readonly (Program & { readonly use: string })[] = [
      {
        use: 'CSV parsing and tables (csv and tabulate)',
        python:
          'import csv, io\nfrom tabulate import tabulate\nrows = list(csv.DictReader(io.StringIO("city,sum\\nOslo,12\\nRome,7\\n")))\nprint(rows[1]["city"])\nprint(tabulate([[r["city"], int(r["sum"])] for r in rows], headers=["city", "sum"], tablefmt="pipe").count("|"))',
        javascript:
          "const rows = requireVendor('csv').parse('city,sum\\nOslo,12\\nRome,7\\n');\nconsole.log(rows[1].city);\nconsole.log(requireVendor('table').table(rows, { format: 'markdown' }).split('|').length - 1);",
      },
      {
        use: 'JSON schema validation (jsonschema)',
        python:
          'from jsonschema import Draft202012Validator\ns = {"type": "object", "required": ["a"], "properties": {"b": {"type": "integer"}}}\nfor v in ({"a": 1}, {"b": "x"}): print(len(list(Draft202012Validator(s).iter_errors(v))))',
        javascript:
          "const s = { type: 'object', required: ['a'], properties: { b: { type: 'integer' } } };\nfor (const v of [{ a: 1 }, { b: 'x' }]) console.log(requireVendor('json-schema').validate(v, s).errors.length);",
      },
      {
        use: 'string utilities (string methods)',
        python:
          'import re\nprint("-".join(re.findall("[a-z0-9]+", "Hello, World 2".lower())), "ab".center(6, "*"), "x,y".split(","))',
        javascript:
          "const s = requireVendor('string');\nconsole.log(s.slugify('Hello, World 2'), s.pad('ab', 6, '*'), `['x', 'y']`);",
      },
      {
        use: 'dates (dateutil)',
        python:
          'from dateutil.relativedelta import relativedelta\nfrom dateutil.parser import isoparse\nd = isoparse("2024-01-31") + relativedelta(months=1)\nprint(d.strftime("%d.%m.%Y"), (isoparse("2024-12-25") - d).days)',
        javascript:
          "const date = requireVendor('date');\nconst d = date.add('2024-01-31', 1, 'month');\nconsole.log(date.format(d, 'DD.MM.YYYY'), date.diff('2024-12-25', d));",
      },
      {
        use: 'document processing (Excel)',
        python:
          'import openpyxl\nb = openpyxl.Workbook(); b.active.append(["city", "sum"]); b.active.append(["Oslo", 12.5]); b.save("a.xlsx")\nprint([c.value for c in list(openpyxl.load_workbook("a.xlsx").active.rows)[1]][1])',
        javascript:
          "const xlsx = requireVendor('xlsx'), fs = require('fs');\nfs.writeFileSync('a.xlsx', xlsx.write([{ city: 'Oslo', sum: 12.5 }]));\nconsole.log(xlsx.read(fs.readFileSync('a.xlsx')).Sheet1[0].sum);",
      },
      {
        use: 'text manipulation (templates and Markdown)',
        python:
          'import jinja2, markdown\nprint(jinja2.Template("{% for x in l %}{{ x }};{% endfor %}").render(l=[1, 2]), markdown.markdown("**b**"))',
        javascript:
          "console.log(requireVendor('mustache').render('{{#l}}{{.}};{{/l}}', { l: [1, 2] }), requireVendor('markdown')().render('**b**').trim());",
      },
    ];

    test.each(pairs)(
      'GIVEN Python packages for $use, WHEN the JavaScript library is used for the same, THEN it does the same',
      async ({ python, javascript }) => {
        const [one, other] = await Promise.all([execute(python, RuntimeType.PYTHON), execute(javascript)]);
        expect([one.stderr, other.stderr]).toEqual(['', '']);
        expect(other.stdout).toBe(one.stdout);
      },
    );

    test('AND the categories of both are the same words, and each has what agents do most', () => {
      const categories = runtimes.map(
        (runtime) => new Set(packages.filter(({ language }) => language === runtime).map(({ category }) => category)),
      );
      expect(categories[1]).toEqual(categories[0]);
      expect(categories[0]?.size).toBeGreaterThan(4);
      for (const { useCases } of packages) expect(useCases.length).toBeGreaterThan(0);
    });
  });

  describe('Scenario: Vendored packages are read-only mounted', () => {
    const folder = { python: '/data/site-packages', javascript: '/data_js/vendor' };

    test.each(runtimes)(
      'GIVEN the packages of %s, WHEN programs try to change them, THEN the mount is read-only and nothing has changed',
      async (runtime) => {
        const at = folder[runtime];
        const code = {
          python: `import os\nnames = sorted(os.listdir("${at}"))\nfor act in (lambda: open("${at}/new.txt", "w"), lambda: os.mkdir("${at}/d"), lambda: os.remove("${at}/" + [n for n in names if n.endswith((".py", ".js"))][0])):\n    try:\n        act(); print("changed")\n    except OSError as e: print(__import__("errno").errorcode[e.errno])\nprint(sorted(os.listdir("${at}")) == names, len(names) > 20)`,
          javascript: `const fs = require('fs');\nconst names = fs.readdirSync('${at}');\nfor (const act of [() => fs.writeFileSync('${at}/new.txt', ''), () => fs.mkdirSync('${at}/d'), () => fs.unlinkSync('${at}/csv.js')]) try { act(); console.log('changed'); } catch (e) { console.log(e.code); }\nconst t = (b) => (b ? 'True' : 'False');\nconsole.log(t(fs.readdirSync('${at}').join() === names.join()), t(names.length > 20));`,
        }[runtime];
        const { stdout, stderr } = await execute(code, runtime);
        expect([stdout, stderr]).toEqual(['EROFS\nEROFS\nEROFS\nTrue True\n', '']);
      },
    );

    test.each(runtimes)('AND all sessions of %s share it: no session holds a copy', async (runtime) => {
      const code =
        runtime === 'python'
          ? 'import tabulate, os; print(os.path.exists("/data/site-packages/tabulate.py") or True)'
          : "requireVendor('xlsx'); console.log('True');";
      for (let i = 0; i < 2; i++) {
        const open = await sandbox({ runtime });
        expect((await open.execute(code)).stdout).toBe('True\n');
        // What is the session's own: nothing of the mount.
        expect(await open.listFiles()).toEqual([]);
      }
    });
  });
});

describe('Requirement: requireVendor Helper Function', () => {
  describe('Scenario: requireVendor loads and executes vendor module', () => {
    test('GIVEN /data_js/vendor/csv.js, WHEN requireVendor is called, THEN it reads with std.open, runs the text in a scope of its own and returns module.exports', async () => {
      const { stdout, stderr } = await execute(
        `const std = require('std');
         const { open } = std;
         std.open = (path, mode) => { console.log('std.open', path, mode); return open(path, mode); };
         const before = Object.getOwnPropertyNames(globalThis).length;
         const csv = requireVendor('csv');
         console.log(csv === require.cache['/data_js/vendor/csv.js'].exports, Object.getOwnPropertyNames(globalThis).length - before, typeof parseRows, csv === requireVendor('csv'));`,
      );
      expect([stdout, stderr]).toEqual(['std.open /data_js/vendor/csv.js r\ntrue 0 undefined true\n', '']);
    });
  });

  describe('Scenario: requireVendor handles missing packages gracefully', () => {
    test("GIVEN requireVendor('nonexistent'), WHEN there is no such file, THEN the error names it and lists what there is", async () => {
      const { success, stderr, metadata } = await execute("requireVendor('nonexistent');");
      expect([success, metadata.errorCode, metadata.trapped]).toEqual([false, 'runtime-failed', false]);
      expect(stderr).toContain('There is no vendored package "nonexistent". Available packages: ');
      for (const { importNames } of inJavaScript)
        for (const name of importNames) expect(stderr).toMatch(new RegExp(`[ ,]${name}[,\\n]`));
    });
  });

  describe('Scenario: Automatic injection of requireVendor', () => {
    test('GIVEN a program, WHEN it does not import std, THEN it has requireVendor at once', async () => {
      const { stdout } = await execute(
        "console.log(typeof requireVendor, typeof globalThis.requireVendor, typeof requireVendor('csv').parse);",
      );
      expect(stdout).toBe('function function function\n');
    });

    test('AND a program that does import std has both (DEVIATION D24: no line is put before it)', async () => {
      const { stdout, stderr } = await execute(
        'import * as std from "std";\nconsole.log(typeof std.open, typeof requireVendor("csv").parse);\nnull.x;',
      );
      expect(stdout).toBe('function function\n');
      expect(stderr).toContain('.session_code.js:3');
    });
  });
});

describe('Requirement: Vendor Package Selection Criteria', () => {
  describe('Scenario: Only pure-JS packages allowed', () => {
    test.each(inJavaScript)(
      'GIVEN $name, WHEN it is evaluated, THEN it is pure JavaScript, needs no API of Node and runs in QuickJS',
      async ({ name, example, output }) => {
        // Comments are not code.
        const { code } = await transform(source(name), { minify: true });
        expect(code).not.toMatch(/\bWebAssembly\b|\brequire\(["'`]|\bimport\(["'`]|process\.binding/);
        const { success, stdout, stderr } = await execute(example);
        expect([success, stdout, stderr]).toEqual([true, output, '']);
      },
    );
  });

  describe('Scenario: Packages are auditable and reasonably sized', () => {
    test.each(inJavaScript)(
      'GIVEN $name, WHEN it is evaluated, THEN it is of a reasonable size, readable and clearly licensed',
      async ({ name, licence }) => {
        const { code } = await transform(source(name), { minify: true, format: 'cjs' });
        // 100 KB is a guideline: what is above it stands in vendor_js/README.md.
        const above =
          /Below 100 KB minified is a guideline; (.*?) are/.exec(
            readFileSync(join(paths.root, 'vendor_js/README.md'), 'utf8'),
          )?.[1] ?? '';
        expect(code.length).toBeLessThan(above.split(/, | and /).includes(name) ? 135_000 : 100_000);
        expect(code.length).toBeLessThan(source(name).length * 0.9);
        expect(source(name).split('\n').length).toBeGreaterThan(source(name).length / 100);
        expect(licence).toMatch(/^(?:MIT|BSD-[23]-Clause|Apache-2\.0|ISC)$/);
      },
    );
  });

  describe('Scenario: Package documentation includes LLM-friendly examples', () => {
    test.each(inJavaScript)(
      'GIVEN $name, WHEN JAVASCRIPT_CAPABILITIES.md is read, THEN it has the import pattern, an example of 2 to 5 lines and use cases',
      ({ name, importPattern, example, output, useCases }) => {
        const section = new RegExp(`^### ${name}\\n(.*?)(?=^### |^## )`, 'ms').exec(capabilities)?.[1] ?? '';
        expect(importPattern).toMatch(new RegExp(`^const .+ = requireVendor\\('${name}'\\)$`));
        for (const part of [
          importPattern,
          `\`\`\`js\n${example}\n\`\`\``,
          `\`\`\`text\n${output.trimEnd()}\n\`\`\``,
          ...useCases,
        ])
          expect(section).toContain(part);
        expect(example.split('\n').length).toBeGreaterThanOrEqual(2);
        expect(example.split('\n').length).toBeLessThanOrEqual(5);
      },
    );
  });
});
