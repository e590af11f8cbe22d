import {
  append,
  apply,
  arrayIndexOf,
  functionToString,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isArray,
  stringIncludes,
  stringSlice,
  stringStartsWith,
} from '../primordials.ts';
import { constructorName, errorText, peek } from './error.ts';
import { ownProperties, tagOf } from './names.ts';
import { type Context, stylize } from './options.ts';
import type { Shape } from './shapes.ts';
import { quote, spaces } from './text.ts';
import { formatValue } from './value.ts';

const functionPrototype = Function.prototype;

export function functionShape(context: Context, value: object, shape: Shape, className: string): Shape {
  const source = functionToString(value as () => void);
  const own = getOwnPropertyDescriptor(value, 'name')?.value as unknown;
  const name = typeof own === 'string' ? own : '';
  let base: string;
  if (stringStartsWith(source, 'class') && stringSlice(source, source.length - 1) === '}') {
    const parent = getPrototypeOf(value);
    const parentName =
      parent === functionPrototype || parent === null
        ? ''
        : (getOwnPropertyDescriptor(parent, 'name')?.value as unknown);
    base = `[class ${name === '' ? '(anonymous)' : name}${typeof parentName === 'string' && parentName !== '' ? ` extends ${parentName}` : ''}]`;
  } else {
    const kind = functionKinds[className] ?? 'Function';
    base = `[${kind}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
    if (getPrototypeOf(value) === null)
      base = `[${kind} (null prototype)${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  }
  const tag = tagOf(value, constructorName(value) ?? '');
  shape.base = stylize(context, tag === '' ? base : `${base} [${tag}]`, 'special');
  shape.baseAlone = true;
  return shape;
}

const functionKinds: Record<string, string> = {
  AsyncFunction: 'AsyncFunction',
  GeneratorFunction: 'GeneratorFunction',
  AsyncGeneratorFunction: 'AsyncGeneratorFunction',
};

export function boxedShape(context: Context, value: object, shape: Shape, className: string): Shape {
  const primitive = primitiveOf(value, className);
  const text =
    className === 'String' ? quote(primitive as string) : formatValue({ ...context, colors: false }, primitive, 0);
  const name = constructorName(value);
  const label = name === className ? className : `${className} (${name ?? 'null prototype'})`;
  if (className === 'String') shape.keys = ownProperties(context, value, true);
  shape.base = stylize(context, `[${label}: ${text}]`, className === 'String' ? 'string' : 'number');
  shape.baseAlone = true;
  return shape;
}

const { valueOf: numberValueOf } = Number.prototype;
const { valueOf: stringValueOf } = String.prototype;
const { valueOf: booleanValueOf } = Boolean.prototype;
const { valueOf: bigIntValueOf } = BigInt.prototype;
const { valueOf: symbolValueOf } = Symbol.prototype;

function primitiveOf(value: object, className: string): unknown {
  switch (className) {
    case 'Number':
      return apply(numberValueOf, value, []);
    case 'String':
      return apply(stringValueOf, value, []);
    case 'Boolean':
      return apply(booleanValueOf, value, []);
    case 'BigInt':
      return apply(bigIntValueOf, value, []);
    default:
      return apply(symbolValueOf, value, []);
  }
}

/** Properties that the stack or the headline already tells. */
export function errorShape(context: Context, value: object, shape: Shape, depth: number): Shape {
  const text = errorText(value);
  const kept: PropertyKey[] = [];
  for (let i = 0; i < shape.keys.length; i++) {
    const key = shape.keys[i] as PropertyKey;
    const told =
      (key === 'name' || key === 'message' || key === 'stack') && stringIncludes(text, `${peek(value, key) as string}`);
    if (!told) append(kept, key);
  }
  if (hasOwn(value, 'cause') && arrayIndexOf(kept, 'cause') < 0) append(kept, 'cause');
  if (hasOwn(value, 'errors') && isArray(peek(value, 'errors')) && arrayIndexOf(kept, 'errors') < 0)
    append(kept, 'errors');
  shape.keys = kept;
  shape.base = indented(text, context.indentation);
  shape.baseAlone = true;
  if (context.depth !== null && depth > context.depth) shape.keys = [];
  return shape;
}

function indented(text: string, by: number): string {
  if (by === 0 || !stringIncludes(text, '\n')) return text;
  let result = '';
  for (let i = 0; i < text.length; i++) result += text[i] === '\n' ? `\n${spaces(by)}` : text[i];
  return result;
}
