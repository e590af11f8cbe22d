import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every folder the build reads or writes, absolute. Only `cache` and `dist` are written, and git ignores both. */
export const paths = {
  root,
  wit: `${root}wit`,
  cache: `${root}.cache`,
  tools: `${root}.cache/tools`,
  sources: `${root}.cache/sources`,
  dist: `${root}dist`,
  components: `${root}dist/components`,
  vendor: `${root}dist/vendor`,
} as const;
