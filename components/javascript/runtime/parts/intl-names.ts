/** Names of languages, regions, scripts and currencies. */
export { DisplayNames } from '../intl/names.ts';
