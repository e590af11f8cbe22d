import { invalidValue, requireObject, typeError } from '../errors.ts';
import { inherits } from '../inherits.ts';
import type { InspectOptions } from '../inspect/index.ts';
import { define, defineProperty } from '../primordials.ts';
import { isConsole, makeConsole, methodNames, methods } from './methods.ts';

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

interface Options {
  stdout?: Output;
  stderr?: Output;
  ignoreErrors?: boolean;
  colorMode?: boolean | 'auto';
  inspectOptions?: Partial<InspectOptions>;
  groupIndentation?: number;
}

function checkOutput(stream: unknown, name: string): asserts stream is Output {
  if (typeof (stream as Output | null | undefined)?.write !== 'function')
    throw typeError('ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`);
}

/** `console.Console`: a console with streams of its own. Works with `new` and without, as Node's. */
export const Console = function Console(
  this: unknown,
  first?: Options | Output,
  second?: Output,
  ignore?: boolean,
): object {
  const self = (inherits(this, Console.prototype) ? this : Object.create(Console.prototype)) as object;
  const options: Options =
    first === undefined || typeof (first as Output).write === 'function'
      ? {
          ...(first === undefined ? {} : { stdout: first as Output }),
          ...(second === undefined ? {} : { stderr: second }),
          ...(ignore === undefined ? {} : { ignoreErrors: ignore }),
        }
      : (first as Options);
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions } = options;
  checkOutput(stdout, 'stdout');
  checkOutput(stderr, 'stderr');
  if (typeof colorMode !== 'boolean' && colorMode !== 'auto')
    throw invalidValue('colorMode', colorMode, "must be one of: 'auto', true, false");
  if (inspectOptions !== undefined) requireObject(inspectOptions, 'options.inspectOptions');
  const streamOf = (to: 1 | 2): Output => (to === 2 ? stderr : stdout);
  makeConsole(self, {
    step: options.groupIndentation ?? 2,
    options: (to) =>
      inspectOptions ?? { colors: colorMode === true || (colorMode === 'auto' && streamOf(to).isTTY === true) },
    write: (to, text) => {
      try {
        streamOf(to).write(text);
      } catch (error) {
        if (!ignoreErrors) throw error;
      }
    },
  });
  define(self, '_stdout', stdout);
  define(self, '_stderr', stderr);
  return self;
} as unknown as { new (...args: unknown[]): object; prototype: object };

defineProperty(Console, Symbol.hasInstance, { value: isConsole, configurable: true });
for (const name of methodNames) define(Console.prototype, name, methods[name]);
define(Console.prototype, Symbol.toStringTag, 'console', false);
