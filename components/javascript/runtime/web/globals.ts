import { lazyProperty } from '../lazy.ts';
import { lazyPart } from '../parts.ts';
import { define, keys } from '../primordials.ts';
import './dom-exception.ts';
import './platform-objects.ts';
import { Navigator, navigator } from './navigator.ts';
import { Performance, performance } from './performance.ts';
import { reportError } from './report-error.ts';

/** The globals of the web. Each comes with the part of the runtime that has it, when a program first names it. */

const parts = {
  clone: lazyPart<typeof import('../parts/clone.ts')>('clone'),
  compression: lazyPart<typeof import('../parts/compression.ts')>('compression'),
  events: lazyPart<typeof import('../parts/events.ts')>('events'),
  fetch: lazyPart<typeof import('../parts/fetch.ts')>('fetch'),
  files: lazyPart<typeof import('../parts/files.ts')>('files'),
  messaging: lazyPart<typeof import('../parts/messaging.ts')>('messaging'),
  performance: lazyPart<typeof import('../parts/performance.ts')>('performance'),
  streams: lazyPart<typeof import('../parts/streams.ts')>('streams'),
  url: lazyPart<typeof import('../parts/url.ts')>('url'),
  webcrypto: lazyPart<typeof import('../parts/webcrypto.ts')>('webcrypto'),
} as const;

const names: Readonly<Record<keyof typeof parts, readonly string[]>> = {
  clone: ['structuredClone'],
  compression: ['CompressionStream', 'DecompressionStream'],
  events: ['AbortController', 'AbortSignal', 'CustomEvent', 'Event', 'EventTarget'],
  fetch: ['EventSource', 'fetch', 'Headers', 'Request', 'Response', 'WebSocket'],
  files: ['Blob', 'File', 'FormData'],
  messaging: ['CloseEvent', 'ErrorEvent', 'MessageChannel', 'MessageEvent', 'MessagePort'],
  performance: [
    ...['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver'],
    'PerformanceObserverEntryList',
  ],
  streams: [
    ...['ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'ReadableByteStreamController', 'ReadableStream'],
    ...['ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableStreamDefaultController'],
    ...['ReadableStreamDefaultReader', 'TextDecoderStream', 'TextEncoderStream', 'TransformStream'],
    ...['TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController'],
    'WritableStreamDefaultWriter',
  ],
  url: ['URL', 'URLSearchParams'],
  webcrypto: ['Crypto', 'crypto', 'CryptoKey', 'SubtleCrypto'],
};

for (const part of keys(names) as (keyof typeof parts)[]) {
  const load = parts[part] as () => Record<string, unknown>;
  for (const name of names[part]) lazyProperty(globalThis, name, () => load()[name], false);
}

const plain: Record<string, unknown> = {
  self: globalThis,
  navigator,
  Navigator,
  performance,
  Performance,
  reportError,
};
for (const name of keys(plain)) define(globalThis, name, plain[name], false);
