import { spawn } from 'node:child_process';
import { BuildError } from './log.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the build's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command and returns its stdout.
 *
 * @throws {BuildError} when the command is missing or fails, with the end of what it printed.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
    child.on('error', (error) => reject(new BuildError(`cannot start ${command}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) {
        resolve(Buffer.concat(out).toString());
        return;
      }
      const tail = Buffer.concat(all).toString().trimEnd().split('\n').slice(-25).join('\n');
      reject(new BuildError(`${command} ${args.slice(0, 4).join(' ')} … failed with exit code ${code}:\n${tail}`));
    });
  });
}
