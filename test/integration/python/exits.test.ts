import { describe, expect, test } from 'vitest';
import { py, type Row, testRows, useExecutor } from './support.ts';

const run = useExecutor();

const exits = (source: string, exitCode: number, stdout = '', stderr = ''): Row => [
  source,
  { tag: 'ok', exitCode, stdout, stderr },
];

describe('sys.exit', () => {
  testRows(run, {
    'without an argument': exits('import sys; sys.exit()', 0),
    'with None': exits('raise SystemExit(None)', 0),
    'with a text': exits('import sys; sys.exit("bye")', 1, '', 'bye\n'),
    'with more than 8 bits': exits('raise SystemExit(300)', 44),
    'with a huge number': exits('raise SystemExit(2**70 + 5)', 5),
    'with a negative number': exits('exit(-1)', 255),
    'with a truth value': exits('raise SystemExit(True)', 1),
    'with an object that has no text': exits(
      'class O:\n    def __str__(self): raise ValueError\nraise SystemExit(O())',
      1,
    ),
    'in a function that catches exceptions': exits('try: exit(3)\nexcept Exception: pass', 3),
    'through finally': exits('try: exit(3)\nfinally: print("kept")', 3, 'kept\n'),
    'caught is no exit': exits('try: exit(3)\nexcept SystemExit as e: print(e.code)', 0, '3\n'),
    'of argparse': [
      'import argparse\np = argparse.ArgumentParser(); p.add_argument("n", type=int); p.parse_args()',
      {
        tag: 'ok',
        exitCode: 2,
        stderr: 'usage: main.py [-h] n\nmain.py: error: the following arguments are required: n\n',
      },
    ],
  });
});

describe('the end of a program', () => {
  testRows(run, {
    'KeyboardInterrupt is 130': [
      'import signal\nsignal.raise_signal(signal.SIGINT)',
      { tag: 'runtime-failed', exitCode: 130, stderr: expect.stringMatching(/\nKeyboardInterrupt\n$/) },
    ],
    'an abort is a signal': [
      'import os\nprint("a")\nos.abort()',
      { tag: 'runtime-failed', signal: 'SIGABRT', stdout: 'a\n' },
    ],
    'exit handlers run, last one first': exits(
      'import atexit\natexit.register(print, "first")\natexit.register(print, "last")\nprint("main")',
      0,
      'main\nlast\nfirst\n',
    ),
    'exit handlers run after an exception': [
      'import atexit\natexit.register(print, "bye")\n1/0',
      { tag: 'runtime-failed', exitCode: 1, stdout: 'bye\n' },
    ],
    'an exit handler that fails does not change the code': [
      'import atexit\natexit.register(exit, 4)\natexit.register(print, "bye")',
      {
        tag: 'ok',
        exitCode: 0,
        stdout: 'bye\n',
        stderr: expect.stringMatching(/^Exception ignored in atexit callback/),
      },
    ],
    'objects are finalised and open files are written': exits(
      py`
        import weakref
        class D:
            def __del__(self): print("del", open("/app/out.txt").read())
        class C: pass
        c = C()
        c.self = c
        weakref.finalize(c, print, "finalized")
        f = open("/app/out.txt", "w")
        f.write("kept")
        _d = D()
        del f
        print("end")
      `,
      0,
      'end\nfinalized\ndel kept\n',
    ),
    'cycles are finalised': exits(
      'class D:\n    def __del__(self): print("del")\nd = D()\nd.self = d\nprint("end")',
      0,
      'end\ndel\n',
    ),
    'unfinished generators end': exits(
      'def g():\n    try: yield\n    finally: print("closed")\nx = g()\nnext(x)\nprint("end")',
      0,
      'end\nclosed\n',
    ),
  });
});

describe('os._exit ends the program at once, without a trace', () => {
  const left = (source: string, exitCode: number, stdout = ''): Row => [
    source,
    { tag: 'ok', exitCode, stdout, stderr: '' },
    { limits: { timeMs: 20_000 }, files: [{ name: 'leaves.py', content: 'import os\nos._exit(24)' }] },
  ];
  testRows(run, {
    'with its code': left('import os\nprint("a")\nos._exit(9)\nprint("no")', 9, 'a\n'),
    'with the low 8 bits': left('import posix\nposix._exit(-1)', 255),
    'past finally': left('import os\ntry: os._exit(5)\nfinally: print("no")', 5),
    'past a program that catches everything and goes on': left(
      'import os\nwhile True:\n    try: os._exit(4)\n    except BaseException: print("no")',
      4,
    ),
    'past one that goes on without end': left(
      'import os, contextlib\nwith contextlib.suppress(BaseException): os._exit(6)\nwhile True: pass',
      6,
    ),
    'past one that raises something else': left(
      'import os\ntry: os._exit(7)\nexcept BaseException: raise SystemExit(1)',
      7,
    ),
    'past exit handlers': left('import os, atexit\natexit.register(print, "no")\nos._exit(8)', 8),
    'from an exit handler': left(
      'import os, atexit\natexit.register(print, "no")\natexit.register(os._exit, 10)\nprint("a")',
      10,
      'a\n',
    ),
    'from a finaliser': left('import os\nclass D:\n    def __del__(self): os._exit(11)\nD()\nprint("no")', 11),
    'from sys.excepthook': left('import os, sys\nsys.excepthook = lambda *a: os._exit(12)\n1/0', 12),
    'from an event loop that runs forever': left(
      'import asyncio, os\nloop = asyncio.new_event_loop()\nloop.call_soon(os._exit, 13)\nloop.run_forever()',
      13,
    ),
    'from a callback of C code': left('import os\nsorted([1, 2], key=lambda k: os._exit(14))', 14),
    'from an imported module': left('import leaves\nprint("no")', 24),
    'from deep recursion': left('import os\ndef f():\n    try: f()\n    except RecursionError: os._exit(15)\nf()', 15),
    'with hooks that trace it': left(
      'import os, sys\nsys.setprofile(lambda *a: None)\nsys.settrace(lambda *a: None)\nos._exit(16)',
      16,
    ),
    'with a tool that monitors it': left(
      'import os, sys\nsys.monitoring.use_tool_id(0, "x")\nsys.monitoring.set_events(0, sys.monitoring.events.LINE)\nos._exit(18)',
      18,
    ),
    'with output that was not flushed': left(
      'import os, sys\nsys.stdout = open(1, "w", closefd=False)\nprint("no")\nos._exit(17)',
      17,
    ),
    'unless its argument is none': [
      'import os\nos._exit("x")',
      /TypeError: 'str' object cannot be interpreted as an integer\n$/,
    ],
  });
});

test('os.abort is a trap: its instance is not used again, and the next run has another', async () => {
  for (let i = 0; i < 2; i++) {
    expect(await run('import builtins, os\nbuiltins.left = 1\nprint("a")\nos.abort()')).toMatchObject({
      tag: 'runtime-failed',
      signal: 'SIGABRT',
      stdout: 'a\n',
    });
    expect((await run('import builtins\nprint(hasattr(builtins, "left"))')).stdout).toBe('False\n');
  }
});
