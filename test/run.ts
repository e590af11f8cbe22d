/**
 * Runs the test suites and ends with a line that counts the tests. `npm test -- PATTERN` runs the files whose path
 * holds PATTERN.
 */
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const files = vitest.state.getFiles();
let passed = 0;
let failed = 0;
for (const module of vitest.state.getTestModules()) {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') passed++;
    else if (state === 'failed') failed++;
  }
  // What could not be loaded, or whose hooks failed, counts as a failed test: its own tests were left out.
  if (module.errors().length > 0) failed++;
  for (const suite of module.children.allSuites()) {
    if (suite.errors().length > 0) failed++;
  }
}
const unhandled = vitest.state.getUnhandledErrors().length;
await vitest.close();
failed += unhandled;
if (files.length === 0) failed++;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
