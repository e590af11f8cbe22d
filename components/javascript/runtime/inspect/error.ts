import { native } from '../native.ts';
import {
  errorStack,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isError,
  stringEndsWith,
  stringIncludes,
  stringSlice,
  stringStartsWith,
  stringTrim,
} from '../primordials.ts';

/** Reads a property without failing; hostile getters and proxies give undefined. */
export function peek(object: object, key: PropertyKey): unknown {
  try {
    return (object as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null || typeof value === 'object' || typeof value === 'function') return '';
  return typeof value === 'symbol' ? '' : `${value}`;
}

/** Name of the class whose instance the object is, from its prototypes; undefined where there is none. */
export function constructorName(object: object): string | undefined {
  let at: object | null = object;
  for (let depth = 0; at !== null && depth < 1000; depth++) {
    if (native.proxyTarget(at) !== undefined) return undefined;
    const descriptor = getOwnPropertyDescriptor(at, 'constructor');
    const value: unknown = descriptor?.value;
    if (typeof value === 'function') {
      const name = getOwnPropertyDescriptor(value, 'name')?.value as unknown;
      if (typeof name === 'string' && name !== '') return name;
    }
    at = getPrototypeOf(at);
  }
  return undefined;
}

/** "Name: message" of an error whose stack is no help. */
function headline(error: object): string {
  const name = textOf(peek(error, 'name')) || (constructorName(error) ?? 'Error');
  const message = textOf(peek(error, 'message'));
  return message === '' ? name : `${name}: ${message}`;
}

/**
 * The stack as it is shown: with a headline that tells the error's class and current name, without an empty line at
 * its end. In brackets when there are no frames, as Node does.
 */
export function errorText(error: object): string {
  let stack: unknown;
  try {
    stack = hasOwn(error, 'stack') ? peek(error, 'stack') : isError(error) ? errorStack(error) : peek(error, 'stack');
  } catch {
    stack = undefined;
  }
  if (typeof stack !== 'string' || stack === '') return `[${headline(error)}]`;
  let text = stack;
  while (stringEndsWith(text, '\n')) text = stringSlice(text, 0, text.length - 1);
  text = withClassName(error, text);
  return stringIncludes(text, '\n    at ') ? text : stringTrim(text) === '' ? `[${headline(error)}]` : `[${text}]`;
}

/** The class of the error, where its first line does not tell it: "HttpError: …", "Missing [TypeError]: …". */
function withClassName(error: object, stack: string): string {
  const text = stringStartsWith(stack, '    at ') ? `${headline(error)}\n${stack}` : stack;
  const given = peek(error, 'name');
  const name = typeof given === 'string' ? given : 'Error';
  const className = constructorName(error);
  if (className === undefined || className === name || name === '' || !stringEndsWith(name, 'Error')) return text;
  const rest = stringSlice(text, name.length);
  if (native.classOf(error) === 'DOMException') return `DOMException [${name}]${rest}`;
  if (!stringStartsWith(text, name) || (rest !== '' && rest[0] !== ':' && rest[0] !== '\n')) return text;
  return stringIncludes(className, name) ? className + rest : `${className} [${name}]${rest}`;
}
