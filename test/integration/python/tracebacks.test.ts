import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

const failed = (stderr: string) => ({ tag: 'runtime-failed', exitCode: 1, stdout: '', stderr }) as const;
const divided = 'ZeroDivisionError: division by zero\n';

describe('an uncaught exception is shown as CPython shows it, with the user’s frames alone', () => {
  testRows(run, {
    'with its cause': [
      py`
        def f(x):
            return x/0
        def g():
            try:
                f(1)
            except Exception as e:
                raise KeyError('k') from e
        g()
      `,
      failed(`Traceback (most recent call last):
  File "/app/main.py", line 5, in g
    f(1)
    ~^^^
  File "/app/main.py", line 2, in f
    return x/0
           ~^~
${divided}
The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/main.py", line 8, in <module>
    g()
    ~^^
  File "/app/main.py", line 7, in g
    raise KeyError('k') from e
KeyError: 'k'
`),
    ],
    'as a group': [
      'raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])',
      failed(`  + Exception Group Traceback (most recent call last):
  |   File "/app/main.py", line 1, in <module>
  |     raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])
  | ExceptionGroup: eg (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | ValueError: 1
    +---------------- 2 ----------------
    | TypeError: t
    +------------------------------------
`),
    ],
    'with frames of the library': [
      'import json\njson.loads("{")',
      /^Traceback .*\n {2}File "\/app\/main.py", line 2, in <module>\n {4}json.loads\("\{"\)\n {4}~+\^+\n( {2}File "\/usr\/lib\/python3.14\/json\/\w+.py", line \d+, in \w+\n){3}json.decoder.JSONDecodeError: /,
    ],
    'with a suggestion': ['import sys\nprnt(1)', /NameError: name 'prnt' is not defined. Did you mean: 'print'\?\n$/],
    'whose str() fails': [
      'class E(Exception):\n    def __str__(self): raise ValueError("no")\n    __repr__ = __str__\nraise E()',
      /line 4, in <module>\n {4}raise E\(\)\nE: <exception str\(\) failed>\n$/,
    ],
    'that is a BaseException': ['class B(BaseException): pass\nraise B("b")', /B: b\n$/],
    'with hostile attributes': [
      py`
        class E(Exception):
            __traceback__ = property(lambda s: 1/0)
            __cause__ = property(lambda s: 1/0)
            __class__ = property(lambda s: MemoryError)
        raise E("x")
      `,
      failed(
        'Traceback (most recent call last):\n  File "/app/main.py", line 5, in <module>\n    raise E("x")\nE: x\n',
      ),
    ],
    'in a task of asyncio': [
      'import asyncio\nasync def f(): raise ValueError("in task")\nasyncio.run(f())',
      /line 3, in <module>\n[\s\S]*asyncio\/runners.py[\s\S]*line 2, in f\n {4}async def f\(\): raise[\s\S]*\nValueError: in task\n$/,
    ],
    'in a finaliser': [
      'class D:\n    def __del__(self): 1/0\nd = D()',
      { tag: 'ok', exitCode: 0, stderr: expect.stringMatching(/^Exception ignored while calling deallocator/) },
    ],
  });
});

describe('sys.excepthook', () => {
  testRows(run, {
    'of the program is called': [
      'import sys\nsys.excepthook = lambda t, v, tb: print("HOOK", t.__name__, v, tb.tb_lineno, file=sys.stderr)\n1/0',
      failed('HOOK ZeroDivisionError division by zero 3\n'),
    ],
    'that fails is shown with the exception it failed on': [
      'import sys\ndef h(*a): raise RuntimeError("bad hook")\nsys.excepthook = h\n1/0',
      /^Error in sys.excepthook:\n[\s\S]*RuntimeError: bad hook\n\nOriginal exception was:\n[\s\S]*ZeroDivisionError/,
    ],
    'may end the program': [
      'import sys\ndef h(*a): sys.exit(7)\nsys.excepthook = h\n1/0',
      { tag: 'ok', exitCode: 7, stderr: '' },
    ],
    'may be deleted': ['import sys\ndel sys.excepthook\n1/0', /^sys.excepthook is missing\n[\s\S]*ZeroDivisionError/],
  });
});

const uncompiled = (stderr: string) => ({ tag: 'compilation-failed', exitCode: 1, stdout: '', stderr }) as const;

describe('a program that does not compile', () => {
  testRows(run, {
    'an open bracket': [
      'x = (1,\nprint(',
      uncompiled('  File "/app/main.py", line 2\n    print(\n         ^\nSyntaxError: \'(\' was never closed\n'),
    ],
    'bad indentation': [
      'def f():\nx=1',
      uncompiled(
        '  File "/app/main.py", line 2\n    x=1\n    ^\nIndentationError: expected an indented block after function definition on line 1\n',
      ),
    ],
    'a NUL': ['x=1\0', uncompiled('SyntaxError: source code string cannot contain null bytes\n')],
    'a module that does not compile is a failure of the run': [
      'import broken',
      failed(
        'Traceback (most recent call last):\n  File "/app/main.py", line 1, in <module>\n    import broken\n  File "/app/broken.py", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
      ),
      { files: [{ name: 'broken.py', content: 'def f(:\n' }] },
    ],
  });

  test('bytes that are no text', async () => {
    const ended = await run(Uint8Array.from(Buffer.from('print("\xff")', 'latin1')));
    expect(ended).toMatchObject({ tag: 'compilation-failed', exitCode: 1 });
    expect(ended.stderr).toContain("'utf-8' codec can't decode byte 0xff");
  });
});

describe('warnings', () => {
  testRows(run, {
    'name the file and show the line': [
      'import warnings\nx = "\\d"\nwarnings.warn("w")',
      {
        tag: 'ok',
        stderr: expect.stringMatching(
          /^\/app\/main.py:2: SyntaxWarning: [\s\S]*\n {2}x = "\\d"\n\/app\/main.py:3: UserWarning: w\n {2}warnings.warn\("w"\)\n$/,
        ),
      },
    ],
    'can be errors': [
      'import warnings\nwarnings.simplefilter("error")\nwarnings.warn("x")',
      /line 3, in <module>\n[\s\S]*UserWarning: x\n$/,
    ],
  });
});
