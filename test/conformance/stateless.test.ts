/** Seed 004 §8, row "Stateless": happy path, syntax errors, runtime errors, oversized input, timeouts. */
import { conformance } from './suite.ts';
import { main } from './table.ts';

conformance('stateless', [
  { name: 'a program prints', ways: ['run','stream','session','session-stream'], files: [main('print("hi")', 'console.log("hi")')], expect: { stdout: 'hi\n' } },
]);
