export { Engine, finish } from '../node/zlib/engine.ts';
export { zlib } from '../node/zlib/index.ts';
