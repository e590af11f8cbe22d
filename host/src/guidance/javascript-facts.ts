import type { AnyNode, CallExpression, ImportDeclaration, Node, Options, Program } from 'acorn';
import { type CodeFacts, mostFacts, type NamedPlace, type PathUse, unparsed } from './facts.ts';
import { Numbers, type Work, workOf } from './javascript-work.ts';

/** Functions of QuickJS's `os` that return `[result, error]`. */
const tupleFunctions: ReadonlySet<string> = new Set(['readdir', 'stat', 'lstat', 'readlink', 'realpath', 'getcwd']);
const networkModules: ReadonlySet<string> = new Set(['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns']);
const processModules: ReadonlySet<string> = new Set(['child_process', 'cluster', 'worker_threads']);
const networkCalls: ReadonlySet<string> = new Set(['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource']);
/** Functions whose first argument is a path; the second set writes to it. */
const readers: ReadonlySet<string> = new Set(
  'readFile readFileSync readdir readdirSync stat statSync lstat lstatSync existsSync open openSync createReadStream loadFile readJson readText readLines listFiles fileExists fileSize'.split(
    ' ',
  ),
);
const writers: ReadonlySet<string> = new Set(
  'writeFile writeFileSync appendFile appendFileSync mkdir mkdirSync rm rmSync unlink unlinkSync rename renameSync createWriteStream writeJson writeText appendText removeFile remove'.split(
    ' ',
  ),
);

/** Reads a JavaScript program without running it. The parser is loaded by the first call. */
export async function javascriptFacts(code: string): Promise<CodeFacts> {
  const [{ parse }, { fullAncestor }] = await Promise.all([import('acorn'), import('acorn-walk')]);
  let program: Program;
  try {
    program = parseEither(parse, code);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const { loc } = error as SyntaxError & { loc?: { line: number } };
      return unparsed(error.message.replace(/ \(\d+:\d+\)$/, ''), loc?.line ?? null);
    }
    // A program nested deeper than the parser's stack.
    if (error instanceof RangeError) return unparsed('the code is nested too deeply to be analysed', null);
    throw error;
  }
  let collector: Collector;
  try {
    const numbers = new Numbers(program);
    collector = new Collector(numbers, workOf(program, numbers));
    fullAncestor(program, (node, _state, ancestors) => collector.visit(node as AnyNode, ancestors as AnyNode[]));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unparsed('the code is nested too deeply to be analysed', null);
  }
  return collector.facts();
}

/** As an ES module, or else as the script that a CommonJS file is. */
function parseEither(parse: (code: string, options: Options) => Program, code: string): Program {
  const common = { ecmaVersion: 'latest', locations: true, allowHashBang: true } as const;
  try {
    return parse(code, { ...common, sourceType: 'module' });
  } catch (error) {
    try {
      return parse(code, { ...common, sourceType: 'script', allowReturnOutsideFunction: true });
    } catch {
      throw error;
    }
  }
}

class Collector {
  readonly #numbers: Numbers;
  readonly #work: Work;
  readonly #imports = new Places();
  readonly #vendored = new Places();
  readonly #network = new Places();
  readonly #processes = new Places();
  readonly #recursive = new Places();
  readonly #misuses = new Places();
  readonly #paths: PathUse[] = [];
  readonly #endless: number[] = [];
  /** Names that hold the untaken tuple of a call, by the call. */
  readonly #tuples = new Map<string, string>();
  /** Names that stand for QuickJS's modules, and for functions of them. */
  readonly #objects = new Map<string, string>([
    ['std', 'std'],
    ['os', 'os'],
  ]);
  readonly #functions = new Map<string, string>();
  #loops = 0;
  #depth = 0;
  #steps = 0;
  #keepsState = false;
  #readsInput = false;
  #classes = 0;
  #quickjs = false;

  constructor(numbers: Numbers, work: Work) {
    this.#numbers = numbers;
    this.#work = work;
  }

  /** @param ancestors from the program down to the node itself. */
  visit(node: AnyNode, ancestors: readonly AnyNode[]): void {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#module(node.source.value, node);
        this.#imported(node);
        break;
      case 'ImportExpression':
        this.#module(literal(node.source), node);
        break;
      case 'NewExpression':
        if (node.callee.type === 'Identifier' && networkCalls.has(node.callee.name)) {
          this.#network.add(node.callee.name, node);
        }
        break;
      case 'CallExpression':
        this.#call(node, ancestors);
        break;
      case 'Identifier':
        if (node.name === '_state') this.#keepsState = true;
        break;
      case 'MemberExpression':
        if (node.object.type !== 'Identifier') break;
        if (node.object.name === '_state') this.#keepsState = true;
        if (node.object.name === 'process' && name(node.property) === 'stdin') this.#readsInput = true;
        this.#useOfTuple(node.object.name, node);
        break;
      case 'ForOfStatement':
        if (node.right.type === 'Identifier') this.#useOfTuple(node.right.name, node);
        this.#loop(node, ancestors);
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.#loop(node, ancestors);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#classes++;
        break;
      default:
    }
  }

  facts(): CodeFacts {
    return {
      imports: this.#imports.list,
      vendored: this.#vendored.list,
      paths: this.#paths,
      loops: { count: this.#loops, depth: this.#depth, endless: this.#endless, steps: this.#steps },
      work: this.#work.fuel,
      openEnded: this.#work.openEnded,
      network: this.#network.list,
      processes: this.#processes.list,
      keepsState: this.#keepsState,
      readsInput: this.#readsInput,
      recursive: this.#recursive.list,
      classes: this.#classes,
      quickjs: { used: this.#quickjs, misuses: this.#misuses.list },
    };
  }

  #module(specifier: unknown, at: Node): void {
    if (typeof specifier !== 'string') return;
    this.#imports.add(specifier, at);
    if (specifier.startsWith('vendor:')) this.#vendored.add(specifier.slice('vendor:'.length), at);
    const bare = specifier.replace(/^node:/, '');
    if (networkModules.has(bare)) this.#network.add(specifier, at);
    if (processModules.has(bare)) this.#processes.add(specifier, at);
    if (bare === 'std' || specifier === 'os') this.#quickjs = true;
    if (bare === 'readline') this.#readsInput = true;
  }

  /** Names that a program gives QuickJS's modules and their functions. */
  #imported({ source, specifiers }: ImportDeclaration): void {
    const module = source.value;
    if (module !== 'std' && module !== 'os') return;
    for (const specifier of specifiers) {
      if (specifier.type === 'ImportSpecifier') {
        this.#functions.set(specifier.local.name, `${module}.${name(specifier.imported)}`);
      } else this.#objects.set(specifier.local.name, module);
    }
  }

  #call(node: CallExpression, ancestors: readonly AnyNode[]): void {
    const { callee } = node;
    const [first, second] = node.arguments;
    const argument = first === undefined ? undefined : literal(first);
    if (callee.type === 'Identifier') {
      if (callee.name === 'require') this.#module(argument, node);
      if (callee.name === 'requireVendor' && typeof argument === 'string') this.#vendored.add(argument, node);
      if (networkCalls.has(callee.name)) this.#network.add(callee.name, node);
      if (ancestors.some((outer) => isFunctionNamed(outer, callee.name))) this.#recursive.add(callee.name, node);
    }
    const called =
      callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? name(callee.property) : '';
    const object = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee.object.name : '';
    const module = this.#objects.get(object);
    const meant = module === undefined ? this.#functions.get(called) : `${module}.${called}`;
    if (meant !== undefined && (module !== undefined || callee.type === 'Identifier')) {
      this.#quickjs = true;
      if (meant.startsWith('os.') && tupleFunctions.has(meant.slice(3))) this.#tuple(meant, node, ancestors);
      else this.#untuple(meant, node, ancestors);
    }
    if (typeof argument === 'string' && (readers.has(called) || writers.has(called))) {
      const mode = second === undefined ? undefined : literal(second);
      const writes = writers.has(called) || (called === 'open' && typeof mode === 'string' && /[wa+]/.test(mode));
      if (this.#paths.length < mostFacts) this.#paths.push({ path: argument, write: writes, line: lineOf(node) });
    }
  }

  /** A call that returns `[result, error]`: what is done with it? */
  #tuple(call: string, node: CallExpression, ancestors: readonly AnyNode[]): void {
    const parent = ancestors.at(-2);
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
      this.#tuples.set(parent.id.name, call);
    else if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier') {
      this.#tuples.set(parent.left.name, call);
    } else if (parent?.type === 'ForOfStatement' && parent.right === node) this.#misuses.add(call, node);
    else if (parent?.type === 'MemberExpression' && !isIndex(parent)) this.#misuses.add(call, node);
    else if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') this.#misuses.add(call, node);
  }

  /** A call that returns one value, which is taken apart as if it were a tuple. */
  #untuple(call: string, node: CallExpression, ancestors: readonly AnyNode[]): void {
    const parent = ancestors.at(-2);
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ArrayPattern') this.#misuses.add(call, node);
  }

  #useOfTuple(variable: string, at: AnyNode): void {
    const call = this.#tuples.get(variable);
    if (call !== undefined && !(at.type === 'MemberExpression' && isIndex(at))) this.#misuses.add(call, at);
  }

  #loop(node: AnyNode, ancestors: readonly AnyNode[]): void {
    this.#loops++;
    const outer = ancestors.filter(isLoop);
    this.#depth = Math.max(this.#depth, outer.length);
    this.#steps = Math.max(
      this.#steps,
      Math.min(
        1e15,
        outer.reduce((product, loop) => product * Math.max(1, this.#numbers.steps(loop) ?? 1), 1),
      ),
    );
    if (isEndless(node) && !hasWayOut(node) && this.#endless.length < mostFacts) this.#endless.push(lineOf(node));
  }
}

/** A list of places, of bounded length. */
class Places {
  readonly list: NamedPlace[] = [];

  add(text: string, at: Node): void {
    if (this.list.length < mostFacts) this.list.push({ name: text.slice(0, 200), line: lineOf(at) });
  }
}

function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}

function name(node: AnyNode): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  const value = literal(node);
  return typeof value === 'string' ? value : '';
}

function literal(node: AnyNode): unknown {
  if (node.type === 'Literal') return node.value;
  // A template without parts to fill in is a literal, too.
  return node.type === 'TemplateLiteral' && node.quasis.length === 1 ? node.quasis[0]?.value.cooked : undefined;
}

/** `x[0]`, and `x.length`: what a tuple does have. */
function isIndex(node: AnyNode): boolean {
  if (node.type !== 'MemberExpression') return false;
  return node.computed ? node.property.type === 'Literal' && typeof node.property.value === 'number' : false;
}

function isFunctionNamed(node: AnyNode, wanted: string): boolean {
  return (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') && node.id?.name === wanted;
}

function isLoop(node: AnyNode): boolean {
  return ['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'].includes(node.type);
}

function isEndless(node: AnyNode): boolean {
  if (node.type === 'ForStatement') return node.test == null || literal(node.test) === true;
  return (node.type === 'WhileStatement' || node.type === 'DoWhileStatement') && Boolean(literal(node.test));
}

/** Whether a loop holds a statement that could leave it. */
function hasWayOut(loop: AnyNode): boolean {
  const pending: unknown[] = [loop];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const { type } = next as { type?: string };
    if (
      ['BreakStatement', 'ReturnStatement', 'ThrowStatement', 'YieldExpression', 'AwaitExpression'].includes(type ?? '')
    )
      return true;
    if (type === 'CallExpression' && leaves(next as CallExpression)) return true;
    // A function inside is another matter.
    if (type?.includes('Function') === true) continue;
    for (const value of Object.values(next)) if (typeof value === 'object' && value !== null) pending.push(value);
  }
  return false;
}

function leaves({ callee }: CallExpression): boolean {
  return callee.type === 'MemberExpression' && name(callee.property) === 'exit';
}
