export { combinedOs as os } from '../quickjs/os.ts';
