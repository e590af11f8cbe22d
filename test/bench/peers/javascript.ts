import { readFile } from 'node:fs/promises';
import type { InsidePeer } from './peer.ts';

/** QuickJS in WebAssembly by quickjs-emscripten: no runtime library, and a `console.log` that goes nowhere. */
const quickjsEmscripten: InsidePeer = {
  name: 'quickjs-emscripten',
  how: 'new runtime and context, eval, disposed',
  async prepare() {
    const { getQuickJS } = await import('quickjs-emscripten');
    const quickjs = await getQuickJS();
    return (source) => {
      const begin = performance.now();
      const runtime = quickjs.newRuntime();
      const context = runtime.newContext();
      const log = context.newFunction('log', () => undefined);
      const console = context.newObject();
      context.setProp(console, 'log', log);
      context.setProp(context.global, 'console', console);
      log.dispose();
      console.dispose();
      context.unwrapResult(context.evalCode(source)).dispose();
      context.dispose();
      runtime.dispose();
      return performance.now() - begin;
    };
  },
};

const quickjsWasi: InsidePeer = {
  name: 'quickjs-wasi',
  how: 'new instance of a compiled module, eval, disposed',
  async prepare() {
    const { QuickJS } = await import('quickjs-wasi');
    const bytes = await readFile(new URL(import.meta.resolve('quickjs-wasi/quickjs.wasm')));
    const wasm = await WebAssembly.compile(bytes);
    return async (source) => {
      const begin = performance.now();
      const vm = await QuickJS.create({ wasm });
      const console = vm.newObject();
      vm.setProp(
        console,
        'log',
        vm.newFunction('log', () => vm.undefined),
      );
      vm.setProp(vm.global, 'console', console);
      vm.evalCode(source);
      vm.dispose();
      return performance.now() - begin;
    };
  },
};

export const javascriptPeers = [quickjsEmscripten, quickjsWasi] as const;
