export { parse, parseExpressionAt, tokenizer, version } from 'acorn';
