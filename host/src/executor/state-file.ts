import { ExecError } from '../errors.ts';
import type { Workspace } from './workspace.ts';

/** Where a component keeps the globals of a session (docs/SESSIONS.md). */
const path = '/app/.session_state.json';
/** Bytes in which the names stand: 100 of at most 200 characters, each of at most 6 bytes. */
const headBytes = 128 * 1024;
/** No text of JSON holds this. */
const endOfNames = ',"state":';
const mostNames = 100;

/**
 * The names that the component could not save. The file is the program's to write, too: nothing but its beginning is
 * looked at, and nothing in it is believed to be well-formed.
 */
export function skippedNames(workspace: Workspace): string[] {
  const head = headOf(workspace);
  const end = head?.indexOf(endOfNames) ?? -1;
  if (head === undefined || end === -1) return [];
  try {
    const { skipped } = JSON.parse(`${head.slice(0, end)}}`) as { skipped?: unknown };
    if (!Array.isArray(skipped)) return [];
    return (skipped as unknown[]).filter((name) => typeof name === 'string').slice(0, mostNames);
  } catch {
    return [];
  }
}

function headOf(workspace: Workspace): string | undefined {
  try {
    return new TextDecoder().decode(workspace.read(path).slice(0, headBytes));
  } catch (error) {
    if (error instanceof ExecError) return undefined;
    throw error;
  }
}
