import { createInterface } from 'node:readline';
import process from 'node:process';
const rl = createInterface({ input: process.stdin, crlfDelay: Infinity });
let n = 0; const counts = new Map();
for await (const line of rl) { n++; for (const ch of line) counts.set(ch, (counts.get(ch) ?? 0) + 1); console.log(String(n).padStart(4), line); }
console.log([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 5));
process.stdout.write(`lines: ${n}\n`);
process.exitCode = 3;
