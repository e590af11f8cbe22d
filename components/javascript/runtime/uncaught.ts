import { invalidArgument, plainError } from './errors.ts';
import { hears, process } from './node/process.ts';
import { apply, define } from './primordials.ts';
import { errorOfReason } from './rejections.ts';

type Capture = (error: unknown) => unknown;

/** Of `process.setUncaughtExceptionCaptureCallback`. */
let capture: Capture | null = null;

/**
 * Gives an error to what the program has for it: the monitor first, then the capture callback or the listeners.
 * Returns whether somebody took it.
 *
 * @param ofMain whether it is the program's own failure, which comes as it is.
 * @throws what a listener throws.
 */
export function offerUncaught(
  thrown: unknown,
  origin: 'uncaughtException' | 'unhandledRejection',
  ofMain: boolean,
): boolean {
  const monitored = hears('uncaughtExceptionMonitor');
  const listened = hears('uncaughtException');
  if (!monitored && !listened && capture === null) return false;
  const error = origin === 'unhandledRejection' && !ofMain ? errorOfReason(thrown) : thrown;
  const emitter = process as unknown as { emit: (event: string, ...args: unknown[]) => void };
  if (monitored) emitter.emit('uncaughtExceptionMonitor', error, origin);
  if (capture !== null) apply(capture, undefined, [error]);
  else if (listened) emitter.emit('uncaughtException', error, origin);
  else return false;
  return true;
}

define(process, 'setUncaughtExceptionCaptureCallback', function setUncaughtExceptionCaptureCallback(callback: unknown) {
  if (callback !== null && typeof callback !== 'function')
    throw invalidArgument('fn', 'of type function or null', callback);
  if (callback !== null && capture !== null) {
    throw plainError(
      'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
      '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
    );
  }
  capture = callback as Capture | null;
});
define(process, 'hasUncaughtExceptionCaptureCallback', () => capture !== null);
