import { describe } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('asyncio', () => {
  testRows(run, {
    'gathers, waits, groups, queues and times out': [
      py`
        import asyncio
        async def f(n):
            await asyncio.sleep(0.001 * n)
            return n
        async def main():
            print(await asyncio.gather(f(3), f(1), f(2)))
            try: await asyncio.wait_for(asyncio.sleep(60), 0.01)
            except TimeoutError: print("timeout")
            async with asyncio.TaskGroup() as g: a, b = g.create_task(f(3)), g.create_task(f(4))
            print(a.result(), b.result(), await asyncio.to_thread(abs, -5))
            q = asyncio.Queue(1)
            async def put():
                for i in range(3): await q.put(i)
            p = asyncio.create_task(put())
            print([await q.get() for _ in range(3)])
            try:
                async with asyncio.timeout(0.001): await asyncio.Event().wait()
            except TimeoutError: print("timeout")
            print([await c for c in asyncio.as_completed([f(2), f(1)])])
        asyncio.run(main())
      `,
      '[3, 1, 2]\ntimeout\n3 4 5\n[0, 1, 2]\ntimeout\n[1, 2]\n',
    ],
    'runs again and again, and with loops of its own': [
      py`
        import asyncio
        async def f(n): return n
        print(asyncio.run(f(1)), asyncio.run(f(2)))
        loop = asyncio.new_event_loop()
        print(loop.run_until_complete(f(3)), type(loop).__module__)
        loop.close()
        with asyncio.Runner() as runner: print(runner.run(f(4)))
      `,
      '1 2\n3 asyncio.unix_events\n4\n',
    ],
    'has no running loop outside': [
      'import asyncio\ntry: asyncio.get_running_loop()\nexcept RuntimeError as e: print(e)',
      'no running event loop\n',
    ],
    'runs async generators and context managers to their end': [
      py`
        import asyncio, contextlib
        @contextlib.asynccontextmanager
        async def c():
            try: yield 1
            finally: print("left")
        async def g():
            try:
                while True: yield 2
            finally: print("closed")
        async def main():
            async with c() as x: print(x)
            async for y in g(): break
        asyncio.run(main())
      `,
      '1\nleft\nclosed\n',
    ],
    cancels: [
      py`
        import asyncio
        async def f():
            try: await asyncio.sleep(60)
            except asyncio.CancelledError: print("cancelled"); raise
        async def main():
            t = asyncio.create_task(f())
            await asyncio.sleep(0)
            t.cancel()
            print(await asyncio.gather(t, return_exceptions=True))
        asyncio.run(main())
      `,
      "cancelled\n[CancelledError('')]\n",
    ],
    'says when nothing can ever happen': [
      'import asyncio\nasyncio.run(asyncio.Event().wait())',
      /\nRuntimeError: asyncio: every task waits for something that can never happen\n$/,
    ],
    'says that it starts no process': [
      'import asyncio\nasync def f(): await asyncio.create_subprocess_exec("ls")\nasyncio.run(f())',
      /\nNotImplementedError: processes cannot be started here\n$/,
    ],
    'warns of a coroutine that nobody awaited': [
      'import asyncio\nasync def f(): pass\nf()',
      {
        tag: 'ok',
        exitCode: 0,
        stderr:
          "/app/main.py:3: RuntimeWarning: coroutine 'f' was never awaited\n  f()\nRuntimeWarning: Enable tracemalloc to get the object allocation traceback\n",
      },
    ],
    'time.sleep waits': [
      'import time\nt = time.monotonic()\ntime.sleep(0.03)\nprint(time.monotonic() - t >= 0.03)',
      'True\n',
    ],
  });
});
