/**
 * Builds everything: `npm run build [-- host|javascript|python|streaming …]`. Without a name all parts are built; a part
 * whose inputs have not changed is skipped.
 *
 * DEVIATION D10: TypeScript and npm, where the requirement texts say Rust and cargo.
 */
import { buildHost } from './host.ts';
import { buildJavaScriptComponent } from './javascript.ts';
import { BuildError, progress } from './lib/log.ts';
import { printSize } from './lib/sizes.ts';
import { buildPythonComponent } from './python.ts';
import { fetchToolchain, type Toolchain } from './toolchain.ts';
import { transpileComponent } from './transpile.ts';
import { buildJavaScriptPackages } from './vendor-javascript.ts';
import { buildPythonPackages } from './vendor-python.ts';

const parts: Readonly<Record<string, (toolchain: () => Promise<Toolchain>) => Promise<void>>> = {
  host: () => buildHost(),
  javascript: async (toolchain) => {
    const hash = await buildJavaScriptComponent(await toolchain());
    await transpileComponent('javascript', 'exec-javascript');
    await printSize('exec-javascript', hash);
  },
  python: async (toolchain) => {
    const hash = await buildPythonComponent(await toolchain());
    await transpileComponent('python', 'exec-python');
    await printSize('exec-python', hash);
  },
  'vendor-javascript': () => buildJavaScriptPackages(),
  'vendor-python': async (toolchain) => await buildPythonPackages(await toolchain()),
  // Not for our host: components for others, with WASI 0.3.
  streaming: async (toolchain) => {
    const javascript = await buildJavaScriptComponent(await toolchain(), 'exec-javascript-streaming');
    const python = await buildPythonComponent(await toolchain(), 'exec-python-streaming');
    await printSize('exec-javascript-streaming', javascript);
    await printSize('exec-python-streaming', python);
  },
};

try {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
  let toolchain: Promise<Toolchain> | undefined;
  for (const name of wanted) {
    const part = parts[name];
    if (part === undefined)
      throw new BuildError(`there is no part ${name}; the parts are ${Object.keys(parts).join(', ')}`);
    await part(() => (toolchain ??= fetchToolchain()));
  }
  progress('build complete');
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  progress(`build stopped: ${error.message}`);
  process.exitCode = 1;
}
