/** What of the package is used; it brings no declarations of its own. */
declare module 'test262-stream' {
  import type { Readable } from 'node:stream';

  export interface Test262Test {
    /** Path below the checkout. */
    readonly file: string;
    /** Harness files and the test, ready to be run. */
    readonly contents: string;
    readonly scenario: string;
    readonly attrs: {
      readonly flags: Readonly<Record<string, boolean>>;
      readonly features?: readonly string[];
      readonly negative?: { readonly phase: string; readonly type: string };
    };
  }

  /** A stream of `Test262Test`. */
  export default class TestStream extends Readable {
    constructor(root: string, options?: { paths?: readonly string[]; acceptVersion?: string });
  }
}
