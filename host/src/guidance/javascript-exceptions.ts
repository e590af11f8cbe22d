import { alternativeTo } from './alternatives.ts';
import { at, changed, type ExceptionRule } from './exception-rule.ts';

const ofPython = /^(None|True|False|len|range|str|int|dict|open|sys|self|elif|def)$/;

/** What JavaScript programs end with, the special before the general. */
export const javascriptRules: readonly ExceptionRule[] = [
  {
    name: /^ReferenceError$/,
    message: /^(?:Cannot access ')?([\w$]+)(?: is not defined|' before initialization)/,
    advice: ([, name = ''], exception) => {
      if (
        /^(document|window|navigator|localStorage|sessionStorage|alert|prompt|confirm|location|HTMLElement)$/.test(name)
      ) {
        const steps = [
          `There is no browser: ${name} does not exist. Print results with console.log, keep data in files (writeJson, readJson)${name === 'document' ? ", take HTML apart with requireVendor('html')" : ''}.`,
        ];
        return { steps };
      }
      if (name === 'require' || name === 'module' || name === 'exports' || name === '__dirname') {
        return {
          steps: [
            `${name} is not there in an ES module, and code with import, export or top-level await is one: use import in place of require.`,
          ],
          ...changed(
            exception,
            /(?:const|let|var)\s+(\{[^}]*\}|\w+)\s*=\s*require\(\s*(['"])(\w[^'"]*)\2\s*\)(?=\s*(?:;|$))/,
            "import $1 from '$3'",
          ),
        };
      }
      if (name === 'print') {
        return {
          steps: ['Use console.log to print. For Python give language="python".'],
          ...changed(exception, /\bprint\(/, 'console.log('),
        };
      }
      if (name === 'Deno' || name === 'Bun') {
        return {
          steps: [
            `${name} is another runtime: use node:fs, or the helpers readText, writeText, readJson, writeJson, listFiles.`,
          ],
        };
      }
      if (ofPython.test(name)) {
        return { steps: [`${name} is Python's: give language="python", or write it in JavaScript.`] };
      }
      const instead = alternativeTo(name, 'javascript');
      return {
        steps: [
          ...(instead === undefined ? [] : [`${name} is no package of this sandbox: ${instead}.`]),
          `Define ${name} before line ${exception.line ?? 1}, or get it: import, or requireVendor('…') for a package (list_available_packages).`,
          'Each call is a fresh interpreter: of an earlier call only the properties of _state are there, in a session of create_session(auto_persist_globals=true).',
        ],
      };
    },
  },
  {
    name: /^TypeError$/,
    message: /^Cannot (?:read|set) properties of (null|undefined) \((?:reading|setting) '([^']*)'\)/,
    advice: ([, value = '', name = ''], exception, { facts }) => ({
      steps: [
        ...(value === 'null' && facts?.quickjs.used === true
          ? [
              'std.open and std.loadFile return null for a file that cannot be opened, and the result of os.stat, readdir and the like is null when their error is not 0: check the path with list_files, and test for null.',
            ]
          : []),
        `The value before .${name}${at(exception)} is ${value}: print it; use ?. where it may be missing.`,
      ],
      ...changed(
        exception,
        new RegExp(`\\.${name.replaceAll(/[^\w]/g, '')}\\b(?!.*\\.${name.replaceAll(/[^\w]/g, '')}\\b)`),
        `?.${name}`,
      ),
    }),
  },
  {
    name: /^TypeError$/,
    message: /^(.*?) is not a function$/,
    advice: ([, called = ''], exception) => ({
      steps: [
        `${/^[\w$.[\]?#]+$/.test(called) ? `${called}, which is called${at(exception)},` : `What is called${at(exception)}`} is no function: print typeof of it, and Object.keys of the object that it is of.`,
        'The functions of packages and of std and os: list_javascript_capabilities.',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /^Assignment to constant variable/,
    advice: (_, exception) => ({
      steps: [`What is assigned to${at(exception)} is a constant: declare it with let to assign to it again.`],
      example: { before: 'const total = 0;', after: 'let total = 0;' },
    }),
  },
  {
    name: /^TypeError$/,
    message: /^Cannot destructure (?:property '[^']*' of )?'([^']*)' as it is (null|undefined)/,
    advice: ([, source = '', value = ''], exception) => ({
      steps: [
        `${source === value ? 'What is taken apart' : source}${at(exception)} is ${value}: print it; give it a default, as in const { a } = value ?? {}.`,
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /not iterable/,
    advice: () => ({
      steps: [
        'The value can not be gone through: print it; use Object.entries(value) for an object, [] where it may be missing.',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /circular/,
    advice: () => ({
      steps: [
        'The object holds itself: leave that part out, with JSON.stringify(value, (key, part) => key === "parent" ? undefined : part), or print it with console.log(value).',
      ],
    }),
  },
  {
    name: /^TypeError$/,
    message: /BigInt/,
    advice: () => ({
      steps: [
        'BigInt and number do not mix: convert one of them with BigInt(n) or Number(b); JSON has no BigInt, use String(b).',
      ],
    }),
  },
  {
    name: /^SyntaxError$/,
    message: /JSON/,
    advice: () => ({
      steps: [
        'The text is not JSON at the place that the message names: print it first. An empty text, single quotes and trailing commas are no JSON; of one value a line parse each line.',
      ],
    }),
  },
  {
    name: /^RangeError$/,
    message: /Date|time value/i,
    advice: () => ({
      steps: [
        'The date is invalid: see the text that it was made of; new Date takes 2026-01-31 or 2026-01-31T12:00:00Z, for other forms take it apart first.',
      ],
    }),
  },
  {
    name: /^(RangeError|InternalError)$/,
    message: /array length|count value|string length/i,
    advice: () => ({
      steps: [
        'A length is negative, or larger than there can be: print it before; build large texts in parts and write them to a file.',
      ],
    }),
  },
  {
    name: /^Error$/,
    message: /^EISDIR/,
    advice: () => ({ steps: ['The path is a folder: give the path of a file in it; listFiles(path) shows them.'] }),
  },
  {
    name: /^Error$/,
    message: /^EEXIST/,
    advice: (_, exception) => ({
      steps: [
        'It is there already, perhaps from an earlier run of this session: fs.mkdirSync(path, { recursive: true }) does not mind; reset_workspace begins with an empty workspace.',
      ],
      ...changed(exception, /mkdirSync\(([^(),]+)\)(?!.*mkdirSync)/, 'mkdirSync($1, { recursive: true })'),
    }),
  },
  {
    name: /^Warning$/,
    message: /unsettled top-level await/,
    advice: () => ({
      steps: [
        'The program awaits a promise that nothing will ever settle: call its resolve or reject, or do not await it.',
      ],
    }),
  },
  {
    name: /^URIError$/,
    advice: () => ({
      steps: [
        'The text is not percent-encoded properly: a % must be followed by two hexadecimal digits; encodeURIComponent makes one.',
      ],
    }),
  },
  {
    name: /^DOMException$/,
    message: /cloned/,
    advice: () => ({ steps: ['structuredClone copies data, not functions: leave them out.'] }),
  },
];
