export { zlib } from '../node/zlib/index.ts';
