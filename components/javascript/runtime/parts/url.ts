/** URL and URLSearchParams. */
export { toASCII, toUnicode } from '../web/url/idna.ts';
export { isURLSearchParams, URLSearchParams } from '../web/url/search-params.ts';
export { isURL, URL, withoutFragment } from '../web/url/url.ts';
