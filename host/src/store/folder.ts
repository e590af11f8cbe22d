import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The folder of the sessions unless `--dir` names one: `EXEC_SESSIONS_DIR`, else the user's application data. */
export function defaultSessionsFolder(): string {
  const chosen = process.env['EXEC_SESSIONS_DIR'];
  return chosen ? resolve(chosen) : join(dataFolder(), 'golem-exec', 'sessions');
}

function dataFolder(): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support');
    case 'win32':
      return process.env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
    default: {
      // XDG Base Directory Specification: a path that is not absolute is to be ignored.
      const data = process.env['XDG_DATA_HOME'];
      return data !== undefined && isAbsolute(data) ? data : join(homedir(), '.local', 'share');
    }
  }
}
