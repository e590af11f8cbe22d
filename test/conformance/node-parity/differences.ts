/** Programs of which Node shows something else, with the reason. What stands here must really differ. */
export const differences: Readonly<Record<string, string>> = {
  'process: global is globalThis': 'programs of the web call the global object self; Node has no such name',
  'errors: errors are not enumerable, their fields are own': 'stack is an accessor of Error.prototype in QuickJS-ng',
  'errors: the stack names functions and the file':
    'frames of ES modules have the path of the file, as those of CommonJS',
  'console: an error whose stack was deleted':
    'stack is an accessor of Error.prototype in QuickJS-ng: deleting it from an error changes nothing',
  'console: iterators of Map and Set': 'the engine does not tell what an iterator has left, but by taking it',
  'console: inspect of a pattern with colours': 'Node colours the parts of a pattern; here it has one colour',
  'files: a missing directory is named by opendir':
    'the error of opendirSync in Node 26 does not name the directory, as that of opendir does; here both do',
  'node: async_hooks: AsyncLocalStorage':
    'the engine does not say which await a continuation belongs to: it says so, instead of losing the store',
};
