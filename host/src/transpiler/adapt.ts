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
  const faster = [withoutDebugLog, directImports, ...(restorable ? [exposeHandles] : [])];
  return faster.reduce((text, change) => {
    try {
      return change(text);
    } catch (error) {
      if (lenient && error instanceof ShapeError) return text;
      throw error;
    }
  }, withoutFinalizers(source));
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

function unknownShape(where: string): ShapeError {
  return new ShapeError(`the output of jco has another shape than its pinned version: adapt ${where} to it`);
}

/**
 * Lets the engine see the tables of resource handles, which are part of an instance's state: without them a memory
 * image put back in place would refer to handles that are gone. They are variables inside jco's `instantiate`; its
 * result gets them as `$handles`, pairs of a handle table and the map from representation to object.
 */
function exposeHandles(source: string): string {
  const tables = [...source.matchAll(/^ +const captureTable(\d+)= ?new Map\(\);$/gm)].map((match) => match[1]);
  const declared = [...source.matchAll(/^ +const handleTable(\d+) = \[T_FLAG, 0\];$/gm)].length;
  const results = [...source.matchAll(/^ {2,4}return \{ (?=.*\};$)/gm)];
  const result = results.at(-1);
  if (result === undefined || declared < tables.length) {
    throw unknownShape('exposeHandles');
  }
  const pairs = tables.map((index) => `[handleTable${index}, captureTable${index}]`).join(', ');
  const at = result.index + result[0].length;
  return `${source.slice(0, at)}$handles: [${pairs}], ${source.slice(at)}`;
}
