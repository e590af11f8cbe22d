import { BuildError, progress } from './lib/log.ts';
import { fetchToolchain } from './toolchain.ts';

try {
  const toolchain = await fetchToolchain();
  console.log(await toolchain.componentizePy(['--version']), toolchain.zig);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  progress(`build stopped: ${error.message}`);
  process.exitCode = 1;
}
