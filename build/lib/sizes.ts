import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { progress } from './log.ts';
import { paths } from './paths.ts';
import { runStep } from './step.ts';

/**
 * Prints the size of a built component, as it is and compressed with gzip (level 9).
 *
 * @param hash of what it is made of.
 */
export async function printSize(name: string, hash: string): Promise<void> {
  const component = join(paths.components, `${name}.wasm`);
  const measured = join(paths.cache, 'sizes', name);
  await runStep({
    name: `measure ${name}`,
    inputs: [],
    values: [hash],
    outputs: [measured],
    build: async () => {
      const bytes = await readFile(component);
      const compressed = await promisify(gzip)(bytes, { level: 9 });
      await mkdir(dirname(measured), { recursive: true });
      await writeFile(measured, `${megabytes(bytes.length)}, ${megabytes(compressed.length)} with gzip`);
    },
  });
  progress(`${name}.wasm: ${await readFile(measured, 'utf8')}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
