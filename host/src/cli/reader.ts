import { exitStatus } from './exit.ts';

/** What is done when the output has no place to go any more: ends the command. */
let whenGone = (): void => process.exit(0);

/** Puts something in the place of ending at once, for a command that has something to save. */
export function onReaderGone(action: () => void): void {
  whenGone = action;
}

/**
 * Watches the standard streams. That nobody reads them any more (`| head`) is no failure; that they cannot be written (a
 * full disk) is told, and is the command's status however it ends.
 */
export function watchReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.once('error', (error: NodeJS.ErrnoException) => {
      // What is still on its way fails as well, which says nothing new.
      stream.on('error', () => undefined);
      if (error.code !== 'EPIPE') tellFailure(stream, error);
      whenGone();
    });
  }
}

function tellFailure(stream: NodeJS.WriteStream, error: Error): void {
  process.once('exit', () => {
    process.exitCode = exitStatus.store;
  });
  if (stream === process.stderr) return;
  process.stderr.write(
    `golem-exec: cannot write to standard output: ${error.message}; make room, or send the output elsewhere\n`,
  );
}
