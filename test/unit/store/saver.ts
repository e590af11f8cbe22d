/** A process that saves a session over and over until it is killed: `saver.ts FOLDER ID BYTES`. */
import { openSessionStore } from '../../../host/src/store/index.ts';
import { FileTree } from '../../../host/src/wasi/index.ts';

const [folder = '', id = '', size = '1'] = process.argv.slice(2);
await using held = await openSessionStore({ folder }).open(id, { waitMs: 60_000 });
const image = await held.load();
for (let letter = 0; ; letter = (letter + 1) % 26) {
  const tree = new FileTree();
  // Two files: a state that is half the old one and half the new one would show.
  for (const path of ['/app/f', '/app/g']) tree.write(path, new Uint8Array(Number(size)).fill(0x61 + letter));
  await held.save({ ...image, files: tree.toImage() });
  process.stdout.write('.');
}
