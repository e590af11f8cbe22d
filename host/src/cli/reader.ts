/** What is done when nobody reads the output any more (`| head`): that is no failure, and ends the command. */
let whenGone = (): void => process.exit(0);

/** Puts something in the place of ending at once, for a command that has something to save. */
export function onReaderGone(action: () => void): void {
  whenGone = action;
}

/** Watches the standard streams. */
export function watchReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      whenGone();
    });
  }
}
