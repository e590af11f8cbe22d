export { StringDecoder, stringDecoder } from '../node/string-decoder.ts';
