import type { CodeExample, RunFacts } from './types.ts';
import type { UncaughtException } from './uncaught.ts';

/** What is wrong with code that does not parse, where that can be told, and the line as it would be. */
export interface SyntaxAdvice {
  readonly steps: readonly string[];
  readonly example?: CodeExample;
}

interface Rule {
  /** What the code begins with, or the line in question is like. */
  readonly code?: RegExp;
  readonly line?: RegExp;
  readonly message?: RegExp;
  readonly step: string;
  /** Makes the line what it should be. */
  readonly fix?: (line: string, before: string) => string;
}

const fences: Rule = {
  code: /^\s*```/,
  step: 'Send the code alone, without the fences of Markdown (```).',
};

const pythonRules: readonly Rule[] = [
  fences,
  {
    line: /^\s*([!%]|pip3? install\b)/,
    step: 'This is a command of a shell or a notebook, not Python; nothing can be installed: list_available_packages tells what is there, import it directly.',
  },
  {
    line: /^\s*(const|let|var|function)\s|=>|\bconsole\.log\b|^\s*(import .* from ['"])|[{;]\s*$/,
    step: 'This looks like JavaScript: give language="javascript".',
  },
  {
    message: /Missing parentheses in call to 'print'/,
    step: 'print is a function in Python 3.',
    fix: (line) => line.replace(/print\s+(.*)$/, 'print($1)'),
  },
  { message: /expected ':'/, step: 'The line must end with a colon.', fix: (line) => `${line.replace(/\s+$/, '')}:` },
  {
    message: /expected an indented block/,
    step: 'Indent the lines that belong to the one before.',
    fix: (line, before) => `${before}\n${/^\s*/.exec(before)?.[0] ?? ''}    ${line.trim()}`,
  },
  {
    message: /unexpected indent/,
    step: 'Take the spaces at the beginning away: lines of one block begin in the same column.',
    fix: (line) => line.trimStart(),
  },
  {
    message: /unindent does not match|inconsistent use of tabs/,
    step: 'Lines of one block begin in the same column: use four spaces a level, and no tabs.',
  },
  {
    message: /unterminated (triple-quoted )?(f-|t-)?string literal/,
    step: 'A text is not ended by its quote on that line. If the code came out of JSON, a line break in a text must be written \\\\n there; texts of several lines take three quotes.',
  },
  {
    message: /was never closed|unexpected EOF|does not match|unmatched/,
    step: 'Brackets do not pair: the one that the message names has no partner; the code may have been cut off.',
  },
  {
    message: /'await' outside|asynchronous comprehension outside/,
    step: 'await works in an async function only: put the code into one and run it.',
    fix: (line) => `import asyncio\nasync def main():\n    ${line.trim()}\nasyncio.run(main())`,
  },
  {
    message: /'return' outside function/,
    step: 'return works in a function only: print the result.',
    fix: (line) => line.replace(/return\s*(.*)$/, 'print($1)'),
  },
  {
    message: /cannot assign to .*Maybe you meant '=='/,
    step: 'To compare use ==.',
    fix: (line) => line.replace(/([^=!<>])=([^=])/, '$1==$2'),
  },
];

const javascriptRules: readonly Rule[] = [
  fences,
  {
    line: /^\s*(def \w+\(.*:|elif\b|import \w+( as \w+)?\s*$|from [\w.]+ import|class \w+(\(.*\))?:|(if|for|while)\b[^({]*:\s*$|#)/,
    step: 'This looks like Python: give language="python".',
  },
  {
    line: /^\s*(export\s+)?(interface|type|enum|declare|namespace)\s+\w|\b(const|let|var)\s+\w+\s*:\s*\w|\)\s*:\s*\w[\w<>[\]|]*\s*(=>|\{)|\(\s*\w+\??\s*:\s*\w|\bas\s+(const|\w+)\b/,
    step: 'This looks like TypeScript: take the types out (annotations, interfaces, enums, as).',
    fix: untyped,
  },
  {
    line: /<[A-Za-z][\w.]*[^>]*\/?>/,
    message: /unexpected token/i,
    step: 'This looks like JSX, which is not JavaScript: make text of it, in backquotes.',
  },
  {
    message: /does not provide an export named '([^']+)'/,
    step: 'The module has no export of that name: see what it has with import * as all from … and console.log(Object.keys(all)).',
  },
  {
    message: /redefinition|already been declared/,
    step: 'A name is declared twice: take the second let or const away, or choose another name.',
  },
  {
    message: /'?await'?/,
    step: 'await works in an async function, or outside of all functions: make the function async.',
    fix: (line) => line.replace(/(?<!async )function\b/, 'async function'),
  },
  {
    message: /invalid or unexpected token|unterminated string|end of input|end of template|missing \/$/i,
    step: 'A quote or bracket is not closed: the code may have been cut off; if it came out of JSON, a line break in a text must be written \\\\n there, or the text stand in backquotes.',
  },
  { message: /from clause expected/, step: "An import names what it takes and from where: import name from 'module'." },
];

/** Advice on code that does not parse; nothing where no rule fits. */
export function syntaxAdvice(
  { code = '', language }: RunFacts,
  exception: UncaughtException | undefined,
): SyntaxAdvice | undefined {
  const lines = code.split('\n');
  const at = (exception?.line ?? 1) - 1;
  const line = (lines[at] ?? '').slice(0, 500);
  const message = exception?.message ?? '';
  const rule = (language === 'python' ? pythonRules : javascriptRules).find(
    (each) =>
      (each.code?.test(code) ?? true) && (each.line?.test(line) ?? true) && (each.message?.test(message) ?? true),
  );
  if (rule === undefined) return undefined;
  const before = (lines[at - 1] ?? '').slice(0, 500);
  const after = rule.fix?.(line, before);
  if (after === undefined || (after.trim() === line.trim() && after === line)) return { steps: [rule.step] };
  return {
    steps: [rule.step],
    example: { before: after.startsWith(before) && before !== '' ? `${before}\n${line}` : line, after },
  };
}

/** A declaration without its type. */
function untyped(line: string): string {
  return line.replace(/\b((?:const|let|var)\s+\w+)\s*:\s*[\w<>[\]|. ]+?(\s*=)/, '$1$2');
}
