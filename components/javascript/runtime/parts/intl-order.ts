/** The order of texts. */
export { compareTexts } from '../intl/collation.ts';
