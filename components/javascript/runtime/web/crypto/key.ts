import { customInspect, type InspectOptions } from '../../inspect/index.ts';
import { expose, refuseConstruction, unlocked } from '../shape.ts';

/** Web Cryptography §13: CryptoKey. */

/** What an algorithm's name came with: numbers, and the name of its hash. */
export interface KeyAlgorithm {
  readonly name: string;
  readonly length?: number;
  readonly hash?: { readonly name: string };
}

/** What a key is made of; programs see all but the bytes. */
export interface KeyParts {
  readonly algorithm: KeyAlgorithm;
  readonly extractable: boolean;
  readonly usages: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Inspect = (value: unknown, options: object) => string;

export class CryptoKey {
  readonly #parts: KeyParts;
  readonly #algorithm: KeyAlgorithm;
  readonly #usages: readonly string[];

  constructor(key?: unknown, parts?: KeyParts) {
    refuseConstruction(key);
    this.#parts = parts as KeyParts;
    // What programs get is theirs to change; what the key does goes by its own.
    const { algorithm, usages } = this.#parts;
    this.#algorithm = algorithm.hash ? { ...algorithm, hash: { ...algorithm.hash } } : { ...algorithm };
    this.#usages = [...usages];
  }

  get type(): 'secret' {
    this.#parts;
    return 'secret';
  }

  get extractable(): boolean {
    return this.#parts.extractable;
  }

  get algorithm(): KeyAlgorithm {
    return this.#algorithm;
  }

  get usages(): readonly string[] {
    return this.#usages;
  }

  [customInspect](depth: number, options: InspectOptions, inspect: Inspect): string {
    if (depth < 0) return 'CryptoKey {}';
    const { type, extractable, algorithm, usages } = this;
    const nested = { ...options, depth: options.depth === null ? null : (options.depth ?? 2) - 1 };
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, nested)}`;
  }

  /** The parts of a key, or undefined for what is none. */
  static partsOf(value: unknown): KeyParts | undefined {
    return typeof value === 'object' && value !== null && #parts in value ? value.#parts : undefined;
  }
}

/** Not for programs: they reach the class. */
export const { partsOf } = CryptoKey;
Reflect.deleteProperty(CryptoKey, 'partsOf');
expose(CryptoKey, 'CryptoKey');

export function newKey(parts: KeyParts): CryptoKey {
  return new CryptoKey(unlocked, parts);
}
