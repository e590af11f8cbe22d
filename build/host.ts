import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';
import { quickStart } from './lib/quick-start.ts';
import { runStep } from './lib/step.ts';

const source = join(paths.root, 'host/src');

/** Bundles the library, the command line and the worker into `dist/`, with type declarations beside them. */
export async function buildHost(): Promise<void> {
  await runStep({
    name: 'bundle the host',
    inputs: [
      source,
      ...['tsconfig.json', 'package.json', 'build/lib/quick-start.ts'].map((file) => join(paths.root, file)),
    ],
    outputs: [
      join(paths.dist, 'index.js'),
      join(paths.dist, 'cli.js'),
      join(paths.dist, 'mcp.js'),
      join(paths.dist, 'worker.js'),
      join(paths.dist, 'analyse-javascript.mjs'),
    ],
    build: async () => {
      // The names of chunks are made of their content: what is no longer part of the bundle would stay, and be published.
      for (const file of await readdir(paths.dist).catch(() => [])) {
        if (/\.js(\.map)?$/.test(file)) await rm(join(paths.dist, file));
      }
      const bundle = {
        outdir: paths.dist,
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node22.12',
        packages: 'external',
        sourcemap: true,
        logLevel: 'silent',
      } as const satisfies BuildOptions;
      await build({
        ...bundle,
        splitting: true,
        entryPoints: { index: join(source, 'index.ts'), mcp: join(source, 'mcp/index.ts') },
      });
      // By themselves, because each file that is loaded takes its time: few of them are.
      const plugins = [quickStart()];
      await build({ ...bundle, plugins, splitting: true, entryPoints: { cli: join(source, 'cli/main.ts') } });
      await build({ ...bundle, plugins, entryPoints: { worker: join(source, 'node/worker.ts') } });
      // A program that the sandbox runs, and not a part of the library.
      await build({
        entryPoints: [join(source, 'guidance/javascript-analyser.ts')],
        outfile: join(paths.dist, 'analyse-javascript.mjs'),
        bundle: true,
        format: 'esm',
        platform: 'node',
        minify: true,
        legalComments: 'inline',
        logLevel: 'silent',
      });
      await run(process.execPath, [
        join(paths.root, 'node_modules/typescript/bin/tsc'),
        '--project',
        join(paths.root, 'host/tsconfig.json'),
      ]);
    },
  });
}
