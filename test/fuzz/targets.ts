import type { IRawProperty } from 'fast-check';
import { guidanceTargets } from './guidance.ts';
import { moduleTargets } from './modules.ts';
import { requestTargets } from './requests.ts';
import { sessionTargets } from './sessions.ts';
import { sharedTargets } from './shared.ts';

/** One thing to fuzz: a property of hostile input that must always hold. */
export interface FuzzTarget {
  readonly name: string;
  readonly property: IRawProperty<unknown>;
}

/** Everything that is fuzzed. Each way in that the project gets adds its own. */
export const targets: readonly FuzzTarget[] = [
  ...requestTargets,
  ...moduleTargets,
  ...sessionTargets,
  ...guidanceTargets,
  ...sharedTargets,
];
