import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the command line parser imports and never uses here: it starts no executables for its subcommands. */
const unused: ReadonlySet<string> = new Set(['node:child_process']);

/** An `import` of one of Node's modules, in the form in which esbuild writes it. */
const nodeImport = /^import (\{[^}]*\}|\w+|\* as \w+) from "(node:[^"]+)";$/gm;

/**
 * For bundles whose start counts.
 *
 * Node's modules are asked for as objects: an `import` of one reads all of its properties, and those load further modules
 * (`process.stdout`, `fs.promises`, `crypto.webcrypto`), 3 to 8 ms each.
 *
 * The command line parser becomes part of the bundle, with its licence, and without the module for child processes.
 */
export function quickStart(): Plugin {
  return {
    name: 'quick start',
    setup(context) {
      context.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
        unused.has(path) && importer.includes('commander') ? { path, namespace: 'unused' } : undefined,
      );
      context.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export default {};' }));
      context.onResolve({ filter: /^commander$/ }, () => ({
        path: createRequire(import.meta.url).resolve('commander'),
      }));
      context.onLoad({ filter: /[\\/]commander[\\/]index\.js$/ }, async ({ path }) => {
        const licence = await readFile(join(dirname(path), 'LICENSE'), 'utf8');
        return { contents: `/*! commander\n${licence}*/\n${await readFile(path, 'utf8')}` };
      });
      context.initialOptions.write = false;
      context.onEnd(async ({ outputFiles = [] }) => {
        for (const { path, text } of outputFiles) {
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, path.endsWith('.js') ? withObjects(text) : text);
          if (text.startsWith('#!')) await chmod(path, 0o755);
        }
      });
    },
  };
}

/** Every line stays where it is, for the source map. */
function withObjects(code: string): string {
  return code.replace(nodeImport, (_, names: string, module: string) => {
    // Not `process`, which may be what is asked for.
    const target = names.replace('* as ', '').replace(/(\w+) as (\w+)/g, '$1: $2');
    return `const ${target} = globalThis.process.getBuiltinModule("${module}");`;
  });
}
