/** Lists and spans of time in words. */
export { ListFormat, RelativeTimeFormat } from '../intl/words.ts';
