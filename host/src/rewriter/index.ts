export { WasmFormatError } from './bytes.ts';
export { controlModule, controlNames, type RewriteOptions, rewriteModule } from './rewrite.ts';
