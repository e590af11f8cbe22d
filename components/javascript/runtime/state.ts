/** What belongs to the run in progress and to no module alone. */
export const state = {
  /** Absolute path of the working directory. */
  workingDirectory: '/app',
  /** Milliseconds of the monotonic clock when the program began. */
  startedAt: 0,
  /** The program's absolute path, or its name where it is no file. */
  mainFile: '',
};
