import { setImmediate } from '../immediates.ts';
import { lazyProperty } from '../lazy.ts';
import { lazyPart } from '../parts.ts';
import { setTimeout } from '../timers.ts';
import { bufferModule } from './buffer-class.ts';
import { process } from './process.ts';
import { customPromisify } from './promisify.ts';
import { registerLazyEngine, registerLazyNode, registerNode } from './registry.ts';
import { unavailableNames } from './unavailable.ts';

/** The `node:` modules and where they are: what most programs do without is loaded at its first import. */

registerNode('process', process);

registerLazyNode('buffer', () => bufferModule().buffer);
lazyProperty(globalThis, 'Buffer', () => bufferModule().Buffer, false);

const fs = lazyPart<typeof import('../parts/fs.ts')>('fs');
registerLazyNode('fs', () => fs().fs);
registerLazyNode('fs/promises', () => fs().promises);

const stream = lazyPart<typeof import('../parts/stream.ts')>('stream');
registerLazyNode('stream', () => stream().stream);
registerLazyNode('stream/promises', () => stream().promises);
registerLazyNode('stream/consumers', () => stream().consumers);
registerLazyNode('stream/web', () => stream().web());

const util = lazyPart<typeof import('../parts/util.ts')>('util');
registerLazyNode('util', () => util().util);
registerLazyNode('util/types', () => util().types);
registerLazyNode('sys', () => util().util);

const assert = lazyPart<typeof import('../parts/assert.ts')>('assert');
registerLazyNode('assert', () => assert().assert);
registerLazyNode('assert/strict', () => assert().strict);

const path = lazyPart<typeof import('../parts/path.ts')>('path');
registerLazyNode('path', () => path().posix);
registerLazyNode('path/posix', () => path().posix);
registerLazyNode('path/win32', () => path().win32);

const os = lazyPart<typeof import('../parts/os.ts')>('os');
registerLazyNode('os', () => os().nodeOs);
registerLazyNode('constants', () => os().legacyConstants);

const url = lazyPart<typeof import('../parts/node-url.ts')>('node-url');
registerLazyNode('url', () => url().url);
registerLazyNode('querystring', () => url().querystring);

const decoder = lazyPart<typeof import('../parts/string-decoder.ts')>('string-decoder');
registerLazyNode('string_decoder', () => decoder().stringDecoder);

const readline = lazyPart<typeof import('../parts/readline.ts')>('readline');
registerLazyNode('readline', () => readline().readline);
registerLazyNode('readline/promises', () => readline().promises);

const crypto = lazyPart<typeof import('../parts/crypto.ts')>('crypto');
registerLazyNode('crypto', () => crypto().crypto);

const zlib = lazyPart<typeof import('../parts/zlib.ts')>('zlib');
registerLazyNode('zlib', () => zlib().zlib);

const timers = lazyPart<typeof import('../parts/timers.ts')>('timers');
registerLazyNode('timers', () => timers().timers);
registerLazyNode('timers/promises', () => timers().promises);

// `util.promisify(setTimeout)` resolves with the value after the delay.
lazyProperty(setTimeout, customPromisify, () => timers().promises.setTimeout, false);
lazyProperty(setImmediate, customPromisify, () => timers().promises.setImmediate, false);

const small = lazyPart<typeof import('../parts/node-small.ts')>('node-small');
registerLazyNode('perf_hooks', () => small().perfHooks());
registerLazyNode('async_hooks', () => small().asyncHooks);
registerLazyNode('diagnostics_channel', () => small().diagnosticsChannel);
registerLazyNode('tty', () => small().tty);
registerLazyNode('v8', () => small().v8);
registerLazyNode('vm', () => small().vm);
registerLazyNode('punycode', () => small().punycode);

const unavailable = lazyPart<typeof import('../parts/unavailable.ts')>('unavailable');
for (const name of unavailableNames) registerLazyNode(name, () => unavailable().unavailable(name));

// Apart, as `std` alone is small, and `requireVendor` reads with it.
const quickjsOs = lazyPart<typeof import('../parts/quickjs-os.ts')>('quickjs-os');
const quickjsStd = lazyPart<typeof import('../parts/quickjs-std.ts')>('quickjs-std');
registerLazyEngine('os', () => quickjsOs().os);
registerLazyEngine('std', () => quickjsStd().std);
// As globals too: programs written for QuickJS's command expect them there.
lazyProperty(globalThis, 'std', () => quickjsStd().std, false);
lazyProperty(globalThis, 'os', () => quickjsOs().os, false);
