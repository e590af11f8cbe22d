import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version as esbuildVersion, transform } from 'esbuild';
import { requiredExports } from '../host/src/engine/index.ts';
import { componentId } from '../host/src/node/component-id.ts';
import { transpile, transpilerVersion } from '../host/src/transpiler/index.ts';
import { paths } from './lib/paths.ts';
import { runStep } from './lib/step.ts';

const smaller = { format: 'esm', minifyWhitespace: true, minifySyntax: true, legalComments: 'none' } as const;

/** Turns a component into the JavaScript module and core modules that the host instantiates. */
export async function transpileComponent(language: string, name: string): Promise<void> {
  const component = join(paths.components, `${name}.wasm`);
  const target = join(paths.components, language);
  await runStep({
    name: `transpile ${name}`,
    inputs: [component, join(paths.root, 'host/src/rewriter'), join(paths.root, 'host/src/transpiler')],
    values: [transpilerVersion, esbuildVersion, JSON.stringify(smaller)],
    outputs: [join(target, `${name}.js`), join(target, `${name}.id`)],
    build: async () => {
      const bytes = await readFile(component);
      const { script, modules } = await transpile(bytes, { name, requiredExports });
      const fresh = `${target}.new`;
      await rm(fresh, { recursive: true, force: true });
      await mkdir(fresh, { recursive: true });
      // Every worker parses it when it starts.
      await writeFile(join(fresh, `${name}.js`), (await transform(script, smaller)).code);
      await writeFile(join(fresh, `${name}.id`), componentId(bytes));
      for (const [file, bytes] of modules) await writeFile(join(fresh, file), bytes);
      await rm(target, { recursive: true, force: true });
      await rename(fresh, target);
    },
  });
}
