#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { endEarly, startEarly } from './early.ts';

// V8 sets out to optimise an interpreter's loop after a few hundred steps, and the process cannot end before that is
// done: 70 to 150 ms for a program that ran for one. A program that is busy gets there all the same, a little later.
// Not so for a server, which lives on.
if (process.argv[2] !== 'mcp') setFlagsFromString('--wasm-tiering-budget=1000000000');
startEarly(process.argv.slice(2));
const { runCommandLine } = await import('./commands.ts');
await runCommandLine();
await endEarly();
