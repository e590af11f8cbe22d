export { createReadStream, createWriteStream, ReadStream, WriteStream } from '../node/fs/streams.ts';
