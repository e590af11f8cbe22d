export { bytesOf, encodingOr, textOf } from '../node/buffer/encodings.ts';
export { Buffer, buffer } from '../node/buffer/index.ts';
