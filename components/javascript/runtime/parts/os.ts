export { legacyConstants, nodeOs } from '../node/os.ts';
