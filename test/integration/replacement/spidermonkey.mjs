/**
 * A replacement of the JavaScript component by another engine: componentize-js compiles this file and SpiderMonkey to
 * a component. It runs real programs, and knows nothing of our host but the contract: output goes back in the result.
 */
import { getDirectories } from 'wasi:filesystem/preopens@0.2.12';

const decoder = new TextDecoder();

class Session {
  #kind;

  constructor({ kind }) {
    this.#kind = kind;
  }

  run(entrypoint, args, stdin, env) {
    if (this.#kind !== 'javascript') throw { tag: 'unsupported-language' };
    const stage = { stdout: '', stderr: '', exitCode: 0, signal: undefined };
    let program;
    try {
      program = new Function('print', 'args', 'stdin', 'env', read(entrypoint));
    } catch (error) {
      throw { tag: 'compilation-failed', val: { ...stage, stderr: `${error}\n`, exitCode: 1 } };
    }
    const print = (...values) => {
      stage.stdout += `${values.join(' ')}\n`;
    };
    try {
      program(print, args, stdin, Object.fromEntries(env));
    } catch (error) {
      throw { tag: 'runtime-failed', val: { ...stage, stderr: `${error}\n`, exitCode: 1 } };
    }
    const passed = { ...stage, stdout: '', exitCode: 0 };
    return { compile: passed, run: stage, timeMs: undefined, memoryBytes: undefined };
  }

  upload() {}
  download() {
    return new Uint8Array();
  }
  listFiles() {
    return [];
  }
  setWorkingDir() {}
  close() {}
}

/** The text of a file of the working directory. */
function read(name) {
  const [[root]] = getDirectories();
  const file = root.openAt({}, `app/${name}`, {}, { read: true });
  const [bytes] = file.read(1n << 20n, 0n);
  return decoder.decode(bytes);
}

export const sessions = { Session };
export const executor = {
  run() {
    throw { tag: 'internal', val: 'files are not written here' };
  },
};
