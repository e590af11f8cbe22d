import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const component = 'dist/components/exec-javascript.wasm';
const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

test('a clean build in another folder gives the same JavaScript component, byte for byte', {
  timeout: 300_000,
}, async () => {
  const copy = await mkdtemp(join(tmpdir(), 'golem-exec-clean-'));
  try {
    for (const name of [
      'build',
      'components',
      'wit',
      'host',
      'vendor_js',
      'vendor_py',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ]) {
      await cp(join(root, name), join(copy, name), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    // What comes from the registries is checksummed, so it need not be fetched twice.
    await mkdir(join(copy, '.cache'));
    for (const name of ['tools', 'sources']) await symlink(join(root, '.cache', name), join(copy, '.cache', name));
    await cp(join(root, '.cache/stamps'), join(copy, '.cache/stamps'), {
      recursive: true,
      filter: (from) => !/build|transpile|bundle/.test(from),
    });
    const child = spawn(process.execPath, ['build/start.mjs', 'build/index.ts', 'javascript'], {
      cwd: copy,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, code === 0 ? '' : log]).toEqual([0, '']);
    expect(await sha256(join(copy, component))).toBe(await sha256(join(root, component)));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
