import { lazyProperty } from './lazy.ts';
import { lazyPart } from './parts.ts';

/**
 * What this project gives to programs besides the language, Node's and QuickJS's own: plain globals, which a program's
 * own names hide. DEVIATION D24: nothing is put before a program's text.
 */
const vendor = lazyPart<typeof import('./parts/vendor.ts')>('vendor');
const files = lazyPart<typeof import('./parts/file-helpers.ts')>('file-helpers');

const fileHelpers = [
  ...(['readJson', 'writeJson', 'readText', 'writeText', 'readLines', 'appendText'] as const),
  ...(['listFiles', 'fileExists', 'fileSize', 'copyFile', 'removeFile'] as const),
];

lazyProperty(globalThis, 'requireVendor', () => vendor().requireVendor, false);
for (const name of fileHelpers) lazyProperty(globalThis, name, () => files()[name], false);
