import Lists from '@formatjs/intl-listformat';
import lists from '@formatjs/intl-listformat/locale-data/en.js';
import Times from '@formatjs/intl-relativetimeformat';
import times from '@formatjs/intl-relativetimeformat/locale-data/en.js';
import { adopt } from '../parts/intl-number.ts';

/** Intl.ListFormat and Intl.RelativeTimeFormat, by formatjs. */
export const ListFormat = adopt(Lists, 'ListFormat', lists);
export const RelativeTimeFormat = adopt(Times, 'RelativeTimeFormat', times);
