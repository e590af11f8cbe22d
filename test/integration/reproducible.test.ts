import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../../build/lib/paths.ts';
import { readTree } from '../../build/lib/vendor.ts';
import { compileTree } from '../../build/lib/vendor-compile.ts';
import { sameMachine } from '../../build/same-machine.ts';
import { fetchToolchain } from '../../build/toolchain.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hashOf = async (folder: string, file: string): Promise<string> => sha256(await readFile(join(folder, file)));

const machine = await sameMachine(await fetchToolchain());

describe('a clean build in another folder gives, byte for byte,', () => {
  let copy: string;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'golem-exec-clean-'));
    const names = ['build', 'components', 'wit', 'host', 'vendor_js', 'vendor_py'];
    for (const name of [...names, 'package.json', 'package-lock.json', 'tsconfig.json']) {
      await cp(join(paths.root, name), join(copy, name), { recursive: true });
    }
    await symlink(join(paths.root, 'node_modules'), join(copy, 'node_modules'));
    // What comes from the registries is checksummed, so it need not be fetched twice.
    await mkdir(join(copy, '.cache'));
    for (const name of ['tools', 'sources']) await symlink(join(paths.cache, name), join(copy, '.cache', name));
    await cp(join(paths.cache, 'stamps'), join(copy, '.cache/stamps'), {
      recursive: true,
      filter: (from) => !/build|transpile|bundle/.test(from),
    });
    await mkdir(join(copy, 'temporary'));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** Runs Node in the copy, in surroundings that are not those of the first build. */
  async function node(args: readonly string[]): Promise<void> {
    const surroundings = { TMPDIR: join(copy, 'temporary'), TZ: 'Asia/Tokyo', LC_ALL: 'C', PYTHONHASHSEED: '7' };
    const child = spawn(process.execPath, args, {
      cwd: copy,
      env: { ...process.env, ...surroundings },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, code === 0 ? '' : log]).toEqual([0, '']);
  }

  test('the same JavaScript component', { timeout: 300_000 }, async () => {
    await node(['build/start.mjs', 'build/index.ts', 'javascript']);
    const component = 'dist/components/exec-javascript.wasm';
    expect(await hashOf(copy, component)).toBe(await hashOf(paths.root, component));
  });

  // The parts of the build that make the components, without what is made of them afterwards.
  test.skipIf('reason' in machine)(
    `the same Python components and library${'reason' in machine ? ` (skipped: ${machine.reason})` : ''}`,
    { timeout: 600_000 },
    async () => {
      const script = `
        const { fetchToolchain } = await import('./build/toolchain.ts');
        const { buildPythonComponent } = await import('./build/python.ts');
        const toolchain = await fetchToolchain();
        await buildPythonComponent(toolchain, 'exec-python');
        await buildPythonComponent(toolchain, 'exec-python-streaming');`;
      await node(['--input-type=module', '--eval', script]);
      for (const file of [
        '.cache/python-stdlib/stdlib.pack',
        '.cache/python-stdlib/stdlib.index',
        'dist/components/exec-python.wasm',
        'dist/components/exec-python-streaming.wasm',
      ]) {
        expect([file, await hashOf(copy, file)]).toEqual([file, await hashOf(paths.root, file)]);
      }
    },
  );
});

test('Python packages are compiled to the same byte code, in another order and other company', {
  timeout: 300_000,
}, async () => {
  const built = await readTree(join(paths.cache, 'vendor/python'));
  const sources = [...built].filter(([path]) => path.endsWith('.py'));
  const some = new Map(sources.filter((_, index) => index % 9 === 0).reverse());
  const compiled = await compileTree(some);
  expect(compiled.size).toBe(some.size);
  for (const [path, bytes] of compiled) {
    expect([path, sha256(bytes)]).toEqual([path, sha256(built.get(path) ?? new Uint8Array())]);
  }
});
