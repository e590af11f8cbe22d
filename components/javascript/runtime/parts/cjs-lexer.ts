/** What an ES module finds in a CommonJS file by name. */
export { parse as lex } from 'cjs-module-lexer';
