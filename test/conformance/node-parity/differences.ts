/** Programs of which Node shows something else, with the reason. What stands here must really differ. */
export const differences: Readonly<Record<string, string>> = {
  'process: global is globalThis': 'programs of the web call the global object self; Node has no such name',
};
