import { createHash } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type * as z from 'zod';
import { defaultPolicy } from '../../sandbox/index.ts';
import type { SessionInfo } from '../../store/index.ts';
import { type Client, defaultSession } from '../client.ts';
import { inputs, outputs } from '../schemas.ts';
import { addTool } from '../tool.ts';

type SessionRow = z.input<typeof outputs.sessions>['sessions'][number];

/** Files that `get_workspace_info` names. */
const mostNamed = 200;
const stateFile = '/app/.session_state.json';

/** `create_session`, `list_sessions`, `get_workspace_info`, `reset_workspace` and `destroy_session`. */
export function addSessions(server: McpServer, client: Client): void {
  addTool(server, client, {
    name: 'create_session',
    title: 'Make a session',
    input: inputs.createSession,
    output: outputs.createSession,
    hints: { destructiveHint: false },
    async call(own, { language, session_id, auto_persist_globals, fuel_budget, memory_bytes }) {
      const info = await own.create(session_id, language, {
        autoPersistGlobals: auto_persist_globals,
        fuelBudget: fuel_budget,
        memoryBytes: memory_bytes,
      });
      const { created_at, expires_at } = rowOf(info);
      return {
        value: {
          session_id: info.id,
          language,
          sandbox_session_id: uuidOf(info),
          created_at: created_at ?? 0,
          auto_persist_globals,
          fuel_budget,
          memory_bytes,
          expires_at,
          guidance: sessionGuidance(info, auto_persist_globals),
        },
      };
    },
  });

  addTool(server, client, {
    name: 'list_sessions',
    title: 'List sessions',
    input: inputs.none,
    output: outputs.sessions,
    hints: { readOnlyHint: true },
    async call(own) {
      const stored = (await own.stored()).map((info) =>
        'problem' in info ? damagedRow(info.id, info.problem) : rowOf(info),
      );
      const sessions = [await defaultRow(own), ...stored];
      return { value: { sessions, count: sessions.length } };
    },
  });

  addTool(server, client, {
    name: 'get_workspace_info',
    title: 'Look into a session',
    input: inputs.session,
    output: outputs.workspace,
    hints: { readOnlyHint: true },
    async call(own, { session_id: id = defaultSession }) {
      const row = id === defaultSession ? await defaultRow(own) : rowOf(await own.info(id));
      const files = await (await own.sandbox(id)).listFiles('/app');
      const list = files.slice(0, mostNamed).map(({ path, kind, size, modifiedMs }) => ({
        path,
        kind,
        size,
        modified_at: new Date(modifiedMs).toISOString(),
      }));
      return {
        value: {
          ...row,
          workspace_path: '/app',
          file_list: list,
          file_list_complete: list.length === files.length,
          has_saved_state: row.auto_persist_globals && files.some(({ path }) => path === stateFile),
          ...own.counts(id),
        },
      };
    },
  });

  addTool(server, client, {
    name: 'reset_workspace',
    title: 'Delete all files of a session',
    input: inputs.session,
    output: outputs.reset,
    hints: { destructiveHint: true, idempotentHint: true },
    async call(own, { session_id: id = defaultSession }) {
      const sandbox = await own.sandbox(id);
      const files = (await sandbox.listFiles('/app')).filter(({ kind }) => kind !== 'folder');
      await sandbox.deleteWorkspace();
      return {
        value: {
          session_id: id,
          files_removed: files.length,
          bytes_removed: files.reduce((sum, { size }) => sum + size, 0),
          state_removed: files.some(({ path }) => path === stateFile),
          kept: ['session_id', 'language', 'fuel_budget', 'memory_bytes', 'auto_persist_globals'],
        },
      };
    },
  });

  addTool(server, client, {
    name: 'destroy_session',
    title: 'Remove a session',
    input: inputs.namedSession,
    output: outputs.destroy,
    hints: { destructiveHint: true },
    async call(own, { session_id }) {
      const cancelled_executions = await own.destroy(session_id);
      return { value: { session_id, destroyed: true, cancelled_executions } };
    },
  });
}

function rowOf(info: SessionInfo): SessionRow {
  const { id, language, persist, limits, created, updated, expires, expired, files, bytes } = info;
  return {
    session_id: id,
    language,
    auto_persist_globals: persist === 'globals',
    fuel_budget: limits.fuel ?? defaultPolicy.fuelBudget,
    memory_bytes: limits.memoryBytes ?? defaultPolicy.memoryBytes,
    created_at: seconds(created),
    updated_at: seconds(updated),
    expires_at: expires === undefined ? null : seconds(expires),
    expired,
    files,
    bytes,
    ...(expired ? { problem: 'it has expired: its files can be read, no program can run in it' } : {}),
  };
}

function seconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

async function defaultRow(client: Client): Promise<SessionRow> {
  const files = await (await client.sandbox(defaultSession)).listFiles('/app');
  const { created, used } = client.times;
  return {
    session_id: defaultSession,
    language: 'any',
    auto_persist_globals: false,
    fuel_budget: defaultPolicy.fuelBudget,
    memory_bytes: defaultPolicy.memoryBytes,
    created_at: Math.floor(created / 1000),
    updated_at: Math.floor(used / 1000),
    expires_at: null,
    expired: false,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

/** A session whose file cannot be read; the store's words name folders of this machine. */
function damagedRow(session_id: string, problem: string): SessionRow {
  const kind = /version/.test(problem) ? 'its file was written by another version' : 'its file is damaged';
  return {
    session_id,
    language: 'unknown',
    auto_persist_globals: false,
    fuel_budget: 0,
    memory_bytes: 0,
    created_at: null,
    updated_at: null,
    expires_at: null,
    expired: false,
    files: 0,
    bytes: 0,
    problem: `${kind}; destroy_session removes it`,
  };
}

/** An id that no other session has had, also none of the same name. */
function uuidOf({ id, created }: SessionInfo): string {
  const digest = createHash('sha256').update(`${id}\n${created}`).digest('hex');
  // RFC 9562 §5.8: version 8, with bits of our own.
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    variant + digest.slice(17, 20),
    digest.slice(20, 32),
  ].join('-');
}

function sessionGuidance(
  { id, language, expires }: SessionInfo,
  persists: boolean,
): z.input<typeof outputs.createSession>['guidance'] {
  return {
    reuse_this_session_when: [
      `The next program works on the same files: execute_code(session_id="${id}", language="${language}")`,
      ...(persists
        ? [
            language === 'python'
              ? "The next program goes on with variables: counter = globals().get('counter', 0) + 1"
              : 'The next program goes on with variables: _state.counter = (_state.counter ?? 0) + 1',
          ]
        : ['Programs hand data on in files; variables are not kept in this session']),
    ],
    use_default_session_when: [
      'A program stands alone: leave session_id out',
      'Both languages are to work on the same files',
    ],
    create_another_session_when: [
      `Work in ${language === 'python' ? 'JavaScript' : 'Python'} needs a session of its own`,
      'Another fuel_budget or memory_bytes is needed: they cannot be changed afterwards',
      'Files must not mix with those of this session',
    ],
    life_cycle: [
      expires === undefined
        ? 'It does not expire'
        : `It expires at ${expires} unless it is used before; each use puts that off`,
      'reset_workspace empties it, destroy_session removes it; both cannot be undone',
    ],
  };
}
