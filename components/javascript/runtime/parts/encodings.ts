/** The encodings of older texts: the rest of the Encoding Standard. */
export { TextDecoder as LegacyDecoder } from '@exodus/bytes/encoding.js';
