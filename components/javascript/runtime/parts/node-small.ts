export { asyncHooks } from '../node/async-hooks.ts';
export { diagnosticsChannel } from '../node/diagnostics-channel.ts';
export { perfHooks, punycode, tty, v8, vm } from '../node/small.ts';
