import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { collationData, zoneData } from '../../../build/intl-data.ts';
import { accents, order } from '../../../components/javascript/runtime/intl/data/collation.ts';
import { zoneAliases, zoneNames } from '../../../components/javascript/runtime/intl/data/zone-names.ts';

const file = new URL('../../../components/javascript/runtime/intl/data/collation.ts', import.meta.url);
const madeFrom = /from ICU ([\d.]+)\./.exec((await readFile(file, 'utf8')).replace(/\n \* /g, ' '))?.[1];

/** Platforms whose pinned Node has another ICU have other data, too. */
test.runIf(madeFrom === process.versions['icu'])('the data of Intl is what build/intl-data.ts makes', async () => {
  expect(collationData()).toEqual({ order, accents });
  expect(await zoneData()).toEqual({ zoneNames: zoneNames.trim(), zoneAliases: zoneAliases.trim() });
});

test('the data of Intl says which ICU it was made from', () => expect(madeFrom).toMatch(/^\d+\.\d+/));
