/** From a result to what to do next: use of fuel, classes of failures, and advice on a program before it is run. */
export { type Advice, type AnalysisContext, adviseOn } from './advise.ts';
export { analyse } from './analyse.ts';
export { wantsFacts } from './classify.ts';
export { allLinks } from './docs.ts';
export type { CodeFacts } from './facts.ts';
export { fuelAnalysis, shortFuel } from './fuel.ts';
export { exceptionOf, failureGuidance, structuredContent } from './guidance.ts';
export type {
  CodeExample,
  ErrorGuidance,
  ErrorType,
  FuelAnalysis,
  FuelStatus,
  KnownPackage,
  KnownPackages,
  RunFacts,
  StructuredContent,
} from './types.ts';
