import { Segmenter as Base } from '@formatjs/intl-segmenter';
import { adopt } from './intl-number.ts';

/** Intl.Segmenter, by formatjs. */
export const Segmenter = adopt(Base, 'Segmenter', undefined, [
  'mergedSegmentationTypeValue',
  'rules',
  'ruleSortedKeys',
]);
