export { assert, strict } from '../node/assert/index.ts';
