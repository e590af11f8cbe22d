import { DisplayNames as Base } from '@formatjs/intl-displaynames';
import data from '@formatjs/intl-displaynames/locale-data/en.js';
import { adopt } from '../parts/intl-number.ts';

/** Intl.DisplayNames, by formatjs. */
export const DisplayNames = adopt(Base, 'DisplayNames', data);
