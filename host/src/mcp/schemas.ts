/** What tools take and return. Everything is strict: a field that a tool does not know is refused by name. */
import * as z from 'zod';
import { limitTable } from '../limits.ts';
import { defaultPolicy } from '../sandbox/index.ts';

/** Characters of a program: more is sent as a file. */
const mostCode = 1_000_000;
/** Characters of a file's content in one call. */
const mostContent = 16_000_000;

export const language = z.enum(['python', 'javascript']);

export const sessionId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/,
    'a session_id has letters, digits and hyphens only, at most 64, and begins with a letter or digit',
  );

const optionalSession = sessionId
  .optional()
  .describe('The session, as create_session named it. Left out: the default session of this connection.');

export const code = z
  .string()
  .max(
    mostCode,
    `code is longer than ${mostCode} characters; send large data with upload_file and read it in the program`,
  );

const path = z.string().min(1).max(4095).describe('Path in the workspace: relative to /app, or absolute inside it.');

export const inputs = {
  executeCode: z.strictObject({
    code: code.describe(
      'The program. Python: print() shows results; vendored packages are on the path, import them directly. JavaScript: console.log() shows results; std, os, requireVendor() and helpers such as readJson() are there without import. Relative paths are in /app.',
    ),
    language: language.describe(
      "'python': CPython 3.14 with vendored packages. 'javascript': QuickJS-ng, ES2023 and later. list_runtimes tells more.",
    ),
    session_id: sessionId
      .optional()
      .describe(
        'The session to run in, as create_session named it. Left out: the default session of this connection, whose files both languages share.',
      ),
    timeout: z
      .int()
      .min(1)
      .max(300)
      .default(defaultPolicy.timeoutSeconds)
      .describe('Seconds until the program is stopped, 1 to 300.'),
  }),
  createSession: z.strictObject({
    language: language.describe('The language of every program of this session.'),
    session_id: sessionId
      .optional()
      .describe(
        "A telling name, such as 'sales-2026' or 'test-csv-parser': letters, digits and hyphens, at most 64. Chosen when left out.",
      ),
    auto_persist_globals: z
      .boolean()
      .default(false)
      .describe(
        'Keep variables between programs: Python globals, in JavaScript the properties of _state; what JSON can hold, dates, sets and bytes too. For work of several steps; not for large data or instances of classes.',
      ),
    fuel_budget: z
      .int()
      .min(1)
      .max(limitTable.fuel.maximum)
      .default(defaultPolicy.fuelBudget)
      .describe(
        'Units of fuel for each program, about one a WebAssembly instruction. More for heavy packages and large data; list_available_packages tells what imports take.',
      ),
    memory_bytes: z
      .int()
      .min(32 * 1024 * 1024)
      .max(limitTable.memoryBytes.maximum)
      .default(defaultPolicy.memoryBytes)
      .describe('Memory of each program in bytes, the interpreter included. More for large files and documents.'),
  }),
  none: z.strictObject({}),
  packages: z.strictObject({
    language: language.optional().describe('Only the packages of one language.'),
    category: z.string().max(100).optional().describe("Only those of one category, such as 'documents' or 'text'."),
  }),
  session: z.strictObject({ session_id: optionalSession }),
  namedSession: z.strictObject({ session_id: sessionId.describe('The session that goes, with all its files.') }),
  upload: z.strictObject({
    path,
    content: z
      .string()
      .max(mostContent, `content is longer than ${mostContent} characters; send it in parts`)
      .describe('Text, or with encoding base64 bytes.'),
    encoding: z.enum(['utf8', 'base64']).default('utf8').describe('How content is written.'),
    session_id: optionalSession,
  }),
  download: z.strictObject({
    path,
    encoding: z
      .enum(['auto', 'utf8', 'base64'])
      .default('auto')
      .describe('auto: text where the file is valid UTF-8, else base64.'),
    session_id: optionalSession,
  }),
  listFiles: z.strictObject({
    path: z.string().min(1).max(4095).default('/app').describe('The folder to list, with all that is below it.'),
    session_id: optionalSession,
  }),
  guidance: z.strictObject({
    code: code.describe('The code to look at. It is parsed, not run.'),
    language: language.describe('The language it is meant for.'),
    context: z
      .string()
      .max(2000)
      .optional()
      .describe("What it is for, such as 'multi-turn data analysis by an agent' or 'one-off Excel processing'."),
  }),
} as const;

const texts = z.array(z.string());

const fuelAnalysis = z.strictObject({
  consumed: z.number(),
  budget: z.number(),
  utilization: z.string(),
  utilization_percent: z.number(),
  status: z.enum(['efficient', 'moderate', 'warning', 'critical', 'exhausted']),
  recommendation: z.string().nullable(),
  likely_causes: texts,
});

const structuredContent = z.strictObject({
  fuel_analysis: fuelAnalysis,
  error_type: z.string().optional(),
  error_message: z.string().optional(),
  actionable_guidance: texts.optional(),
  related_docs: texts.optional(),
  code_examples: z.array(z.strictObject({ before: z.string(), after: z.string() })).optional(),
  line: z.number().optional(),
});

const file = z.strictObject({
  path: z.string(),
  kind: z.enum(['file', 'folder', 'link']),
  size: z.number().describe('Bytes.'),
  modified_at: z.string().describe('ISO 8601.'),
});

const session = z.strictObject({
  session_id: z.string(),
  language: z.string().describe("'any' for the default session: its files are the same to both languages."),
  auto_persist_globals: z.boolean(),
  fuel_budget: z.number(),
  memory_bytes: z.number(),
  created_at: z.number().nullable().describe('Seconds since 1970.'),
  updated_at: z.number().nullable(),
  expires_at: z
    .number()
    .nullable()
    .describe('When it goes if it is not used before; null: never, or with this connection.'),
  expired: z.boolean(),
  files: z.number(),
  bytes: z.number(),
  problem: z.string().optional().describe('Why it cannot be used.'),
});

export const outputs = {
  executeCode: z.strictObject({
    success: z.boolean().describe('Whether the program ended by itself with exit code 0.'),
    stdout: z.string(),
    stderr: z.string(),
    exit_code: z.number(),
    execution_time_ms: z.number(),
    fuel_consumed: z.number(),
    fuel_budget: z.number(),
    memory_used_bytes: z.number(),
    session_id: z.string(),
    files_created: texts,
    files_modified: texts,
    metadata: z.strictObject({
      runtime: language,
      workspace_path: z.string(),
      trapped: z.boolean(),
      trap_reason: z.enum(['out_of_fuel', 'memory_limit', 'timeout', 'trap', 'proc_exit', 'host_error']).nullable(),
      error_code: z.string().nullable(),
      signal: z.string().nullable(),
      memory_limit_bytes: z.number(),
      timeout_seconds: z.number(),
      stdout_truncated: z.boolean(),
      stderr_truncated: z.boolean(),
      auto_persist_globals: z.boolean(),
      state_skipped: texts.describe('Variables that could not be kept.'),
      files_removed: texts,
    }),
    structured_content: structuredContent,
  }),
  createSession: z.strictObject({
    session_id: z.string(),
    language,
    sandbox_session_id: z.string(),
    created_at: z.number(),
    auto_persist_globals: z.boolean(),
    fuel_budget: z.number(),
    memory_bytes: z.number(),
    expires_at: z.number().nullable(),
    guidance: z.strictObject({
      reuse_this_session_when: texts,
      use_default_session_when: texts,
      create_another_session_when: texts,
      life_cycle: texts,
    }),
  }),
  listRuntimes: z.strictObject({
    runtimes: z.array(
      z.strictObject({
        name: language,
        version: z.string(),
        engine: z.string(),
        description: z.string(),
        capabilities: z.record(z.string(), z.string()),
        modules: texts,
        vendored_packages: z.number(),
        package_names: texts,
        helpers: texts,
        api_notes: texts,
      }),
    ),
    defaults: z.strictObject({
      fuel_budget: z.number(),
      memory_bytes: z.number(),
      timeout_seconds: z.number(),
      output_bytes: z.number(),
    }),
  }),
  packages: z.strictObject({
    available: z.boolean(),
    note: z.string(),
    packages: z.record(z.string(), z.record(z.string(), z.array(z.looseObject({ name: z.string() })))),
  }),
  javascript: z.strictObject({
    version: z.string(),
    modules: z.strictObject({ std: texts, os: texts, node: texts }),
    vendored_packages: z.array(z.looseObject({ name: z.string() })),
    helpers: texts,
    globals: texts,
    notes: texts,
  }),
  workspace: z.strictObject({
    ...session.shape,
    workspace_path: z.string(),
    file_list: z.array(file).describe('The first 200, folders included.'),
    file_list_complete: z.boolean(),
    has_saved_state: z.boolean().describe('Whether variables of an earlier program are kept.'),
    executions: z.number().describe('Programs run in it by this connection.'),
    running: z.number().describe('Programs that run in it, or wait, just now.'),
  }),
  reset: z.strictObject({
    session_id: z.string(),
    files_removed: z.number(),
    bytes_removed: z.number(),
    state_removed: z.boolean(),
    kept: texts,
  }),
  destroy: z.strictObject({ session_id: z.string(), destroyed: z.boolean(), cancelled_executions: z.number() }),
  sessions: z.strictObject({ sessions: z.array(session), count: z.number() }),
  upload: z.strictObject({ session_id: z.string(), path: z.string(), size: z.number() }),
  download: z.strictObject({
    session_id: z.string(),
    path: z.string(),
    size: z.number(),
    encoding: z.enum(['utf8', 'base64']),
    content: z.string(),
    mime_type: z.string(),
  }),
  listFiles: z.strictObject({
    session_id: z.string(),
    path: z.string(),
    files: z.array(file),
    count: z.number(),
    complete: z.boolean(),
  }),
  cancel: z.strictObject({ session_id: z.string(), cancelled: z.number() }),
  guidance: z.strictObject({
    analysis: z.strictObject({
      detected_patterns: texts,
      estimated_fuel: z.string(),
      recommended_session_type: z.enum(['default_session', 'new_session']),
      recommended_config: z.strictObject({
        auto_persist_globals: z.boolean(),
        fuel_budget: z.number(),
        memory_bytes: z.number(),
        reason: z.string(),
      }),
      warnings: texts,
      suggestions: texts,
    }),
  }),
  metrics: z.strictObject({
    since: z.string(),
    executions: z.strictObject({
      total: z.number(),
      succeeded: z.number(),
      failed: z.number(),
      success_rate_percent: z.number().nullable(),
      first_time_success_rate_percent: z
        .number()
        .nullable()
        .describe('Of programs that did not follow a failed one in their session.'),
      by_language: z.record(z.string(), z.number()),
      average_time_ms: z.number().nullable(),
    }),
    error_patterns: z.array(
      z.strictObject({
        error_type: z.string(),
        count: z.number(),
        share_percent: z.number(),
        last_message: z.string(),
        advice: z.string(),
      }),
    ),
    fuel: z.strictObject({
      consumed: z.number(),
      average_utilization_percent: z.number().nullable(),
      exhausted: z.number(),
      exhaustion_rate_percent: z.number().nullable(),
      by_status: z.record(z.string(), z.number()),
    }),
    fuel_hot_spots: z.array(
      z.strictObject({
        session_id: z.string(),
        language,
        fuel_consumed: z.number(),
        utilization_percent: z.number(),
        code_begins: z.string(),
      }),
    ),
    path_errors: z.number(),
    tools: z.record(z.string(), z.strictObject({ calls: z.number(), errors: z.number() })),
    sessions: z.strictObject({ created: z.number(), destroyed: z.number() }),
  }),
} as const;
