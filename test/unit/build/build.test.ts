import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../../../build/lib/paths.ts';
import { pipInstall } from '../../../build/lib/python.ts';
import { runStep } from '../../../build/lib/step.ts';
import { transpilerVersion } from '../../../host/src/transpiler/version.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golem-exec-build-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** Runs `build/start.mjs build/index.ts`. */
function build(
  args: readonly string[],
  env: Record<string, string> = {},
  node: readonly string[] = [],
): Promise<Ended> {
  return new Promise((resolve) => {
    const script = [...node, 'build/start.mjs', 'build/index.ts', ...args];
    execFile(process.execPath, script, { cwd: paths.root, env: { ...process.env, ...env } }, (error, _, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

describe('a step', () => {
  test('runs when its inputs changed, an output is missing, or it was interrupted, and else not', async () => {
    const [input, output] = [join(folder, 'input'), join(folder, 'output')];
    const name = `test ${Math.random()}`;
    let runs = 0;
    let interrupted = false;
    const step = (values: string[] = []) =>
      runStep({
        name,
        inputs: [input],
        values,
        outputs: [output],
        build: async () => {
          runs++;
          await writeFile(output, '');
          if (interrupted) throw new Error('interrupted');
        },
      });
    try {
      await writeFile(input, '1');
      await step();
      await step();
      expect(runs).toBe(1);
      await writeFile(input, '2');
      await step();
      expect(runs).toBe(2);
      await step(['a flag']);
      expect(runs).toBe(3);
      await rm(output);
      await step(['a flag']);
      expect(runs).toBe(4);
      await writeFile(input, '3');
      interrupted = true;
      await expect(step()).rejects.toThrow('interrupted');
      interrupted = false;
      await step();
      expect(runs).toBe(6);
    } finally {
      await rm(join(paths.cache, 'stamps', name), { force: true });
    }
  });
});

describe('the build', () => {
  test('with nothing changed takes less than 5 s, and its lines begin with the seconds', async () => {
    // Whatever was out of date is not any more.
    expect((await build([])).code).toBe(0);
    const began = performance.now();
    const { code, stderr } = await build([]);
    expect(performance.now() - began).toBeLessThan(5_000);
    const lines = stderr.split('\n').slice(0, -1);
    expect([code, lines.at(-1)]).toEqual([0, expect.stringMatching(/^\[ +\d+\.\d s\] build complete$/)]);
    // And what was built is as large as it says.
    const sizes = ['javascript', 'python', 'javascript-streaming', 'python-streaming'];
    expect(lines.length).toBe(sizes.length + 1);
    for (const [index, name] of sizes.entries()) {
      const { size } = await stat(join(paths.components, `exec-${name}.wasm`));
      const raw = (size / 1e6).toFixed(2).replace('.', '\\.');
      expect(lines[index]).toMatch(
        new RegExp(`^\\[ +\\d+\\.\\d s\\] exec-${name}\\.wasm: ${raw} MB, \\d+\\.\\d\\d MB with gzip$`),
      );
    }
  }, 300_000);

  test('says what parts there are', async () => {
    const { code, stderr } = await build(['rust']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('the parts are host, javascript, python')]);
  });
});

describe('what is missing is told with the next step:', () => {
  /** Asks for the machine's Python as the build does, in a process of its own: a process looks for it once. */
  function pythonWith(env: Record<string, string>): Promise<string> {
    const ask = `import { python } from ${JSON.stringify(join(paths.root, 'build/lib/python.ts'))}; await python().catch((e) => console.log(e.name + ': ' + e.message));`;
    return new Promise((resolve) => {
      execFile(process.execPath, ['--input-type=module', '-e', ask], { env }, (_, stdout) => resolve(stdout));
    });
  }

  test('no Python', async () => {
    expect(await pythonWith({ PATH: folder })).toMatch(/^BuildError: No Python ≥ 3\.9 found .* Install one/);
    expect(await pythonWith({ PATH: folder, PYTHON: '/nowhere/python' })).toMatch(/PYTHON=\/nowhere\/python.*unset it/);
  });

  test.skipIf(process.platform === 'win32')('Python without pip, or too old', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const fake = async (text: string): Promise<void> => {
      await writeFile(join(bin, 'python3'), `#!/bin/sh\n${text}\n`);
      await chmod(join(bin, 'python3'), 0o755);
    };
    await fake('if [ "$1" = -c ]; then echo 3.12; else exit 1; fi');
    expect(await pythonWith({ PATH: [bin, '/bin'].join(delimiter) })).toMatch(/python3 has no pip.*Install it/);
    await fake('echo 3.8');
    expect(await pythonWith({ PATH: bin })).toMatch(/No Python ≥ 3\.9 found/);
  });

  test('a Node that is too old', async () => {
    const old = 'data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "20.11.0" } });';
    const { code, stderr } = await build([], {}, ['--import', old]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/This is Node 20\.11\.0; .* need at least .*"npm ci"/)]);
  });

  test('a checksum that is not the pinned one', async () => {
    const wheel = join(folder, 'changed-1.0-py3-none-any.whl');
    await writeFile(wheel, 'not what it was');
    const requirements = join(folder, 'requirements.txt');
    await writeFile(requirements, `${wheel} --hash=sha256:${'0'.repeat(64)}\n`);
    const installed = pipInstall(requirements, join(folder, 'installed'));
    await expect(installed).rejects.toThrow(/DO NOT MATCH THE HASHES/);
  });
});

describe('what is fetched is pinned:', () => {
  test.each(['tools.txt', 'sources.txt', 'wasmtime.txt', 'monty.txt'])(
    '%s names versions and checksums, and no place',
    async (name) => {
      const text = await readFile(join(paths.root, 'build/requirements', name), 'utf8');
      const entries = text
        .replaceAll('\\\n', '')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) expect(entry).toMatch(/^[\w-]+==[\w.]+( +--hash=sha256:[0-9a-f]{64})+ *$/);
    },
  );

  test('what npm’s packages make is made anew when their versions change', async () => {
    const text = (name: string): Promise<string> => readFile(join(paths.root, name), 'utf8');
    const { version } = JSON.parse(await text('node_modules/@bytecodealliance/jco-transpile/package.json')) as {
      version: string;
    };
    // Also the key of what is kept in the user's cache.
    expect(transpilerVersion.split(', ')[0]).toBe(`jco-transpile ${version}`);
    expect(await text('build/transpile.ts')).toMatch(/values: \[transpilerVersion, esbuildVersion,/);
    // The steps that bundle packages; the component's later steps have the hash of its runtime's.
    for (const name of ['build/javascript.ts', 'build/vendor-javascript.ts']) {
      expect([name, await text(name)]).toEqual([name, expect.stringContaining("'package-lock.json'")]);
    }
    expect(await text('build/host.ts')).toMatch(/inputs: \[[^\]]*'package\.json'/);
  });

  test('npm’s packages by the lock file, a Node for five platforms among them', async () => {
    const { packages } = JSON.parse(await readFile(join(paths.root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string; integrity?: string; optional?: boolean }>;
    };
    for (const [path, { version, integrity, optional }] of Object.entries(packages)) {
      expect([path, version]).toEqual([path, expect.any(String)]);
      // The registry at hand may lack packages for other platforms: build/lockfile.ts.
      if (path !== '' && optional !== true)
        expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    }
    for (const name of ['bin-darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win-x64']) {
      expect(packages[`node_modules/node-${name}`]).toMatchObject({
        version: expect.stringMatching(/^26\./),
        integrity: expect.stringMatching(/^sha512-/),
      });
    }
  });
});
