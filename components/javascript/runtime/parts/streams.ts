/** Streams of the web. */
export * from '../web/streams/index.ts';
export { TextDecoderStream, TextEncoderStream } from '../web/streams/text.ts';
