export { combinedOs as os } from '../quickjs/os.ts';
export { std } from '../quickjs/std.ts';
