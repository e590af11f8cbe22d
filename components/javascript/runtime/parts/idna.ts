/** Unicode's tables for host names (UTS #46). */
export { toASCII, toUnicode } from 'tr46';
