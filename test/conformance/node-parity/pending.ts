/** Programs whose part of the runtime is not there yet; each is taken off when it is. */
export const pending: ReadonlySet<string> = new Set([
  'console: an error without a stack',
  'console: inspect with colours',
  'console: iterators of Map and Set',
  'console: unicode',
  'errors: assertion errors',
  'files: dot segments and slashes',
  'files: missing files',
  'files: mkdir recursive',
  'files: read streams',
  'node: async_hooks: AsyncLocalStorage',
  'node: util: TextEncoder and MIMEType',
  'process: features and config are objects',
  'process: getBuiltinModule',
  'process: global names',
]);
