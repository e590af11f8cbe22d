/** Compression Streams: zlib behind the streams of the web. */
export * from '../web/streams/compression.ts';
