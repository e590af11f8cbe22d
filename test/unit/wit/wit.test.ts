import { readFileSync } from 'node:fs';
import { generateHostTypes } from '@bytecodealliance/jco-transpile';
import { _setPreopens } from '@bytecodealliance/preview2-shim/filesystem';
import { beforeAll, describe, expect, test } from 'vitest';

const wit = new URL('../../../wit', import.meta.url).pathname;
const worlds = ['exec-javascript', 'exec-javascript-host', 'exec-python', 'exec-python-host'] as const;

// jco's own parser is a component, and sees only the folders it is lent.
beforeAll(() => (_setPreopens as (preopens: object) => void)({ '/': '/' }));

/** The TypeScript declarations that jco makes of a world, by file name. */
async function declarations(worldName: string, features: string[]): Promise<Map<string, string>> {
  const files: unknown = await generateHostTypes(wit, { worldName, features, asyncMode: 'jspi' });
  return new Map(
    Object.entries(files as Record<string, Uint8Array>).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
}

describe('wit/', () => {
  test.each(worlds)('jco parses world %s, with and without streaming', async (world) => {
    for (const features of [[], ['streaming']]) {
      const files = await declarations(world, features);
      const executor = files.get('interfaces/golem-exec-executor.d.ts') ?? '';
      expect(executor).toContain('export function run(');
      expect(executor.includes('runStreaming')).toBe(features.length > 0);
      expect(files.has('interfaces/golem-exec-host-functions.d.ts')).toBe(world.endsWith('-host'));
    }
  });

  test('streaming is an asynchronous function that gives a stream of events', async () => {
    const files = await declarations('exec-python', ['streaming']);
    expect(files.get('interfaces/golem-exec-executor.d.ts')).toMatch(
      /runStreaming\([^)]*\): Promise<AsyncIterable<ExecEvent>>/,
    );
    expect(files.get('interfaces/golem-exec-sessions.d.ts')).toContain('runStreaming(entrypoint: string');
  });

  test('the types are those of the requirement (seed 004 §6)', () => {
    const text = readFileSync(`${wit}/golem-exec.wit`, 'utf8')
      .replace(/\/\/\/.*$/gm, '')
      .replace(/\s+/g, ' ');
    for (const declared of [
      'enum language-kind { javascript, python }',
      'record language { kind: language-kind, version: option<string> }',
      'enum encoding { utf8, base64, hex }',
      'record file { name: string, content: list<u8>, encoding: option<encoding> }',
      'record limits { time-ms: option<u64>, memory-bytes: option<u64>, file-size-bytes: option<u64>, max-processes: option<u32>, }',
      'record stage-result { stdout: string, stderr: string, exit-code: option<s32>, %signal: option<string>, }',
      'record %result { compile: option<stage-result>, run: stage-result, time-ms: option<u64>, memory-bytes: option<u64>, }',
      'variant error { unsupported-language, compilation-failed(stage-result), runtime-failed(stage-result), timeout, resource-exceeded, internal(string), }',
      'variant exec-event { stdout-chunk(list<u8>), stderr-chunk(list<u8>), finished(%result), failed(error), }',
    ]) {
      expect(text).toContain(declared);
    }
  });
});
