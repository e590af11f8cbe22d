// Runs one test inside the component and prints how it ended as the last line. `test.js` is the test; the argument
// says whether it is a script of the global scope or a module.
import * as std from 'std';

const printed = [];
let error;

globalThis.print = (...values) => {
  printed.push(values.join(' '));
};
globalThis.$262 = {
  agent: undefined,
  createRealm() {
    throw new Error('one realm: programs cannot make another');
  },
  detachArrayBuffer: (buffer) => {
    buffer.transfer();
  },
  evalScript: (source) => std.evalScript(source),
  gc: () => std.gc(),
  global: globalThis,
};

const { stringify } = JSON;
const { log } = console;

const fail = (thrown) => {
  error ??= { name: `${thrown?.constructor?.name}`, message: `${thrown?.message ?? thrown}` };
};
process.on('uncaughtException', fail);
process.on('exit', () => log(stringify({ error, printed })));

const [kind, file] = process.argv.slice(2);
try {
  if (kind === 'module') await import(file);
  else std.evalScript(std.loadFile(file));
} catch (thrown) {
  fail(thrown);
}
