/** A process that adds letters to the one file of a stored session: `appender.ts FOLDER ID TIMES`. */
import { openSessionStore } from '../../../host/src/store/index.ts';
import { FileTree } from '../../../host/src/wasi/index.ts';

const [folder = '', id = '', times = '1'] = process.argv.slice(2);
const store = openSessionStore({ folder });
for (let i = 0; i < Number(times); i++) {
  await using held = await store.open(id, { waitMs: 60_000 });
  const image = await held.load();
  const tree = FileTree.fromImage(image.files);
  const before = tree.read('/app/f');
  tree.write('/app/f', Uint8Array.of(...before, 0x78));
  await held.save({ ...image, files: tree.toImage() });
}
