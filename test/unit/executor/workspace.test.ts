import { expect, test } from 'vitest';
import { Workspace } from '../../../host/src/executor/workspace.ts';
import { defaultLimits } from '../../../host/src/limits.ts';

test('what a worker gives back for a workspace is checked; the old one stays', () => {
  const workspace = new Workspace(defaultLimits);
  workspace.write('/app/f', Uint8Array.of(1));
  const entry = { kind: 'directory', parent: -1, name: '', times: [0, 0, 0, 0, 0, 0] };
  for (const entries of [
    [5],
    [entry, { ...entry, parent: 0, name: '../x' }],
    [entry, { ...entry, parent: 'length' }],
    [entry, { kind: 'regular-file', parent: 0, name: 'f', times: entry.times, bytes: 'text' }],
    [entry, { kind: 'hard-link', parent: 0, name: 'f', to: 9 }],
  ]) {
    expect(() => workspace.replace({ version: 1, entries } as never)).toThrow(
      expect.objectContaining({ tag: 'internal', message: expect.stringContaining('as they were') }),
    );
  }
  expect([...workspace.read('/app/f')]).toEqual([1]);
});
