export { crypto } from '../node/crypto/index.ts';
