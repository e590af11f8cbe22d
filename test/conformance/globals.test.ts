/** `EXEC_PERSIST=globals` in a bare component: the state is in the workspace, so another instance goes on with it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { entry } from './suite.ts';
import { languages, main, pick } from './table.ts';
import { executor, fromResult, openSession, runArguments } from './targets/wasmtime.ts';
import { Wasmtime } from './wasmtime/driver.ts';

let wasmtime: Wasmtime;
beforeAll(async () => {
  wasmtime = await Wasmtime.start();
});
afterAll(() => wasmtime?.close());

const stateFile = '.session_state.json';

describe.each(languages)('globals in a bare component: %s', (language) => {
  const start = async (): Promise<Awaited<ReturnType<typeof wasmtime.instantiate>>> =>
    wasmtime.instantiate(language, { env: [['EXEC_PERSIST', 'globals']] });

  test('a counter counts over runs, and a stateless run sees nothing of it', async () => {
    await using instance = await start();
    const session = await openSession(instance, language);
    const counter = main(
      "counter = (counter if 'counter' in globals() else 0) + 1\nprint(counter)",
      '_state.counter = (_state.counter ?? 0) + 1; console.log(_state.counter);',
    );
    check(await session.upload(counter), {}, 'wasmtime', language);
    for (const stdout of ['1\n', '2\n']) check(await session.run(entry), { stdout }, 'wasmtime', language);
    check(await session.stream(entry), { stdout: '3\n' }, 'wasmtime', language);
    check(await session.close(), {}, 'wasmtime', language);
    const see = main('print("counter" in globals())', 'console.log(typeof _state === "object" ? "True" : "False")');
    const called = await instance.call(executor, 'run', ...runArguments({ files: [see] }, language));
    check(fromResult(called), { stdout: 'False\n' }, 'wasmtime', language);
  });

  test('values as deep as are saved fit the stack; a warning is part of the result', async () => {
    await using instance = await start();
    const session = await openSession(instance, language);
    const deep = main(
      'if "x" not in globals():\n  x = 1\n  for _ in range(99): x = {1: x}\nelse:\n  n = 0\n  while type(x) is dict: x = x[1]; n += 1\n  print(n)',
      'if (!_state.x) { _state.x = 1; for (let i = 0; i < 99; i++) _state.x = { x: _state.x }; } else { let n = 0; while (typeof _state.x === "object") { _state.x = _state.x.x; n++; } console.log(n); }',
    );
    check(await session.upload(deep), {}, 'wasmtime', language);
    check(await session.run(entry), { stdout: '' }, 'wasmtime', language);
    check(await session.run(entry), { stdout: '99\n', stderr: '' }, 'wasmtime', language);
    const other = pick({ python: 'javascript', javascript: 'python' }, language);
    const content = `{"version":1,"language":"${other}","skipped":[],"state":{}}`;
    check(await session.upload({ name: stateFile, content }), {}, 'wasmtime', language);
    check(
      await session.run(entry),
      { stderr: /the state starts empty: it is of another language\n$/ },
      'wasmtime',
      language,
    );
    expect(await session.download(stateFile)).toMatchObject({});
  });
});
