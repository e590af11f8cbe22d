import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../host/src/', import.meta.url));

/** What each file of a folder imports, by its path. */
function imports(folder: string): readonly (readonly [file: string, specifiers: readonly string[]])[] {
  return readdirSync(src + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const text = readFileSync(`${src}${folder}/${name}`, 'utf8');
      const found = [...text.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm)];
      return [`${folder}/${name}`, found.map((match) => match[1] ?? match[2] ?? match[3] ?? '')] as const;
    });
}

describe('a browser can load', () => {
  test.each(['executor', 'engine', 'pool', 'wasi', 'rewriter', 'vendor'])('%s', (folder) => {
    const files = imports(folder);
    expect(files.length).toBeGreaterThan(2);
    for (const [file, specifiers] of files) {
      expect([file, specifiers.filter((name) => !name.startsWith('.'))]).toEqual([file, []]);
      const text = readFileSync(src + file, 'utf8');
      expect([file, /\bprocess\.|\bBuffer\b|\brequire\(/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))]).toEqual(
        [file, false],
      );
    }
  });
});

describe('a room has one door', () => {
  const rooms = [
    'executor',
    'engine',
    'pool',
    'wasi',
    'rewriter',
    'store',
    'transpiler',
    'vendor',
    'guidance',
    'sandbox',
    'mcp',
  ];
  // A version, which must be known without loading what has it.
  const besides = new Set(['../transpiler/version.ts']);
  test.each([...rooms, 'cli', 'node'])('%s goes through it', (folder) => {
    for (const [file, specifiers] of imports(folder)) {
      const past = specifiers.filter((name) => {
        const room = rooms.find((other) => other !== folder && name.includes(`/${other}/`));
        return room !== undefined && !name.endsWith(`/${room}/index.ts`) && !besides.has(name);
      });
      expect([file, past]).toEqual([file, []]);
    }
  });
});
