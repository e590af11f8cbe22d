export { std } from '../quickjs/std.ts';
