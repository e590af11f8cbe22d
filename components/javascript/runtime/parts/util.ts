export { isDeepEqual, promisify, types, util } from '../node/util/index.ts';
