import type { AnyNode, CallExpression, Program } from 'acorn';

/** Units of fuel, measured averages of whole programs: a guess within a factor of ten is what this is for. */
const costs = { node: 60, call: 500, made: 3_000, item: 1_500, printed: 97_000 } as const;
/** What a loop goes through that is not to be seen is taken for so many steps. */
const few = 10;
const top = 1e15;
/** Methods that call a function for each element. */
const perElement: ReadonlySet<string> = new Set(
  'map filter forEach reduce reduceRight every some find findIndex findLast flatMap sort toSorted from'.split(' '),
);

/** What a program will take as far as its text tells. */
export interface Work {
  /** Units of fuel, beside its start and its imports. */
  readonly fuel: number;
  /** Whether it depends on what is not to be seen in the text. */
  readonly openEnded: boolean;
}

interface Call {
  readonly name: string;
  readonly times: number;
  readonly first: AnyNode | undefined;
}

interface Body {
  readonly own: number;
  readonly calls: readonly Call[];
}

/** Each node costs, as often as it is carried out. */
export function workOf(program: Program, numbers: Numbers): Work {
  const estimate = new Estimate(numbers);
  return estimate.of(program);
}

class Estimate {
  readonly #numbers: Numbers;
  readonly #bodies = new Map<string, Body>();
  readonly #known = new Map<string, number>();
  #open = false;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  of(program: Program): Work {
    const functions: [string, AnyNode][] = [];
    for (const node of this.#numbers.nodes) {
      const named = namedFunction(node);
      if (named !== undefined) functions.push(named);
    }
    for (const [name, body] of functions) this.#bodies.set(name, this.#measure(body));
    const { own, calls } = this.#measure(program);
    const inCalls = calls.reduce((sum, { name, times, first }) => sum + times * this.#cost(name, first, []), 0);
    return { fuel: Math.round(Math.min(top, own + inCalls)), openEnded: this.#open };
  }

  #measure(body: AnyNode): Body {
    let own = 0;
    const calls: Call[] = [];
    const pending: [AnyNode, number][] = [[body, 1]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [node, given] = next;
      const times = Math.min(given, top);
      own += costs.node * times;
      if (node !== body && namedFunction(node) !== undefined) continue;
      const loop = this.#turns(node);
      if (loop !== undefined) {
        const { once, repeated } = partsOf(node);
        for (const part of once) pending.push([part, times]);
        for (const part of repeated) pending.push([part, times * this.#steps(loop.steps)]);
        continue;
      }
      if (node.type === 'NewExpression' || node.type === 'CallExpression') {
        const call = node as CallExpression;
        const name = calledName(call);
        const [first] = call.arguments as AnyNode[];
        const length = this.#numbers.length(node);
        own +=
          times *
          (call.callee.type === 'MemberExpression' && objectName(call) === 'console' ? costs.printed : costs.call);
        if (node.type === 'NewExpression') own += times * costs.made;
        own += times * (length ?? 0) * costs.item;
        calls.push({ name, times, first });
        const elements = perElement.has(name)
          ? (length ??
            (call.callee.type === 'MemberExpression' ? this.#numbers.length(call.callee.object as AnyNode) : undefined))
          : 1;
        for (const argument of call.arguments as AnyNode[]) {
          const inside = isFunction(argument) ? this.#steps(perElement.has(name) ? (elements ?? null) : 1) : 1;
          pending.push([argument, times * inside]);
        }
        pending.push([call.callee as AnyNode, times]);
        continue;
      }
      for (const child of childrenOf(node)) pending.push([child, times]);
    }
    return { own: Math.min(own, top), calls };
  }

  /** Steps of a loop, null where they are not to be seen; nothing for what is no loop. */
  #turns(node: AnyNode): { readonly steps: number | null } | undefined {
    switch (node.type) {
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return { steps: this.#numbers.steps(node) ?? null };
      case 'ForOfStatement':
        return { steps: this.#numbers.length(node.right) ?? null };
      case 'ForInStatement':
        return { steps: null };
      default:
        return undefined;
    }
  }

  #steps(steps: number | null): number {
    if (steps === null) this.#open = true;
    return steps ?? few;
  }

  #cost(name: string, first: AnyNode | undefined, above: readonly string[]): number {
    const body = this.#bodies.get(name);
    if (body === undefined || above.length > 40) return 0;
    const argument = first === undefined ? undefined : this.#numbers.value(first);
    const key = `${name} ${argument}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const inside = [...above, name];
    const again = body.calls.filter((call) => call.name === name);
    const inner = body.calls
      .filter((call) => !inside.includes(call.name))
      .reduce((sum, call) => sum + call.times * this.#cost(call.name, call.first, inside), 0);
    const cost = Math.min(top, (body.own + inner) * this.#repeats(again, argument));
    this.#known.set(key, cost);
    return cost;
  }

  /** How often a function is carried out that calls itself; most of its calls take a short way out. */
  #repeats(again: readonly Call[], argument: number | undefined): number {
    if (again.length === 0) return 1;
    if (argument === undefined) {
      this.#open = true;
      return few * few;
    }
    const count = Math.max(1, Math.min(argument, 1e6));
    const offsets = again.flatMap(({ first }) => offsetOf(first) ?? []);
    if (offsets.length < again.length) return count;
    if (offsets.length === 1) return count / (offsets[0] ?? 1);
    let [low, high] = [1, offsets.length + 1];
    for (let round = 0; round < 40; round++) {
      const middle = (low + high) / 2;
      const grows = offsets.reduce((sum, offset) => sum + middle ** -offset, 0) > 1;
      [low, high] = grows ? [middle, high] : [low, middle];
    }
    return count > 200 ? top : Math.min(top, low ** count / 5 + 1);
  }
}

/** The numbers that a program's names stand for, where its text tells. */
export class Numbers {
  /** All nodes of the program. */
  readonly nodes: readonly AnyNode[];
  /** Of names that are given one once, and never another. */
  readonly #constants = new Map<string, number>();
  readonly #begins = new Map<string, number>();
  readonly #lengths = new Map<string, number>();

  constructor(program: Program) {
    this.nodes = nodesOf(program);
    const changed = new Set<string>();
    const declared: [string, AnyNode][] = [];
    for (const node of this.nodes) {
      if (node.type === 'VariableDeclarator') {
        if (node.id.type === 'Identifier' && node.init) declared.push([node.id.name, node.init]);
        continue;
      }
      const target =
        node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
      if (target?.type === 'Identifier') changed.add(target.name);
    }
    // In the order of the text, for those that are made of others.
    for (const [name, init] of declared.sort(([, one], [, other]) => one.start - other.start)) {
      const value = this.value(init);
      if (value !== undefined && !this.#begins.has(name)) this.#begins.set(name, value);
      if (changed.has(name)) continue;
      if (value !== undefined) this.#constants.set(name, value);
      const length = this.length(init);
      if (length !== undefined) this.#lengths.set(name, length);
    }
  }

  /** The value of an expression of literal numbers and names that have one. */
  value(node: AnyNode, depth = 0): number | undefined {
    if (depth > 20) return undefined;
    if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
    if (node.type === 'Identifier') return this.#constants.get(node.name);
    if (node.type === 'UnaryExpression' && node.operator === '-') {
      const value = this.value(node.argument, depth + 1);
      return value === undefined ? undefined : -value;
    }
    if (node.type !== 'BinaryExpression') return undefined;
    const one = this.value(node.left as AnyNode, depth + 1);
    const other = this.value(node.right, depth + 1);
    if (one === undefined || other === undefined) return undefined;
    switch (node.operator) {
      case '+':
        return one + other;
      case '-':
        return one - other;
      case '*':
        return one * other;
      case '/':
        return one / other;
      case '**':
        return one ** other;
      default:
        return undefined;
    }
  }

  /** How many things an expression gives. */
  length(node: AnyNode, depth = 0): number | undefined {
    if (depth > 20) return undefined;
    if (node.type === 'Identifier') return this.#lengths.get(node.name);
    if (node.type === 'ArrayExpression') {
      const [only] = node.elements;
      return node.elements.length === 1 && only?.type === 'SpreadElement'
        ? this.length(only.argument, depth + 1)
        : node.elements.length;
    }
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const [first] = node.arguments as AnyNode[];
    const name = calledName(node as CallExpression);
    if (name === 'Array' && first !== undefined && node.arguments.length === 1) return bounded(this.value(first));
    if (name === 'from' && first?.type === 'ObjectExpression') {
      const property = first.properties.find((each) => each.type === 'Property' && keyName(each.key) === 'length');
      return property?.type === 'Property' ? bounded(this.value(property.value)) : undefined;
    }
    const passed =
      name === 'from'
        ? first
        : node.callee.type === 'MemberExpression' &&
            /^(keys|values|entries|map|fill|slice|reverse|toSorted|sort)$/.test(name)
          ? (node.callee.object as AnyNode)
          : undefined;
    return passed === undefined ? undefined : this.length(passed, depth + 1);
  }

  /** Steps of a loop that counts to a number. */
  steps(loop: AnyNode): number | undefined {
    if (loop.type !== 'ForStatement' && loop.type !== 'WhileStatement' && loop.type !== 'DoWhileStatement')
      return undefined;
    const { test } = loop;
    if (test?.type !== 'BinaryExpression' || test.left.type !== 'Identifier') return undefined;
    const counter = test.left.name;
    const to = this.value(test.right);
    const declared =
      loop.type === 'ForStatement' && loop.init?.type === 'VariableDeclaration'
        ? loop.init.declarations.find(({ id }) => id.type === 'Identifier' && id.name === counter)?.init
        : undefined;
    const from = declared ? this.value(declared) : this.#begins.get(counter);
    if (to === undefined || from === undefined) return undefined;
    const step = stepOf(
      loop.type === 'ForStatement' && loop.update ? [loop.update] : childrenOf(loop.body),
      counter,
      this,
    );
    return step === undefined ? undefined : bounded(Math.floor(Math.abs(to - from) / step));
  }
}

function stepOf(nodes: readonly AnyNode[], counter: string, numbers: Numbers): number | undefined {
  for (const node of nodes) {
    const inner = node.type === 'ExpressionStatement' ? node.expression : node;
    if (inner.type === 'UpdateExpression' && inner.argument.type === 'Identifier' && inner.argument.name === counter)
      return 1;
    if (inner.type === 'AssignmentExpression' && inner.left.type === 'Identifier' && inner.left.name === counter) {
      const by = numbers.value(inner.right);
      return (inner.operator === '+=' || inner.operator === '-=') && by ? Math.abs(by) : undefined;
    }
  }
  return undefined;
}

function bounded(length: number | undefined): number | undefined {
  return length === undefined || Number.isNaN(length) ? undefined : Math.max(0, Math.min(length, top));
}

/** What of a loop is carried out once, and what each time. */
function partsOf(loop: AnyNode): { readonly once: readonly AnyNode[]; readonly repeated: readonly AnyNode[] } {
  switch (loop.type) {
    case 'ForStatement':
      return { once: [loop.init ?? []].flat(), repeated: [loop.test ?? [], loop.update ?? [], loop.body].flat() };
    case 'ForOfStatement':
    case 'ForInStatement':
      return { once: [loop.right], repeated: [loop.left, loop.body] };
    default:
      return { once: [], repeated: childrenOf(loop) };
  }
}

/** A function with a name that it can be called by. */
function namedFunction(node: AnyNode): [string, AnyNode] | undefined {
  if (node.type === 'FunctionDeclaration' && node.id) return [node.id.name, node.body];
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init && isFunction(node.init))
    return [node.id.name, node.init.body];
  if (node.type === 'MethodDefinition' && node.value.body) return [keyName(node.key), node.value.body];
  if (node.type === 'Property' && isFunction(node.value)) return [keyName(node.key), node.value.body];
  return undefined;
}

function isFunction(node: AnyNode): node is AnyNode & { readonly body: AnyNode } {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

function offsetOf(node: AnyNode | undefined): number | undefined {
  if (node?.type !== 'BinaryExpression' || node.operator !== '-' || node.right.type !== 'Literal') return undefined;
  const { value } = node.right;
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function calledName({ callee }: CallExpression): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? keyName(callee.property as AnyNode) : '';
}

function objectName({ callee }: CallExpression): string {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee.object.name : '';
}

function keyName(key: AnyNode): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : '';
}

function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push(value);
      continue;
    }
    for (const each of value) if (isNode(each)) children.push(each);
  }
  return children;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Not a recursion: the program may be nested deeply. */
function nodesOf(program: Program): AnyNode[] {
  const nodes: AnyNode[] = [];
  const pending: AnyNode[] = [program];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node)) pending.push(child);
  }
  return nodes;
}
