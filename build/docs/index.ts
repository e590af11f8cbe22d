/** Makes the generated parts of the documents anew: `npm run docs`. Needs a build. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createExecutor } from '../../host/src/index.ts';
import { progress } from '../lib/log.ts';
import { paths } from '../lib/paths.ts';
import { fill } from './fill.ts';
import { javascriptSections } from './javascript-reference.ts';
import { pythonSections } from './python-reference.ts';

await using executor = createExecutor({ workers: 1 });
const documents = {
  'JAVASCRIPT_CAPABILITIES.md': javascriptSections,
  'PYTHON_CAPABILITIES.md': pythonSections,
};
for (const [name, sections] of Object.entries(documents)) {
  const file = join(paths.root, 'docs', name);
  const before = await readFile(file, 'utf8');
  const after = fill(before, await sections(executor));
  if (after !== before) await writeFile(file, after);
  progress(`docs/${name} ${after === before ? 'is current' : 'written'}`);
}
