export { ByteReader, ByteWriter, WasmFormatError } from './bytes.ts';
export { controlModule, controlNames, type RewriteOptions, rewriteModule } from './rewrite.ts';
export { changesTables } from './tables.ts';
