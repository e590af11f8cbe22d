export { parse, stringify } from 'ini';
