/**
 * A program of the sandbox, made one file by the build: reads the JavaScript on its standard input and prints what it saw
 * there. Who sends code to be analysed may send what takes a parser minutes; here the limits of a run hold for it.
 */
import { readFileSync } from 'node:fs';
import { javascriptFacts } from './javascript-facts.ts';

console.log(JSON.stringify(await javascriptFacts(readFileSync(0, 'utf8'))));
