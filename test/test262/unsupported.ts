/** Features of the language's proposals and extensions that the engine does not have; their tests are skipped. */
export const unsupported: ReadonlyMap<string, string> = new Map([
  ['Atomics', 'one thread: the engine is built without it'],
  ['Atomics.pause', 'as Atomics'],
  ['Atomics.waitAsync', 'as Atomics'],
  ['Intl.DateTimeFormat-formatRange', 'Intl is that of the runtime, for en-US'],
  ['Intl.Locale', 'as above'],
  ['IsHTMLDDA', 'only browsers have document.all'],
  ['ShadowRealm', 'not in QuickJS-ng'],
  ['Temporal', 'not in QuickJS-ng'],
  ['cross-realm', 'one realm: programs cannot make another'],
  ['decorators', 'not in QuickJS-ng'],
  ['explicit-resource-management', 'not in QuickJS-ng'],
  ['import-defer', 'not in QuickJS-ng'],
  ['source-phase-imports', 'not in QuickJS-ng'],
  ['source-phase-imports-module-source', 'not in QuickJS-ng'],
  ['tail-call-optimization', 'not in QuickJS-ng'],
]);
