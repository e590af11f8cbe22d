import type { LanguageKind } from '../types.ts';
import type { ErrorType } from './types.ts';

/** The part of `docs/` that explains each class of failure; a test follows every link. */
const links: Readonly<Record<ErrorType, readonly string[]>> = {
  OutOfFuel: ['MCP_INTEGRATION.md#out-of-fuel', 'LIMITS.md#what-happens-at-a-limit'],
  Timeout: ['MCP_INTEGRATION.md#timeout', 'LIMITS.md#what-happens-at-a-limit'],
  MemoryExhausted: ['MCP_INTEGRATION.md#out-of-memory', 'LIMITS.md#what-happens-at-a-limit'],
  QuotaExceeded: ['MCP_INTEGRATION.md#quota-exceeded', 'LIMITS.md#what-happens-at-a-limit'],
  SyntaxError: ['MCP_INTEGRATION.md#syntax-errors'],
  PathRestriction: ['MCP_INTEGRATION.md#paths-and-files'],
  FileNotFound: ['MCP_INTEGRATION.md#paths-and-files'],
  ReadOnlyMount: ['MCP_INTEGRATION.md#paths-and-files'],
  NetworkDenied: ['MCP_INTEGRATION.md#no-network-no-processes', 'SECURITY.md'],
  UnsupportedOperation: ['MCP_INTEGRATION.md#no-network-no-processes'],
  MissingVendoredPackage: ['MCP_INTEGRATION.md#packages'],
  MissingRequireVendor: ['MCP_INTEGRATION.md#packages'],
  QuickJSTupleDestructuring: ['MCP_INTEGRATION.md#quickjs-functions-that-return-result-error'],
  RecursionLimit: ['MCP_INTEGRATION.md#recursion'],
  UncaughtException: ['MCP_INTEGRATION.md#uncaught-exceptions'],
  NonZeroExit: ['MCP_INTEGRATION.md#uncaught-exceptions'],
  Trap: ['MCP_INTEGRATION.md#traps'],
  Cancelled: ['MCP_INTEGRATION.md#cancelling'],
  InvalidSessionState: ['MCP_INTEGRATION.md#sessions', 'SESSIONS.md#on-disk'],
  InvalidRequest: ['MCP_INTEGRATION.md#invalid-arguments'],
  HostError: ['MCP_INTEGRATION.md#host-errors'],
};

/** What the reference of a language says of it. */
const references: Readonly<Partial<Record<LanguageKind, Readonly<Partial<Record<ErrorType, string>>>>>> = {
  python: {
    SyntaxError: 'PYTHON_CAPABILITIES.md#a-syntax-error',
    PathRestriction: 'PYTHON_CAPABILITIES.md#where-they-are',
    FileNotFound: 'PYTHON_CAPABILITIES.md#errors-and-what-to-do',
    ReadOnlyMount: 'PYTHON_CAPABILITIES.md#what-cannot-be-written',
    OutOfFuel: 'PYTHON_CAPABILITIES.md#fuel-budget-guidelines',
    MemoryExhausted: 'PYTHON_CAPABILITIES.md#too-much-memory',
    UnsupportedOperation: 'PYTHON_CAPABILITIES.md#what-is-not-there',
    MissingVendoredPackage: 'PYTHON_CAPABILITIES.md#9-vendored-packages',
    RecursionLimit: 'PYTHON_CAPABILITIES.md#too-deep',
    UncaughtException: 'PYTHON_CAPABILITIES.md#an-uncaught-exception',
    NonZeroExit: 'PYTHON_CAPABILITIES.md#ending-a-program',
  },
  javascript: {
    OutOfFuel: 'JAVASCRIPT_CAPABILITIES.md#fuel-budget-guidelines',
    SyntaxError: 'JAVASCRIPT_CAPABILITIES.md#a-syntax-error',
    PathRestriction: 'JAVASCRIPT_CAPABILITIES.md#where-they-are',
    FileNotFound: 'JAVASCRIPT_CAPABILITIES.md#errors-of-files',
    ReadOnlyMount: 'JAVASCRIPT_CAPABILITIES.md#errors-of-files',
    UnsupportedOperation: 'JAVASCRIPT_CAPABILITIES.md#what-cannot-be-imported',
    MissingVendoredPackage: 'JAVASCRIPT_CAPABILITIES.md#9-vendored-packages',
    MissingRequireVendor: 'JAVASCRIPT_CAPABILITIES.md#9-vendored-packages',
    QuickJSTupleDestructuring: 'JAVASCRIPT_CAPABILITIES.md#std-and-os-quickjss-own-modules',
    RecursionLimit: 'JAVASCRIPT_CAPABILITIES.md#too-deep',
    UncaughtException: 'JAVASCRIPT_CAPABILITIES.md#an-uncaught-exception',
    NonZeroExit: 'JAVASCRIPT_CAPABILITIES.md#exit-codes',
  },
};

/** Where to read on about a failure. */
export function relatedDocs(type: ErrorType, language?: LanguageKind): readonly string[] {
  const reference = language === undefined ? undefined : references[language]?.[type];
  return [...links[type], ...(reference === undefined ? [] : [reference])].map((link) => `docs/${link}`);
}

/** Every link, for a test. */
export const allLinks: readonly string[] = [
  ...Object.values(links).flat(),
  ...Object.values(references).flatMap((each) => Object.values(each)),
];
