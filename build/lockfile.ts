/**
 * `npm run lockfile`, after a change of dependencies: makes package-lock.json hold for every platform and registry.
 *
 * npm leaves out the platform packages that the registry at hand does not have, and `npm ci` then refuses the file
 * wherever they exist. This adds them from what their parents say, and takes the addresses of the registry out.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from './lib/paths.ts';

interface Locked {
  version?: string;
  resolved?: string;
  dev?: boolean;
  license?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const systems = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 's390x', 'ppc64', 'riscv64', 'loong64', 'mips64el', 'wasm32'];
const file = join(paths.root, 'package-lock.json');
const lock = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, Locked> };

/** Where a dependency of the package at `place` is found, as Node looks for it. */
function locate(place: string, name: string): string | undefined {
  for (let base = place; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const candidate = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (lock.packages[candidate]?.version !== undefined) return candidate;
    if (base === '') return undefined;
  }
}

let added = 0;
for (const [place, parent] of Object.entries(lock.packages)) {
  delete parent.resolved;
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) continue;
    const present = locate(place, name);
    if (present !== undefined && lock.packages[present]?.version === version) continue;
    const words = name.split(/[-_/@]/);
    const entry: Locked = { version, optional: true };
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((processor) => words.includes(processor));
    if (place === '' || parent.dev === true) entry.dev = true;
    if (os.length > 0) entry.os = os;
    if (cpu.length > 0) entry.cpu = cpu;
    if (words.some((word) => word.startsWith('musl'))) entry.libc = ['musl'];
    lock.packages[`${present === undefined || place === '' ? '' : `${place}/`}node_modules/${name}`] = entry;
    added++;
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
await writeFile(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
console.log(`package-lock.json: ${added} platform packages added`);
