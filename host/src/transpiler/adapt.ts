/**
 * Changes the JavaScript module that jco makes of a component to what the engine needs. The text is that of the pinned
 * version; where it has another shape, this fails instead of letting a change get lost.
 */
export function adapt(source: string): string {
  return exposeHandles(directImports(withoutDebugLog(withoutFinalizers(source))));
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
    /^ {4}let parentTask;\n {4}let task;\n {4}let subtask;\n[\s\S]*?^ {4}const started = task\.enterSync\(\);\n/gm;
  const call =
    /_withGlobalCurrentTaskMeta\(\{\s*componentIdx: task\.componentIdx\(\),\s*taskID: task\.id\(\),\s*fn: \(\) => _trackHostOperation\(\(\) => (.*)\),\s*\}\)/g;
  const lowered = /^ {2}let trampoline(\d+) = _trampoline\1\.manuallyAsync \?[\s\S]*?\n {2}\);\n/gm;
  const counts = [start, call, lowered].map((pattern) => [...source.matchAll(pattern)].length);
  const trampolines = [...source.matchAll(/^ {2}_trampoline\d+\.fnName = /gm)].length;
  if (trampolines === 0 || counts.some((count) => count !== trampolines)) throw unknownShape('directImports');
  const task =
    '{ componentIdx: () => -1, id: () => 0n, resolve() {}, exit() {}, setErrored() {}, reject() {}, getParentSubtask() {} }';
  const begin = 'export function instantiate(';
  return source
    .replace(start, '    const task = $hostTask;\n')
    .replace(call, '($1)')
    .replace(lowered, '  let trampoline$1 = _trampoline$1;\n')
    .replace(begin, `const $$hostTask = ${task};\n${begin}`);
}

function unknownShape(where: string): Error {
  return new Error(`the output of jco has another shape than its pinned version: adapt ${where} to it`);
}

/**
 * Lets the engine see the tables of resource handles, which are part of an instance's state: without them a memory
 * image put back in place would refer to handles that are gone. They are variables inside jco's `instantiate`; its
 * result gets them as `$handles`, pairs of a handle table and the map from representation to object.
 */
function exposeHandles(source: string): string {
  const tables = [...source.matchAll(/^ {2}const captureTable(\d+)= ?new Map\(\);$/gm)].map((match) => match[1]);
  const declared = [...source.matchAll(/^ {2}const handleTable(\d+) = \[T_FLAG, 0\];$/gm)].length;
  const results = [...source.matchAll(/^ {2}return \{ (?=.*\};$)/gm)];
  const result = results.at(-1);
  if (result === undefined || declared < tables.length) {
    throw unknownShape('exposeHandles');
  }
  const pairs = tables.map((index) => `[handleTable${index}, captureTable${index}]`).join(', ');
  const at = result.index + result[0].length;
  return `${source.slice(0, at)}$handles: [${pairs}], ${source.slice(at)}`;
}
