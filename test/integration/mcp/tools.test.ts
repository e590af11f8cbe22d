import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, connect, execute, languages, refused, textOf, ways } from './support.ts';

let client: Client;
let close: () => Promise<void>;

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.each(ways)('over %s', (way) => {
  beforeAll(async () => {
    ({ client, close } = await connect(way));
  });
  afterAll(() => close());

  describe('execute_code', () => {
    const hello = { python: 'print("hi")', javascript: 'console.log("hi")' };
    test.each(languages)('%s: what it returns', async (language) => {
      const result = await execute(client, language, hello[language]);
      expect(result).toMatchObject({
        ...{
          success: true,
          stdout: 'hi\n',
          stderr: '',
          exit_code: 0,
          session_id: 'default',
          fuel_budget: 10_000_000_000,
        },
        metadata: {
          runtime: language,
          timeout_seconds: 30,
          memory_limit_bytes: 128 * 1024 * 1024,
          trapped: false,
          trap_reason: null,
        },
        structured_content: {
          fuel_analysis: { status: 'efficient', recommendation: null, likely_causes: [], budget: 10_000_000_000 },
        },
      });
      expect(result.fuel_consumed).toBe(result.structured_content.fuel_analysis.consumed);
      expect(result.execution_time_ms).toBeGreaterThan(0);
      expect(Object.keys(result.structured_content)).toEqual(['fuel_analysis']);
    });

    test('the default session has one workspace for both languages', async () => {
      await execute(client, 'python', 'open("shared.txt", "w").write("from python")');
      expect(await execute(client, 'javascript', 'console.log(std.loadFile("shared.txt"))')).toMatchObject({
        stdout: 'from python\n',
      });
      await execute(client, 'javascript', 'std.writeFile("back.txt", "from javascript")');
      expect(await execute(client, 'python', 'print(open("back.txt").read())')).toMatchObject({
        stdout: 'from javascript\n',
      });
    });

    test.each(languages)(
      '%s: files that a run made are links that can be read, pictures are images',
      async (language) => {
        const code = {
          python: `import base64\nopen("dot.png", "wb").write(base64.b64decode("${png}"))\nopen("note é.txt", "w").write("text")\nopen("fake.png", "w").write("no picture")`,
          javascript: `const bytes = Uint8Array.from(atob("${png}"), (c) => c.charCodeAt(0));\nconst fs = require('fs'); fs.writeFileSync("dot.png", bytes); fs.writeFileSync("note é.txt", "text"); fs.writeFileSync("fake.png", "no picture")`,
        };
        await ask(client, 'reset_workspace');
        const result = await call(client, 'execute_code', { language, code: code[language] });
        expect(result.structuredContent).toMatchObject({
          success: true,
          files_created: ['/app/dot.png', '/app/fake.png', '/app/note é.txt'],
        });
        const links = result.content.flatMap((block) => (block.type === 'resource_link' ? [block] : []));
        expect(links).toMatchObject([
          { name: 'dot.png', mimeType: 'image/png', uri: 'golem-exec://default/app/dot.png' },
          { name: 'fake.png' },
          { name: 'note é.txt', mimeType: 'text/plain', size: 4 },
        ]);
        const images = result.content.filter(({ type }) => type === 'image');
        expect(images).toEqual([{ type: 'image', data: png, mimeType: 'image/png' }]);
        expect((await client.readResource({ uri: links[2]?.uri ?? '' })).contents).toMatchObject([{ text: 'text' }]);
        expect((await client.readResource({ uri: links[0]?.uri ?? '' })).contents).toMatchObject([{ blob: png }]);
        const { resources } = await client.listResources();
        expect(resources.map(({ name }) => name)).toEqual(['dot.png', 'fake.png', 'note é.txt']);
      },
    );

    test.each(languages)('%s: output comes as progress while the program runs', async (language) => {
      const code = {
        python: 'import time\nprint("first", flush=True)\ntime.sleep(0.3)\nprint("second")',
        javascript: 'console.log("first"); os.sleep(300); console.log("second")',
      };
      const seen: string[] = [];
      let answered = false;
      const early: boolean[] = [];
      const result = await ask(
        client,
        'execute_code',
        { language, code: code[language] },
        {
          onprogress: ({ message }) => {
            seen.push(message ?? '');
            early.push(!answered);
          },
        },
      );
      answered = true;
      // What comes together with the answer the client's library may drop; the answer has it all.
      expect('first\nsecond\n').toContain(seen.join(''));
      expect(seen[0]).toBe('first\n');
      expect(early.every(Boolean)).toBe(true);
      expect(result.stdout).toBe('first\nsecond\n');
    });

    test.each(languages)(
      '%s: of a long output the text has both ends, and a link leads to the whole',
      async (language) => {
        const code = {
          python:
            'import sys\nprint("begin", "é" * 30_000, "end")\nsys.stderr.write("first" + "x" * 30_000 + "last")\nopen("f.txt", "w").write("")',
          javascript:
            'console.log("begin", "é".repeat(30_000), "end"); std.err.puts("first" + "x".repeat(30_000) + "last"); writeText("f.txt", "")',
        };
        const result = await call(client, 'execute_code', { language, code: code[language] });
        const whole = result.structuredContent as { stdout: string; stderr: string };
        expect(whole.stdout).toBe(`begin ${'é'.repeat(30_000)} end\n`);
        expect(whole.stderr).toBe(`first${'x'.repeat(30_000)}last`);
        const { stdout, stderr, ...rest } = JSON.parse(textOf(result)) as Record<string, unknown>;
        expect(rest).toEqual({ ...whole, stdout: undefined, stderr: undefined });
        expect(textOf(result).length).toBeLessThan(40_000);
        expect(stdout).toMatch(
          /^begin é+\n\n\[golem-exec: 10011 of 30011 characters of stdout left out here\..*\]\n\né+ end\n$/,
        );
        expect(stderr).toMatch(/^first[\s\S]*left out here[\s\S]*last$/);
        const links = result.content.flatMap((block) => (block.type === 'resource_link' ? [block] : []));
        expect(links.map(({ name, size }) => [name, size])).toEqual([
          ['whole stdout', 60_011],
          ['whole stderr', 30_009],
          ...(result.content.length > 3 ? [['f.txt', 0]] : []),
        ]);
        for (const [at, text] of [whole.stdout, whole.stderr].entries()) {
          const uri = links[at]?.uri ?? '';
          expect(stdout + String(stderr)).toContain(uri);
          expect((await client.readResource({ uri })).contents).toEqual([{ uri, mimeType: 'text/plain', text }]);
        }
        // Only so many are kept; what is gone is said to be.
        const much = { python: 'print("y" * 2_000_000)', javascript: 'console.log("y".repeat(2_000_000))' };
        for (let n = 0; n < 5; n++) await execute(client, language, much[language]);
        await expect(client.readResource({ uri: links[0]?.uri ?? '' })).rejects.toThrow(/still kept/);
      },
    );

    test.each(languages)('%s: the timeout is in seconds', async (language) => {
      const code = { python: 'while True: pass', javascript: 'for (;;) {}' };
      const { session_id } = await ask(client, 'create_session', { language, fuel_budget: Number.MAX_SAFE_INTEGER });
      const result = await execute(client, language, code[language], { session_id, timeout: 1 });
      expect(result).toMatchObject({
        success: false,
        exit_code: 124,
        metadata: { trap_reason: 'timeout', timeout_seconds: 1 },
        structured_content: { error_type: 'Timeout' },
      });
      await ask(client, 'destroy_session', { session_id });
    });
  });

  describe('sessions', () => {
    test.each(languages)('%s: variables live on where they are to, and nowhere else', async (language) => {
      const count = {
        python: "counter = globals().get('counter', 0) + 1\nprint(counter)",
        javascript: '_state.counter = (_state.counter ?? 0) + 1;\nconsole.log(_state.counter)',
      };
      const session_id = `turns-${language}`;
      const made = await ask(client, 'create_session', { language, session_id, auto_persist_globals: true });
      expect(made).toMatchObject({
        session_id,
        language,
        auto_persist_globals: true,
        fuel_budget: 10_000_000_000,
        memory_bytes: 134_217_728,
      });
      expect(made.sandbox_session_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Math.abs(made.created_at - Date.now() / 1000)).toBeLessThan(600);
      expect(made.expires_at - made.created_at).toBe(24 * 60 * 60);
      for (const part of Object.values(made.guidance)) expect((part as string[]).length).toBeGreaterThan(0);
      for (const expected of ['1\n', '2\n', '3\n'])
        expect((await execute(client, language, count[language], { session_id })).stdout).toBe(expected);
      const other = await ask(client, 'create_session', { language });
      expect(other).toMatchObject({ auto_persist_globals: false });
      const plain = { python: 'n = 1', javascript: 'globalThis.n = 1' };
      const look = { python: "print('n' in globals())", javascript: "console.log('n' in globalThis)" };
      await execute(client, language, plain[language], { session_id: other.session_id });
      expect(
        (await execute(client, language, look[language], { session_id: other.session_id })).stdout.toLowerCase(),
      ).toBe('false\n');
    });

    test('what is known of them', async () => {
      await ask(client, 'create_session', {
        language: 'python',
        session_id: 'known',
        auto_persist_globals: true,
        fuel_budget: 5_000_000_000,
        memory_bytes: 64 * 1024 * 1024,
      });
      const empty = await ask(client, 'get_workspace_info', { session_id: 'known' });
      expect(empty).toMatchObject({
        session_id: 'known',
        language: 'python',
        files: 0,
        bytes: 0,
        has_saved_state: false,
        executions: 0,
        running: 0,
        expired: false,
      });
      await execute(client, 'python', 'n = 1\nopen("d.txt", "w").write("12345")', { session_id: 'known' });
      const info = await ask(client, 'get_workspace_info', { session_id: 'known' });
      expect(info).toMatchObject({
        has_saved_state: true,
        executions: 1,
        workspace_path: '/app',
        fuel_budget: 5_000_000_000,
        memory_bytes: 64 * 1024 * 1024,
        file_list_complete: true,
      });
      expect(info.file_list.map(({ path }: { path: string }) => path)).toEqual([
        '/app/.session_state.json',
        '/app/d.txt',
      ]);
      const { sessions, count } = await ask(client, 'list_sessions');
      expect(count).toBe(sessions.length);
      expect(sessions.find((one: { session_id: string }) => one.session_id === 'known')).toMatchObject({
        files: 2,
        language: 'python',
      });
      expect(sessions[0]).toMatchObject({ session_id: 'default', language: 'any' });
    });

    test.each(['default', 'emptied'])('%s: reset takes the files and the state, and leaves the session', async (id) => {
      if (id !== 'default')
        await ask(client, 'create_session', {
          language: 'python',
          session_id: id,
          auto_persist_globals: true,
          fuel_budget: 7_000_000_000,
        });
      const session = id === 'default' ? {} : { session_id: id };
      await ask(client, 'reset_workspace', session);
      await execute(client, 'python', 'n = 1\nopen("a", "w").write("123"); import os; os.mkdir("d")', session);
      const reset = await ask(client, 'reset_workspace', session);
      expect(reset).toMatchObject({
        session_id: id,
        state_removed: id !== 'default',
        files_removed: id === 'default' ? 1 : 2,
      });
      expect(await ask(client, 'list_files', session)).toMatchObject({ files: [], count: 0 });
      const after = await execute(client, 'python', 'print("n" in globals())', session);
      expect(after).toMatchObject({
        stdout: 'False\n',
        fuel_budget: id === 'default' ? 10_000_000_000 : 7_000_000_000,
      });
    });

    test('destroy removes one for good; the default one is emptied', async () => {
      await ask(client, 'create_session', { language: 'javascript', session_id: 'gone' });
      expect(await ask(client, 'destroy_session', { session_id: 'gone' })).toMatchObject({
        destroyed: true,
        cancelled_executions: 0,
      });
      for (const [tool, input] of [
        ['execute_code', { code: '1', language: 'javascript', session_id: 'gone' }],
        ['get_workspace_info', { session_id: 'gone' }],
        ['list_files', { session_id: 'gone' }],
        ['reset_workspace', { session_id: 'gone' }],
        ['destroy_session', { session_id: 'gone' }],
        ['download_file', { session_id: 'gone', path: 'x' }],
        ['upload_file', { session_id: 'gone', path: 'x', content: '' }],
      ] as const) {
        const guidance = await refused(client, tool, input);
        expect([tool, guidance['error_type']]).toEqual([tool, 'InvalidSessionState']);
        expect((guidance['actionable_guidance'] as string[]).length).toBeGreaterThan(1);
      }
      await execute(client, 'python', 'open("x", "w").write("1")');
      await ask(client, 'destroy_session', { session_id: 'default' });
      expect(await ask(client, 'list_files')).toMatchObject({ files: [] });
      // The name is free again.
      await ask(client, 'create_session', { language: 'python', session_id: 'gone' });
    });
  });

  describe('files', () => {
    test.each(['default', 'with-files'])('%s: sent, listed, read back', async (id) => {
      if (id !== 'default') await ask(client, 'create_session', { language: 'python', session_id: id });
      const session = id === 'default' ? {} : { session_id: id };
      await ask(client, 'reset_workspace', session);
      expect(await ask(client, 'upload_file', { path: 'in/t.txt', content: 'é', ...session })).toEqual({
        session_id: id,
        path: '/app/in/t.txt',
        size: 2,
      });
      expect(
        await ask(client, 'upload_file', { path: '/app/b.bin', content: '/wA=', encoding: 'base64', ...session }),
      ).toMatchObject({ size: 2 });
      expect(
        (await execute(client, 'python', 'print(open("in/t.txt").read(), open("b.bin", "rb").read())', session)).stdout,
      ).toBe("é b'\\xff\\x00'\n");
      expect(await ask(client, 'download_file', { path: 'in/t.txt', ...session })).toMatchObject({
        encoding: 'utf8',
        content: 'é',
        mime_type: 'text/plain',
        size: 2,
      });
      expect(await ask(client, 'download_file', { path: 'b.bin', ...session })).toMatchObject({
        encoding: 'base64',
        content: '/wA=',
      });
      expect(await ask(client, 'download_file', { path: 'in/t.txt', encoding: 'base64', ...session })).toMatchObject({
        content: 'w6k=',
      });
      const { files } = await ask(client, 'list_files', { path: 'in', ...session });
      expect(files).toMatchObject([{ path: '/app/in/t.txt', kind: 'file', size: 2 }]);
      expect(await refused(client, 'download_file', { path: 'b.bin', encoding: 'utf8', ...session })).toMatchObject({
        error_type: 'InvalidRequest',
      });
    });

    test('what is wrong is named', async () => {
      for (const [tool, input, type] of [
        ['upload_file', { path: '../x', content: '' }, 'InvalidRequest'],
        ['upload_file', { path: '/etc/x', content: '' }, 'InvalidRequest'],
        ['upload_file', { path: 'x', content: '!', encoding: 'base64' }, 'InvalidRequest'],
        ['download_file', { path: 'none.txt' }, 'FileNotFound'],
        ['download_file', { path: '/etc/passwd' }, 'FileNotFound'],
        ['list_files', { path: 'none' }, 'FileNotFound'],
      ] as const) {
        const { error_type, error_message, actionable_guidance } = await refused(client, tool, input);
        expect([tool, input.path, error_type]).toEqual([tool, input.path, type]);
        expect(error_message).toEqual(expect.stringMatching(/\S/));
        expect((actionable_guidance as string[]).length).toBeGreaterThan(1);
      }
    });
  });

  describe('what there is', () => {
    test('list_runtimes says what the engines say', async () => {
      const { runtimes, defaults } = await ask(client, 'list_runtimes');
      expect(defaults).toEqual({
        fuel_budget: 10_000_000_000,
        memory_bytes: 134_217_728,
        timeout_seconds: 30,
        output_bytes: 2_097_152,
      });
      for (const runtime of runtimes) {
        const ask_version = {
          python: 'import sys; print(sys.version.split()[0])',
          javascript: 'console.log(process.versions.quickjs)',
        };
        const language = runtime.name as 'python' | 'javascript';
        expect((await execute(client, language, ask_version[language])).stdout.trim()).toBe(runtime.version);
        expect(runtime.vendored_packages).toBe(runtime.package_names.length);
        expect(Object.keys(runtime.capabilities)).toEqual(['files', 'packages', 'state', 'isolation']);
        expect(runtime.api_notes.length).toBeGreaterThan(3);
      }
      const python = runtimes.find(({ name }: { name: string }) => name === 'python');
      const imports = python.modules
        .slice(0, 400)
        .map((name: string) => `import ${name}`)
        .join('\n');
      const { session_id } = await ask(client, 'create_session', {
        language: 'python',
        memory_bytes: 512 * 1024 * 1024,
        fuel_budget: 100_000_000_000,
      });
      expect(await execute(client, 'python', imports, { session_id, timeout: 120 })).toMatchObject({ success: true });
    }, 180_000);

    test('list_available_packages names what can be imported, with fuel', async () => {
      const { available, packages } = await ask(client, 'list_available_packages');
      expect(available).toBe(true);
      const javascript = Object.values(packages.javascript).flat() as {
        name: string;
        import_pattern: string;
        fuel_first_import: number;
        fuel_requirement: string;
        common_use_cases: string[];
      }[];
      expect(javascript.length).toBeGreaterThan(10);
      for (const one of javascript) {
        expect(one.fuel_first_import).toBeGreaterThan(0);
        expect(one.common_use_cases.length).toBeGreaterThan(1);
        expect(one.fuel_requirement).toMatch(/first import, .* again$/);
      }
      const all = javascript.map(({ import_pattern }) => `{ ${import_pattern} }`).join('\n');
      expect(await execute(client, 'javascript', all)).toMatchObject({ success: true });
      const python = Object.values(packages.python).flat() as typeof javascript;
      expect(python.length).toBeGreaterThanOrEqual(30);
      const { session_id } = await ask(client, 'create_session', {
        language: 'python',
        memory_bytes: 512 * 1024 * 1024,
        fuel_budget: 100_000_000_000,
      });
      const imports = python.map(({ import_pattern }) => import_pattern).join('\n');
      expect(await execute(client, 'python', imports, { session_id, timeout: 120 })).toMatchObject({ success: true });
      const some = await ask(client, 'list_available_packages', { language: 'javascript', category: 'data' });
      expect(Object.keys(some.packages)).toEqual(['javascript']);
      expect(Object.keys(some.packages.javascript)).toEqual(['data']);
      expect((await ask(client, 'list_available_packages', { category: 'none' })).note).toMatch(/categories are/);
    }, 180_000);

    test('list_javascript_capabilities names functions that are there', async () => {
      const { modules, vendored_packages, helpers, notes } = await ask(client, 'list_javascript_capabilities');
      const names = [
        ...modules.std.map((name: string) => `std.${name}`),
        ...modules.os.map((name: string) => `os.${name}`),
        ...helpers,
      ];
      expect(names).toEqual(expect.arrayContaining(['std.open', 'std.loadFile', 'os.readdir', 'os.stat']));
      const check = `console.log([${names.join(', ')}].every((one) => typeof one === 'function'))`;
      expect((await execute(client, 'javascript', check)).stdout).toBe('true\n');
      const csv = vendored_packages.find(({ name }: { name: string }) => name === 'csv');
      expect(csv.methods.parse).toMatchObject({ signature: expect.any(String), description: expect.any(String) });
      expect(notes.join('\n')).toMatch(/\[result, error\]/);
    });
  });

  describe('get_metrics', () => {
    test('counts what this connection did', async () => {
      const { client: fresh, close: end } = await connect(way);
      try {
        expect(await ask(fresh, 'get_metrics')).toMatchObject({
          executions: { total: 0, success_rate_percent: null },
          error_patterns: [],
          fuel_hot_spots: [],
        });
        await execute(fresh, 'python', 'print(1)');
        await execute(fresh, 'python', 'open("/etc/passwd")');
        await execute(fresh, 'python', 'print("second try")');
        await execute(fresh, 'javascript', 'let n = 0; for (let i = 0; i < 1e5; i++) n += i');
        await refused(fresh, 'download_file', { path: 'none' });
        const metrics = await ask(fresh, 'get_metrics');
        expect(metrics).toMatchObject({
          executions: {
            total: 4,
            succeeded: 3,
            failed: 1,
            success_rate_percent: 75,
            by_language: { python: 3, javascript: 1 },
          },
          error_patterns: [
            {
              error_type: 'PathRestriction',
              count: 1,
              share_percent: 100,
              last_message: expect.stringContaining('/etc/passwd'),
              advice: expect.stringContaining('/app'),
            },
          ],
          fuel: { exhausted: 0, exhaustion_rate_percent: 0, by_status: { efficient: 4 } },
          path_errors: 1,
          tools: {
            execute_code: { calls: 4, errors: 0 },
            download_file: { calls: 1, errors: 1 },
            get_metrics: { calls: 1, errors: 0 },
          },
        });
        // The program after the failed one was a second try.
        expect(metrics.executions.first_time_success_rate_percent).toBe(66.7);
        expect(metrics.fuel_hot_spots[0]).toMatchObject({
          language: 'javascript',
          code_begins: expect.stringContaining('let n = 0'),
        });
      } finally {
        await end();
      }
    });
  });
});
