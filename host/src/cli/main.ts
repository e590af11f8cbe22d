#!/usr/bin/env node
import { tierForOneRun } from '../node/tiering.ts';
import { nodeTooOld } from '../node/version.ts';
import { endEarly, startEarly } from './early.ts';
import { exitStatus } from './exit.ts';

const tooOld = nodeTooOld();
if (tooOld !== undefined) {
  console.error(tooOld);
  process.exit(exitStatus.internal);
}
// Not for a server, which lives on.
if (process.argv[2] !== 'mcp') tierForOneRun();
startEarly(process.argv.slice(2));
const { runCommandLine } = await import('./commands.ts');
await runCommandLine();
await endEarly();
