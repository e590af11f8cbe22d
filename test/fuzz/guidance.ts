import fc from 'fast-check';
import { adviseOn, type RunFacts, structuredContent } from '../../host/src/guidance/index.ts';
import { javascriptFacts } from '../../host/src/guidance/javascript-facts.ts';
import { parseUri } from '../../host/src/mcp/resources.ts';
import type { FuzzTarget } from './targets.ts';

const words = fc.constantFrom(
  ...[
    'for (;;) ',
    'while (true) {',
    '}',
    'os.readdir(',
    ')',
    'const [a, b] = ',
    'const x = ',
    'x.',
    'require("',
    '")',
    'import ',
    ' from ',
  ],
  ...[
    '`',
    '${',
    '"/etc/x"',
    'fetch(',
    'function f() {',
    'f()',
    'class A {',
    ';',
    '\n',
    '_state',
    '=> ',
    '[',
    ']',
    '(',
    '9e99',
    '0',
    '/',
    '\\u{',
  ],
);
const code = fc.array(
  fc.oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) }),
  { maxLength: 40 },
);

/** Whatever is sent to be analysed, there is advice of a bounded size. */
const analysed = fc.asyncProperty(code, async (pieces) => {
  const facts = await javascriptFacts(pieces.join(''));
  const advice = adviseOn(facts, { language: 'javascript', defaults: { fuelBudget: 1e10, memoryBytes: 1 << 27 } });
  const { fuel_budget } = advice.recommended_config;
  if (!Number.isSafeInteger(fuel_budget) || fuel_budget < 1) throw new Error(`no budget: ${fuel_budget}`);
  if (JSON.stringify(advice).length > 200_000) throw new Error('the advice has no bound');
});

const run: Omit<RunFacts, 'stderr'> = {
  ...{
    language: 'python',
    success: false,
    exitCode: 1,
    fuelConsumed: 1,
    fuelBudget: 2,
    memoryLimitBytes: 3,
    timeoutSeconds: 4,
  },
  failure: { tag: 'runtime-failed', message: 'it failed', details: {} },
};
const lines = fc.constantFrom(
  'Traceback (most recent call last):\n',
  '  File "/app/x", line 3\n',
  'A: b\n',
  '    at f (/app/a.js:1:2)\n',
  "  path: '",
  "'\n",
  '[Errno 44] x: ',
  '\n',
  ' {\n',
);

/** Whatever a program leaves on standard error, there are two ways out. */
const classified = fc.property(
  fc.array(fc.oneof(lines, fc.string({ unit: 'binary' })), { maxLength: 30 }),
  fc.boolean(),
  (pieces, python) => {
    const content = structuredContent({ ...run, language: python ? 'python' : 'javascript', stderr: pieces.join('') });
    if ((content.actionable_guidance?.length ?? 0) < 2) throw new Error('no way out');
  },
);

/** An address leads into /app of a session, or is refused. */
const addressed = fc.property(
  fc.oneof(
    fc.webUrl(),
    fc.string().map((text) => `golem-exec://default/app/${text}`),
  ),
  (uri) => {
    let parsed: ReturnType<typeof parseUri>;
    try {
      parsed = parseUri(uri);
    } catch {
      return;
    }
    const parts = parsed.path.split('/');
    if (!parsed.path.startsWith('/app/') || parts.includes('..') || parsed.path.includes('\0'))
      throw new Error(parsed.path);
  },
);

export const guidanceTargets: readonly FuzzTarget[] = [
  { name: 'guidance: analysis of JavaScript', property: analysed },
  { name: 'guidance: standard error', property: classified },
  { name: 'mcp: addresses of files', property: addressed },
];
