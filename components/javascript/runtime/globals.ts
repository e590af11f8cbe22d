import { console } from './console/index.ts';
import { process } from './node/process.ts';
import { define } from './primordials.ts';
import { queueMicrotask } from './ticks.ts';
import { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from './timers.ts';
import { TextDecoder, TextEncoder } from './web/encoding.ts';
import './web/globals.ts';

/** What programs find without importing anything, besides the language itself. */
const globals: Record<string, unknown> = {
  global: globalThis,
  console,
  process,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate,
  clearImmediate,
  queueMicrotask,
  TextEncoder,
  TextDecoder,
};

for (const name of Object.keys(globals)) define(globalThis, name, globals[name], false);
