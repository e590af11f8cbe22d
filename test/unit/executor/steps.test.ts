import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../../host/src/', import.meta.url));

/** What tells a reader what to do: an instruction, or what was expected in place of what came. */
const step =
  /\b(expected|use|give|choose|rename|raise|remove|add|write|make|upload|mount|name|send|set|lends|keep|drop|begin)\b|the \w+ are|there is no such/i;

/** Calls whose text is another error's, which has its step. */
const passedOn = ['error.message', 'problem', 'shown', 'message'];

/** The arguments of every `new InvalidRequestError(…)` of a source file. */
function constructions(text: string): string[] {
  return [...text.matchAll(/new InvalidRequestError\(/g)].map((match) => {
    const start = match.index + match[0].length;
    let depth = 1;
    let quote: string | undefined;
    let at = start;
    for (; depth > 0 && at < text.length; at++) {
      const char = text[at] ?? '';
      if (char === '\\') at++;
      else if (quote !== undefined) quote = char === quote ? undefined : quote;
      else if (`'"\``.includes(char)) quote = char;
      else if (char === '(') depth++;
      else if (char === ')') depth--;
    }
    return text
      .slice(start, at - 1)
      .replace(/\s+/g, ' ')
      .trim();
  });
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => constructions(readFileSync(src + name, 'utf8')).map((call) => [name, call] as const));

test('every malformed request is answered with the field and the next step', () => {
  // Else the search found nothing to look at.
  expect(files.length).toBeGreaterThan(90);
  const without = files.filter(([, call]) => {
    const text = call.slice(call.indexOf(',') + 1);
    return !step.test(text) && !passedOn.some((name) => new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(text));
  });
  expect(without).toEqual([]);
});
