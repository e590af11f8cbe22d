import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { ExecError, InvalidRequestError } from '../errors.ts';
import { type ErrorGuidance, type ErrorType, failureGuidance } from '../guidance/index.ts';
import { StoreError, type StoreErrorCode } from '../store/index.ts';

/** A call that could not be carried out, with what to do about it. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly guidance: ErrorGuidance;

  constructor(type: ErrorType, message: string, steps?: readonly string[]) {
    super(message);
    this.guidance = failureGuidance(type, message, steps);
  }
}

/**
 * The result of a call that could not be carried out: guidance as JSON text. It has no structured content, which would have to match
 * the tool's output schema (MCP 2025-06-18, tools, output schema); clients check that for errors too.
 */
export function failureResult(error: unknown, about: string): CallToolResult {
  const { guidance } = failureOf(error, about);
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ success: false, ...guidance }) }] };
}

/** Whether an error is one that calls end with; what is not is a fault of the server. */
export function isExpected(error: unknown): boolean {
  return [ToolFailure, StoreError, InvalidRequestError, ExecError].some((kind) => error instanceof kind);
}

/** @param about the session that the call was about. */
function failureOf(error: unknown, about: string): ToolFailure {
  if (error instanceof ToolFailure) return error;
  if (error instanceof StoreError) return ofStore(error, about);
  if (error instanceof InvalidRequestError) return new ToolFailure('InvalidRequest', error.message);
  if (error instanceof ExecError) {
    if (error.tag === 'resource-exceeded') return new ToolFailure('QuotaExceeded', error.message);
    if (error.tag === 'runtime-failed')
      return new ToolFailure('FileNotFound', error.message.replace(/^golem-exec: /, ''), fileSteps);
    if (error.tag === 'compilation-failed') return new ToolFailure('InvalidRequest', error.message);
    return new ToolFailure(error.message.includes('closed') ? 'InvalidSessionState' : 'HostError', error.message);
  }
  // Whatever it is, a client learns nothing of this machine by it.
  return new ToolFailure('HostError', 'the server could not carry out the call');
}

const fileSteps = [
  'list_files shows what is there; names are case-sensitive, relative paths are in /app.',
  'Give the session_id of the session that holds the file: each has files of its own.',
];

/** What is wrong with a stored session. The store's own words name folders of this machine, which are not for clients. */
const storeWords: Readonly<Record<StoreErrorCode, string>> = {
  'invalid-id': 'a session_id has letters, digits and hyphens only, at most 64',
  'not-found': 'there is no such session',
  exists: 'there is a session of this name already',
  'in-use': 'another process is using the session',
  expired: 'the session has expired; its files can be downloaded, and no program can run in it',
  full: 'the store of sessions is full',
  replaced: 'it was removed, and there is another of its name',
  damaged: 'the file of the session is damaged',
  version: 'the session was written by another version of golem-exec',
  unusable: 'the store of sessions cannot be used',
};

const storeSteps: Readonly<Record<StoreErrorCode, readonly string[]>> = {
  'invalid-id': [
    'Use a name such as "sales-2026".',
    'Leave session_id out: create_session chooses a name, other tools use the default session.',
  ],
  'not-found': [
    'list_sessions shows the sessions that there are.',
    'Make it with create_session, or leave session_id out to use the default session.',
  ],
  exists: [
    'Use it: give its session_id to execute_code.',
    'Choose another session_id, or remove it with destroy_session.',
  ],
  'in-use': ['Try again in a moment.', 'Use another session, or create_session.'],
  expired: [
    'download_file and list_files still work on it; copy what is needed to a new session (create_session, upload_file).',
    'destroy_session removes it.',
  ],
  full: [
    'destroy_session removes sessions that are no longer needed; list_sessions shows them.',
    'Remove large files: list_files shows sizes.',
  ],
  replaced: ['Try again: the next call finds the new one.', 'get_workspace_info shows what it is now.'],
  damaged: [
    'destroy_session removes it; create_session makes a new one of the same name.',
    'Use another session; the others are not affected.',
  ],
  version: [
    'destroy_session removes it; create_session makes a new one of the same name.',
    'Use another session; the others are not affected.',
  ],
  unusable: [
    'Use the default session, which needs no store: leave session_id out.',
    'Tell whoever runs this server: the disk or its permissions refuse.',
  ],
};

function ofStore({ code }: StoreError, about: string): ToolFailure {
  const type = code === 'full' ? 'QuotaExceeded' : code === 'unusable' ? 'HostError' : 'InvalidSessionState';
  return new ToolFailure(type, `session ${JSON.stringify(about)}: ${storeWords[code]}`, storeSteps[code]);
}
