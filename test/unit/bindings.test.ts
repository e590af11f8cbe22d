import { describe, expect, it } from 'vitest';
import { bindingsHashes, witHash } from '../../build/bindings.ts';

describe('C bindings of the JavaScript component', () => {
  it('are generated from the current WIT files (npm run bindings)', async () => {
    const current = await witHash();
    expect(await bindingsHashes()).toEqual([current, current, current, current]);
  });
});
