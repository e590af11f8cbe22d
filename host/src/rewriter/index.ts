export { ByteReader, ByteWriter, WasmFormatError } from './bytes.ts';
export { readModule, section, sectionOrder } from './module.ts';
export { controlModule, controlNames, type RewriteOptions, rewriteModule } from './rewrite.ts';
export { changesTables } from './tables.ts';
