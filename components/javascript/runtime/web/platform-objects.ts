import { NativeSet } from '../primordials.ts';

/**
 * The classes of the web whose objects structuredClone and messages know how to carry. Each enters itself when its part
 * of the runtime is loaded: before that no program can have such an object.
 */
export interface PlatformClass {
  has(value: object): boolean;
  /** HTML's serialization; classes without it cannot be cloned. */
  clone?(value: object): object;
  /** HTML's transfer: what the receiver gets; the given object is of no use afterwards. */
  transfer?(value: object): object;
}

export const platformClasses: PlatformClass[] = [];

/** The prototypes of the web's classes: what inherits from one and is of no class above cannot be cloned. */
export const uncloneable = new NativeSet<object>();
