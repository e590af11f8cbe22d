import { createExecutor, type Executor } from 'golem-exec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failure } from '../integration/support.ts';

let executor: Executor;
beforeAll(() => {
  executor = createExecutor({ workers: 1 });
});
afterAll(() => executor.close());

test('a program that fills the quota with the file of its code does not lock the session', async () => {
  await using session = await executor.openSession({ language: 'python', limits: { files: 5 } });
  await session.run({
    code: 'import os\nfor i in range(4): open(f"f{i}", "w").close()\nos.rename(__file__, "/app/f9")',
  });
  expect((await session.run({ code: 'import os; os.remove("f9"); print(sorted(os.listdir()))' })).run.stdout).toBe(
    "['.session_code.py', 'f0', 'f1', 'f2', 'f3']\n",
  );
  expect(await session.listFiles()).toEqual(['f0', 'f1', 'f2', 'f3']);
});

test('code that is lent takes no name that is in use, and follows no link', async () => {
  await using session = await executor.openSession({ language: 'python' });
  await session.upload({ name: '.session_code.py', content: 'mine' });
  await session.run({ code: 'import os; os.symlink("/app/target", "/app/.session_code_2.py")' });
  await session.run({ code: 'print(1)' });
  expect(Buffer.from(await session.download('.session_code.py')).toString()).toBe('mine');
  expect(await session.listFiles()).toEqual(['.session_code.py', '.session_code_2.py']);
  expect((await failure(session.download('target'))).tag).toBe('runtime-failed');
});

test('a run that may have less than the session holds keeps all that is there', async () => {
  await using session = await executor.openSession({ language: 'python' });
  for (let i = 0; i < 5; i++) await session.upload({ name: `f${i}`, content: 'x'.repeat(1000) });
  for (const limits of [{ files: 2 }, { workspaceBytes: 4 }, { fileSizeBytes: 1 }]) {
    expect((await session.run({ code: 'print("ran")', limits })).run.stdout).toBe('ran\n');
  }
  const more = await failure(session.run({ code: 'open("g", "w").write("y" * 100)', limits: { files: 2 } }));
  expect([more.tag, more.details['reason']]).toEqual(['resource-exceeded', 'files']);
  expect((await session.listFiles()).length).toBe(5);
});

test('files are kept though the workspace is large when a run is stopped', async () => {
  await using session = await executor.openSession({ language: 'python' });
  const code =
    'open("small.txt","w").write("x")\nfor i in range(4):\n  with open(f"f{i}","wb") as f: f.truncate(60*1024*1024)\nwhile True: pass';
  expect((await failure(session.run({ code, limits: { timeMs: 1500 } }))).tag).toBe('timeout');
  expect(await session.listFiles()).toEqual(['f0', 'f1', 'f2', 'f3', 'small.txt']);
});

test('the deadline begins with the program, whatever the run before it left behind', async () => {
  for (let i = 0; i < 5; i++) {
    const stopped = {
      language: 'python',
      files: [{ name: 'm.py', content: 'while True: pass' }],
      limits: { fuel: 1 },
    } as const;
    expect((await failure(executor.run(stopped))).tag).toBe('resource-exceeded');
    const next = {
      language: 'python',
      files: [{ name: 'm.py', content: 'print(1)' }],
      limits: { timeMs: 1000 },
    } as const;
    expect((await executor.run(next)).run.stdout).toBe('1\n');
  }
});

test('memory below what the interpreter itself takes is refused at once', async () => {
  for (const language of ['python', 'javascript'] as const) {
    const name = language === 'python' ? 'm.py' : 'm.js';
    const error = await failure(
      executor.run({ language, files: [{ name, content: '' }], limits: { memoryBytes: 65_536 } }),
    );
    expect([error.tag, error.details['reason']]).toEqual(['resource-exceeded', 'memory']);
    expect(error.message).toContain('limits.memoryBytes');
  }
});

test('a working directory that a program removed is said to be gone, and another can be set', async () => {
  for (const language of ['python', 'javascript'] as const) {
    await using session = await executor.openSession({ language });
    await session.upload({ name: 'sub/x', content: '' });
    await session.setWorkingDir('sub');
    const remove =
      language === 'python'
        ? 'import shutil; shutil.rmtree("/app/sub")'
        : 'require("fs").rmSync("/app/sub", { recursive: true })';
    await session.run({ code: remove });
    const error = await failure(session.run({ code: '' }));
    expect([error.tag, error.run.exitCode]).toEqual(['runtime-failed', 1]);
    expect(error.run.stderr).toContain('/app/sub');
    await session.setWorkingDir('/app');
    expect((await session.run({ code: language === 'python' ? 'print(1)' : 'console.log(1)' })).run.stdout).toBe('1\n');
  }
});
