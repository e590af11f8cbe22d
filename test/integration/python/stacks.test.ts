/** Who walks the stack finds the program's own frames and nothing below: warnings, tracebacks, logging, tracing, debuggers. */
import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('stacks end with the program', () => {
  testRows(run, {
    'a warning that looks past the program has no place': [
      py`
        import warnings
        warnings.warn("top", stacklevel=2)
        def f(): warnings.warn("in f", stacklevel=2)
        f()
      `,
      { tag: 'ok', stderr: '<sys>:0: UserWarning: top\n/app/main.py:4: UserWarning: in f\n  f()\n' },
    ],
    'traceback, inspect and walk_stack': [
      py`
        import inspect, sys, traceback
        def f():
            traceback.print_stack(file=sys.stdout)
            print([(r.function, r.lineno, r.index) for r in inspect.stack()])
            print(len(traceback.extract_stack()), len(traceback.format_stack(limit=1)), [n for _, n in traceback.walk_stack(None)])
            print([n for _, n in traceback.walk_stack(sys._getframe(1))])
            print([r.function for r in inspect.getouterframes(inspect.currentframe(), 0)], inspect.stack()[1].code_context)
        f()
      `,
      `  File "/app/main.py", line 8, in <module>
    f()
  File "/app/main.py", line 3, in f
    traceback.print_stack(file=sys.stdout)
[('f', 4, 0), ('<module>', 8, 0)]
2 1 [5, 8]
[8]
['f', '<module>'] ['f()\\n']
`,
    ],
    logging: [
      py`
        import logging, sys
        logging.basicConfig(format="%(funcName)s:%(lineno)d %(message)s", stream=sys.stdout)
        def f(): logging.warning("w", stack_info=True)
        f()
      `,
      py`
        f:3 w
        Stack (most recent call last):
          File "/app/main.py", line 4, in <module>
            f()
          File "/app/main.py", line 3, in f
            def f(): logging.warning("w", stack_info=True)
      `,
    ],
    'what logging cannot write is told with the program’s frames': [
      'import logging\nlogging.warning("%d", "x")',
      {
        tag: 'ok',
        stderr: expect.stringMatching(
          /^--- Logging error ---\nTraceback [\s\S]*\nTypeError: .*\nCall stack:\n {2}File "\/app\/main.py", line 2, in <module>\n {4}logging.*\nMessage: '%d'\nArguments: \('x',\)\n$/,
        ),
      },
    ],
    'an exception that a tracing program ends with is its own': [
      py`
        import sys
        sys.settrace(lambda *a: None)
        sys.setprofile(lambda *a: None)
        {}["k"]
      `,
      /^Traceback \(most recent call last\):\n {2}File "\/app\/main.py", line 4, in <module>\n {4}\{\}\["k"\]\n {4}~~\^+\nKeyError: 'k'\n$/,
    ],
    'a trace function is called for the program and the library alone, printing included': [
      py`
        import sys
        seen = set()
        def trace(frame, event, value):
            seen.add(frame.f_code.co_filename)
            return trace
        def f():
            print("traced")
            sys.stderr.write("")
        sys.settrace(trace); sys.setprofile(trace)
        f()
        sys.settrace(None); sys.setprofile(None)
        print(*seen)
      `,
      'traced\n/app/main.py\n',
    ],
    'so are the callbacks of sys.monitoring': [
      py`
        import sys
        m, seen = sys.monitoring, set()
        m.use_tool_id(2, "t")
        for event in (m.events.PY_START, m.events.LINE, m.events.RAISE, m.events.PY_UNWIND):
            m.register_callback(2, event, lambda code, *_: seen.add(code.co_filename) and None)
        m.set_events(2, m.events.PY_START | m.events.LINE | m.events.RAISE | m.events.PY_UNWIND)
        print("monitored")
        try: 1 / 0
        except ZeroDivisionError: pass
        m.set_events(2, 0)
        print(*seen)
      `,
      'monitored\n/app/main.py\n',
    ],
    pdb: [
      py`
        def f(x):
            breakpoint()
            y = x + 1
            return y
        print(f(3))
      `,
      py`
        > /app/main.py(2)f()
        -> breakpoint()
        (Pdb) 3
        (Pdb) > /app/main.py(3)f()
        -> y = x + 1
        (Pdb) > /app/main.py(4)f()
        -> return y
        (Pdb) 4
        (Pdb) 4
      `,
      { stdin: 'p x\nn\nn\np y\nc\n' },
    ],
    'bdb, trace and cProfile': [
      py`
        import bdb, cProfile, io, pstats, trace
        class Lines(bdb.Bdb):
            def user_line(self, frame):
                if frame.f_code.co_filename.startswith("/app"): print("line", frame.f_lineno)
                self.set_step()
        def f(n):
            return sum(range(n))
        Lines().runcall(f, 3)
        counted = trace.Trace(count=1, trace=0); counted.runfunc(f, 3)
        print([(line, n) for (name, line), n in counted.results().counts.items() if name == "/app/main.py"])
        with cProfile.Profile() as profile: f(5)
        text = io.StringIO(); pstats.Stats(profile, stream=text).print_stats()
        print("main.py:6(f)" in text.getvalue(), "golem" in text.getvalue())
      `,
      'line 7\n[(7, 1)]\nTrue False\n',
    ],
  });

  test('in sessions that keep the interpreter, too, and for values', async () => {
    await using executor = createExecutor({ workers: 1 });
    await using session = await executor.openSession({ language: 'python', persist: 'heap' });
    const code = 'import inspect\ndef f(): return [r.function for r in inspect.stack()]\nprint(f())';
    for (let i = 0; i < 2; i++) expect((await session.run({ code })).run.stdout).toBe("['f', '<module>']\n");
    const { value } = await session.evaluate('f()');
    expect(value).toEqual({ kind: 'data', data: ['f', '<module>'] });
    await expect(session.evaluate('1 / 0')).rejects.toMatchObject({
      run: {
        stderr:
          'Traceback (most recent call last):\n  File "/app/.session_code.py", line 1, in <module>\n    1 / 0\n    ~~^~~\nZeroDivisionError: division by zero\n',
      },
    });
  });
});
