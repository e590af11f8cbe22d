/** wasi:io: waiting, streams, and the errors of streams. */
export { never, Pollable, poll } from './poll.ts';
export { InputStream, IoError, OutputStream } from './streams.ts';
