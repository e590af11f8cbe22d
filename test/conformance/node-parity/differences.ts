/** Programs of which Node shows something else, with the reason. What stands here must really differ. */
export const differences: Readonly<Record<string, string>> = {
  'process: global is globalThis': 'programs of the web call the global object self; Node has no such name',
  'errors: errors are not enumerable, their fields are own': 'stack is an accessor of Error.prototype in QuickJS-ng',
  'errors: the stack names functions and the file':
    'frames of ES modules have the path of the file, as those of CommonJS',
};
