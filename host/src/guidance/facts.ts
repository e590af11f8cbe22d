/** What an analyser saw in a program's text. Lines count from 1; lists hold at most {@link mostFacts} entries. */
export interface CodeFacts {
  /** Absent when the text could be parsed. */
  readonly syntaxError?: { readonly message: string; readonly line: number | null };
  /** Top-level names of imported modules; in JavaScript the specifiers of `import`, `import()` and `require`. */
  readonly imports: readonly NamedPlace[];
  /** Names given to `requireVendor`. */
  readonly vendored: readonly NamedPlace[];
  /** Literal paths given to functions for files. */
  readonly paths: readonly PathUse[];
  readonly loops: {
    readonly count: number;
    /** Loops within loops: 1 for a loop alone. */
    readonly depth: number;
    /** Lines of loops whose condition is always true and that hold no way out. */
    readonly endless: readonly number[];
    /** Most steps that a nest of loops with literal bounds takes; 0 when there is none. */
    readonly steps: number;
  };
  /** Units of fuel that the program's own code takes, beside its start and its imports; a guess from its text. */
  readonly work: number;
  /** Whether that depends on what is not to be seen in the text: data, arguments, conditions. */
  readonly openEnded: boolean;
  /** Uses of what a sandbox has not: the call or module, by kind. */
  readonly network: readonly NamedPlace[];
  readonly processes: readonly NamedPlace[];
  /** Whether it reads or keeps variables from run to run (`_state`, `globals()`). */
  readonly keepsState: boolean;
  readonly readsInput: boolean;
  /** Functions that call themselves. */
  readonly recursive: readonly NamedPlace[];
  /** Classes that the program defines: instances cannot be saved as JSON. */
  readonly classes: number;
  /** JavaScript: uses of QuickJS's `std` and `os`, and how the ones that return `[result, error]` are taken wrongly. */
  readonly quickjs: { readonly used: boolean; readonly misuses: readonly NamedPlace[] };
}

export interface NamedPlace {
  readonly name: string;
  readonly line: number;
}

export interface PathUse {
  readonly path: string;
  readonly write: boolean;
  readonly line: number;
}

/** The most entries of a list; a hostile program may have a million. */
export const mostFacts = 50;

/** The facts of a text that could not be parsed. */
export function unparsed(message: string, line: number | null): CodeFacts {
  return {
    syntaxError: { message, line },
    imports: [],
    vendored: [],
    paths: [],
    loops: { count: 0, depth: 0, endless: [], steps: 0 },
    work: 0,
    openEnded: false,
    network: [],
    processes: [],
    keepsState: false,
    readsInput: false,
    recursive: [],
    classes: 0,
    quickjs: { used: false, misuses: [] },
  };
}
