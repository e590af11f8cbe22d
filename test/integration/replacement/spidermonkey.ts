import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { componentize, version } from '@bytecodealliance/componentize-js';
import { paths } from '../../../build/lib/paths.ts';
import { runStep } from '../../../build/lib/step.ts';

const source = fileURLToPath(new URL('./spidermonkey.mjs', import.meta.url));
const target = join(paths.cache, 'test/spidermonkey.wasm');
const packages = ['wasi-io', 'wasi-clocks', 'wasi-filesystem'];

/** The contract, the replacement's world and the packages it needs, as one text. */
function witText(): string {
  const contract = readFileSync(join(paths.wit, 'golem-exec.wit'), 'utf8');
  const world = 'world replacement { import wasi:filesystem/preopens@0.2.12; export executor; export sessions; }';
  const nested = packages.map((name) => {
    const text = readFileSync(join(paths.wit, 'deps', name, 'package.wit'), 'utf8');
    return `${text.replace(/^package ([^;]+);/m, 'package $1 {')}\n}`;
  });
  return [contract, world, ...nested].join('\n');
}

/**
 * The path of a component that runs JavaScript on SpiderMonkey. Building it takes 20 seconds, and is done when its
 * source changes.
 */
export async function spiderMonkeyComponent(): Promise<string> {
  await runStep({
    name: 'componentize SpiderMonkey for the tests',
    inputs: [source, join(paths.wit, 'golem-exec.wit')],
    values: [version],
    outputs: [target],
    build: async () => {
      const options = {
        sourcePath: source,
        // The text of a world is not among the declared options, though it is one.
        witWorld: witText(),
        worldName: 'replacement',
        disableFeatures: ['http' as const, 'fetch-event' as const],
      };
      const { component } = await componentize(options);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, component);
    },
  });
  return target;
}
