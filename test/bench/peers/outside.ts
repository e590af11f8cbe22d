import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LanguageKind } from 'golem-exec';
import { python } from '../../../build/lib/python.ts';
import { componentNames } from '../../../host/src/node/components.ts';
import { installWheels } from '../../conformance/wasmtime/install.ts';
import { type OutsidePeer, type Programs, roundsOf, type Timings } from './peer.ts';

const script = fileURLToPath(new URL('peers.py', import.meta.url));

/** The same component in Wasmtime. */
export function wasmtime(language: LanguageKind): OutsidePeer {
  const component = fileURLToPath(
    new URL(`../../../dist/components/${componentNames[language]}.wasm`, import.meta.url),
  );
  return {
    name: 'Wasmtime',
    how: 'the same component, compiled before: new instance, one run',
    measure: async (programs) =>
      ask(await python(), [script, 'wasmtime', component, language], programs, await installWheels('wasmtime')),
  };
}

/** Pydantic's Monty: an interpreter of its own for a part of Python, in a pool of processes. */
export const monty: OutsidePeer = {
  name: 'monty',
  how: 'a session of a warm pool, one run; knows a part of Python',
  measure: async (programs) => ask(await python(), [script, 'monty'], programs, await installWheels('monty')),
};

/** The machine's own Python; the time of `exec`, start-up excluded. */
export const nativePython: OutsidePeer = {
  name: 'python3',
  how: 'exec in one process: nothing is isolated',
  measure: async (programs) => ask('python3', [script, 'native'], programs),
};

/** Node itself; start-up excluded. */
export const nativeNode: OutsidePeer = {
  name: 'node',
  how: 'a function in one process: V8 compiles to machine code, nothing is isolated',
  measure: async (programs) => ask(process.execPath, ['-e', nodeScript], programs),
};

const nodeScript = `
const { programs, rounds } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const milliseconds = {}, failures = {};
for (const [name, source] of Object.entries(programs)) {
  const times = [];
  try {
    for (let i = 0; i < rounds[name]; i++) {
      const begin = performance.now();
      new Function('console', source)({ log() {} });
      times.push(performance.now() - begin);
    }
    times.sort((a, b) => a - b);
    milliseconds[name] = times[name === 'hello' ? times.length >> 1 : 0];
  } catch (error) { failures[name] = String(error); }
}
console.log(JSON.stringify({ milliseconds, failures }));`;

function ask(command: string, args: readonly string[], programs: Programs, path?: string): Timings {
  const rounds = Object.fromEntries(Object.keys(programs).map((name) => [name, roundsOf(name)]));
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input: JSON.stringify({ programs, rounds }),
    encoding: 'utf8',
    env: { ...process.env, ...(path === undefined ? {} : { PYTHONPATH: path }) },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? `ended with ${status}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Timings;
}
