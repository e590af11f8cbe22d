import type { InsidePeer } from './peer.ts';

/** CPython in WebAssembly by Pyodide. Its interpreter takes seconds to load, so that all runs share one. */
export const pyodide: InsidePeer = {
  name: 'pyodide',
  how: 'new globals in one shared interpreter: not hermetic',
  async prepare() {
    const { loadPyodide } = await import('pyodide');
    const interpreter = await loadPyodide({ stdout: () => undefined });
    return (source) => {
      const begin = performance.now();
      const globals = interpreter.toPy({ __name__: '__main__' });
      interpreter.runPython(source, { globals });
      globals.destroy();
      return performance.now() - begin;
    };
  },
};
