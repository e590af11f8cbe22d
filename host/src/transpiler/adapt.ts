export interface AdaptOptions {
  /** Whether all of an instance's state is within reach, so that it may be put back to an image. */
  readonly restorable: boolean;
  /** Leave out the changes that only make it faster where the text does not fit them. */
  readonly lenient: boolean;
}

/**
 * Changes the JavaScript module that jco makes of a component to what the engine needs. The text is that of the pinned
 * version; where it has another shape, this fails instead of letting a change get lost. Only a component that the
 * build never met may be of another kind (one without imports, for example): that is what `lenient` is for.
 */
export function adapt(source: string, { restorable, lenient }: AdaptOptions): string {
  const faster = [withoutDebugLog, directImports, withoutCopies, ...(restorable ? [exposeHandles] : [])];
  return faster.reduce(
    (text, change) => {
      try {
        return change(text);
      } catch (error) {
        if (lenient && error instanceof ShapeError) return text;
        throw error;
      }
    },
    boundedCounts(withoutFinalizers(source)),
  );
}

/** The output of jco has another shape than that of its pinned version. */
class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * The engine disposes of what it holds. A finalizer would enter an instance whenever the collector runs, even after
 * the instance was stopped in the middle or put back to an image that knows nothing of the handle.
 */
function withoutFinalizers(source: string): string {
  const created = 'return new FinalizationRegistry(unregister);';
  if (source.split(created).length !== 2) throw unknownShape('withoutFinalizers');
  return source.replace(created, 'return { register () {}, unregister () {} };');
}

/** Values of a list that an instance may hand over at once, and twice the resources of its own that it may have. */
const mostCounted = 100_000;

/**
 * What an instance counts out in four bytes each takes ten times that in the thread's own heap, which none of the limits
 * of a run hold for: a list of pollables, or the handles of resources that it makes itself.
 */
function boundedCounts(source: string): string {
  const begin = 'export function instantiate(';
  const loops = [...source.matchAll(/\(let i = 0; i < len\d+; i\+\+\)/g)].length;
  const list = /^( +)(?:var|let|const) result\d+ = \[\];\n(?=\s*for \(let i = 0; i < (len\d+); i\+\+\))/gm;
  const made = /= rscTableCreateOwn\.bind\(null, (handleTable\d+)\);/g;
  const others = source.split('rscTableCreateOwn.bind(').length - 1;
  if (!source.includes(begin) || count(source, list) !== loops || count(source, made) !== others) {
    throw unknownShape('boundedCounts');
  }
  const check = `const $bounded = (count) => {
  if (count > ${mostCounted}) throw new WebAssembly.RuntimeError('too many values at once');
};`;
  return source
    .replace(list, (whole, space: string, length: string) => `${space}$bounded(${length});\n${whole}`)
    .replace(made, '= (rep) => { $bounded($1.length); return rscTableCreateOwn($1, rep); };')
    .replace(begin, `${check}\n${begin}`);
}

function count(source: string, pattern: RegExp): number {
  return [...source.matchAll(pattern)].length;
}

/** jco's own tracing asks the process's environment at every step of every call. */
function withoutDebugLog(source: string): string {
  const asks = /const _debugLog = \(\.\.\.args\) => \{[^}]*\{ return; \}[^}]*\};/;
  if (!asks.test(source)) throw unknownShape('withoutDebugLog');
  return source.replace(asks, 'const _debugLog = () => {};');
}

/**
 * jco makes a task and a subtask of every call of an import, for the sake of asynchronous components. Ours are
 * synchronous: an import is called directly, which is an order of magnitude faster.
 */
function directImports(source: string): string {
  const start =
    /^( +)let parentTask;\n\1let task;\n\1let subtask;\n[\s\S]*?^\1const started = task\.enterSync\(\);\n/gm;
  const call =
    /_withGlobalCurrentTaskMeta\(\{\s*componentIdx: task\.componentIdx\(\),\s*taskID: task\.id\(\),\s*fn: \(\) => _trackHostOperation\(\(\) => (.*)\),\s*\}\)/g;
  const lowered = /^( +)let trampoline(\d+) = _trampoline\2\.manuallyAsync \?[\s\S]*?\n\1\);\n/gm;
  const counts = [start, call, lowered].map((pattern) => [...source.matchAll(pattern)].length);
  const trampolines = [...source.matchAll(/^ +_trampoline\d+\.fnName = /gm)].length;
  if (trampolines === 0 || counts.some((count) => count !== trampolines)) throw unknownShape('directImports');
  const task =
    '{ componentIdx: () => -1, id: () => 0n, resolve() {}, exit() {}, setErrored() {}, reject() {}, getParentSubtask() {} }';
  const begin = 'export function instantiate(';
  return source
    .replace(start, '$1const task = $$hostTask;\n')
    .replace(call, '($1)')
    .replace(lowered, '$1let trampoline$2 = _trampoline$2;\n')
    .replace(begin, `const $$hostTask = ${task};\n${begin}`);
}

/**
 * jco copies the bytes that a guest writes before it hands them over. The host's files and streams copy them anyway, or drop
 * them, before the call ends: a view of the guest's memory will do. What is long takes half the time, and no memory.
 */
function withoutCopies(source: string): string {
  const copied =
    /new Uint8Array\((memory\d+)\.buffer\.slice\((ptr\d+), \2 \+ (len\d+) \* 1\)\)(?=;\s*_debugLog\('\[iface="wasi:(?:filesystem\/types|io\/streams)@[^"]*", function="\[method\](?:descriptor|output-stream)\.[\w-]*write[\w-]*"\])/g;
  if (count(source, copied) === 0) throw unknownShape('withoutCopies');
  return source.replace(copied, 'new Uint8Array($1.buffer, $2, $3)');
}

function unknownShape(where: string): ShapeError {
  return new ShapeError(`the output of jco has another shape than its pinned version: adapt ${where} to it`);
}

/**
 * Lets the engine see the tables of resource handles, which are part of an instance's state: without them a memory
 * image put back in place would refer to handles that are gone. They are variables inside jco's `instantiate`; its
 * result gets them as `$handles` (`HandleTable` of the engine). The resources of the component's own have no objects.
 */
function exposeHandles(source: string): string {
  const numbers = (pattern: RegExp): (string | undefined)[] =>
    Array.from(source.matchAll(pattern), ([, index]) => index);
  const declared = numbers(/^ +const handleTable(\d+) = \[T_FLAG, 0\];$/gm);
  const objects = numbers(/^ +const captureTable(\d+)= ?new Map\(\);$/gm);
  const counters = numbers(/^ +let captureCnt(\d+)= ?0;$/gm);
  const results = [...source.matchAll(/^ {2,4}return \{ (?=.*\};$)/gm)];
  const result = results.at(-1);
  if (
    result === undefined ||
    objects.some((index) => !declared.includes(index)) ||
    objects.toString() !== counters.toString()
  ) {
    throw unknownShape('exposeHandles');
  }
  const tables = declared.map((index) => {
    if (!objects.includes(index)) return `[handleTable${index}, new Map(), { value: 0 }]`;
    const counter = `{ get value() { return captureCnt${index}; }, set value(count) { captureCnt${index} = count; } }`;
    return `[handleTable${index}, captureTable${index}, ${counter}]`;
  });
  const at = result.index + result[0].length;
  return `${source.slice(0, at)}$handles: [${tables.join(', ')}], ${source.slice(at)}`;
}
