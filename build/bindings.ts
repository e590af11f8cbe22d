/**
 * Regenerates the committed C bindings of the JavaScript component: `npm run bindings`, with the generator in
 * WIT_BINDGEN (`cargo install wit-bindgen-cli --version 0.63.0 --locked` gives it). The generator is not on the
 * default path of the build, because compiling it takes minutes.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError, progress } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';

const engine = join(paths.root, 'components/javascript/engine');
/** The same world twice: as hosts with WASI 0.2 know it, and with what WASI 0.3 adds. */
const targets = [
  { target: join(engine, 'bindings'), features: [] },
  { target: join(engine, 'bindings-streaming'), features: ['--features', 'streaming'] },
] as const;
const files = ['exec_javascript.c', 'exec_javascript.h'] as const;
const generated = targets.flatMap(({ target }) => files.map((file) => join(target, file)));

/** SHA-256 of the project's own WIT files, in the order of their names. */
export async function witHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(paths.wit)).filter((file) => file.endsWith('.wit')).sort()) {
    hash
      .update(name)
      .update('\0')
      .update(await readFile(join(paths.wit, name)));
  }
  return hash.digest('hex');
}

/** The hash of the WIT files that each committed file was generated from. */
export async function bindingsHashes(): Promise<readonly (string | undefined)[]> {
  const texts = await Promise.all(generated.map((file) => readFile(file, 'utf8')));
  return texts.map((text) => /^\/\/ WIT sha256 ([0-9a-f]{64})$/m.exec(text)?.[1]);
}

async function generate(): Promise<void> {
  const generator = process.env['WIT_BINDGEN'];
  if (!generator) {
    throw new BuildError('Set WIT_BINDGEN to the wit-bindgen command, version 0.63.0 (cargo install wit-bindgen-cli).');
  }
  for (const { target, features } of targets) {
    await run(generator, ['c', paths.wit, '--world', 'exec-javascript', ...features, '--out-dir', target]);
    progress(`bindings written to ${target}`);
  }
  const header = `// WIT sha256 ${await witHash()}\n`;
  for (const file of generated) await writeFile(file, header + (await readFile(file, 'utf8')));
}

if (import.meta.main) {
  await generate().catch((error: unknown) => {
    if (!(error instanceof BuildError)) throw error;
    progress(`bindings not generated: ${error.message}`);
    process.exitCode = 1;
  });
}
