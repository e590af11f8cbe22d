import type { ExecErrorTag } from '../errors.ts';
import type { LanguageKind } from '../types.ts';
import type { CodeFacts } from './facts.ts';

/** How much of its fuel a run used (seed 003 §3.5). Snake case: it is sent as it is. */
export interface FuelAnalysis {
  readonly consumed: number;
  readonly budget: number;
  /** As text: `85%`. */
  readonly utilization: string;
  /** With one decimal. */
  readonly utilization_percent: number;
  readonly status: FuelStatus;
  /** What to do about it; null while there is nothing to do. */
  readonly recommendation: string | null;
  readonly likely_causes: readonly string[];
}

/** Below 50 %, 75 %, 90 %, 100 %, and stopped for want of fuel. */
export type FuelStatus = 'efficient' | 'moderate' | 'warning' | 'critical' | 'exhausted';

/** The classes of failures. */
export type ErrorType =
  | 'OutOfFuel'
  | 'Timeout'
  | 'MemoryExhausted'
  | 'QuotaExceeded'
  | 'SyntaxError'
  | 'PathRestriction'
  | 'FileNotFound'
  | 'ReadOnlyMount'
  | 'NetworkDenied'
  | 'UnsupportedOperation'
  | 'MissingVendoredPackage'
  | 'MissingRequireVendor'
  | 'QuickJSTupleDestructuring'
  | 'RecursionLimit'
  | 'UncaughtException'
  | 'NonZeroExit'
  | 'Trap'
  | 'Cancelled'
  | 'InvalidSessionState'
  | 'InvalidRequest'
  | 'HostError';

/** A program as it was, and as it would work. */
export interface CodeExample {
  readonly before: string;
  readonly after: string;
}

/** What went wrong and what to do next. */
export interface ErrorGuidance {
  readonly error_type: ErrorType;
  readonly error_message: string;
  /** At least two ways out, the likeliest first. */
  readonly actionable_guidance: readonly string[];
  /** Files of `docs/` with an anchor. */
  readonly related_docs: readonly string[];
  readonly code_examples: readonly CodeExample[];
  /** The line of the program where it happened, where that is known. */
  readonly line?: number;
}

/** What goes with every result; the fields of {@link ErrorGuidance} only after a failure. */
export interface StructuredContent extends Partial<ErrorGuidance> {
  readonly fuel_analysis: FuelAnalysis;
}

/** The packages that there are, by the names a program uses. */
export interface KnownPackages {
  readonly python: readonly KnownPackage[];
  readonly javascript: readonly KnownPackage[];
}

/** What guidance has to know of a package. */
export interface KnownPackage {
  readonly name: string;
  readonly importNames: readonly string[];
  readonly importPattern: string;
  readonly category: string;
  /** Measured by the build. */
  readonly fuelFirstImport: number;
}

/** A run as guidance looks at it. Nothing in it is taken from what the program wrote to standard output. */
export interface RunFacts {
  readonly language: LanguageKind;
  readonly success: boolean;
  readonly exitCode: number;
  /** What the program's interpreter wrote of its end stands last in it. */
  readonly stderr: string;
  readonly fuelConsumed: number;
  readonly fuelBudget: number;
  readonly memoryLimitBytes: number;
  readonly timeoutSeconds: number;
  /** Of a run that did not complete. */
  readonly failure?: {
    readonly tag: ExecErrorTag;
    readonly message: string;
    readonly signal?: string;
    readonly details: Readonly<Record<string, string | number | boolean>>;
  };
  /** The program's text. */
  readonly code?: string;
  /** What the program's text says, where somebody has read it. */
  readonly facts?: CodeFacts;
  /** The packages of this build, where it has any. */
  readonly packages?: KnownPackages;
}
