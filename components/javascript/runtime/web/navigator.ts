import { native } from '../native.ts';
import { expose, refuseConstruction, unlocked } from './shape.ts';

/** HTML §8.9: what a program may know of where it runs, which is the same everywhere. */
export class Navigator {
  constructor(key?: unknown) {
    refuseConstruction(key);
  }

  get hardwareConcurrency(): number {
    return 1;
  }
  get language(): string {
    return 'en-US';
  }
  get languages(): readonly string[] {
    return Object.freeze(['en-US']);
  }
  get userAgent(): string {
    return `golem-exec QuickJS-ng/${native.version}`;
  }
  get platform(): string {
    return 'linux';
  }
}

expose(Navigator, 'Navigator');

export const navigator = new Navigator(unlocked);
