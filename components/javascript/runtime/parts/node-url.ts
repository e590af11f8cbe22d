export { querystring } from '../node/querystring.ts';
export { url } from '../node/url/index.ts';
