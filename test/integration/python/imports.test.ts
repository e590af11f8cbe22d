import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('the program is the module __main__', () => {
  testRows(run, {
    'for pickle, dataclasses, inspect and typing': [
      py`
        import dataclasses, inspect, pickle, sys, typing
        @dataclasses.dataclass
        class P:
            x: 'int'
        print(pickle.loads(pickle.dumps(P(1))), typing.get_type_hints(P))
        print(inspect.getsource(P), end='')
        print(sys.modules['__main__'].P is P, __spec__, __name__)
      `,
      "P(x=1) {'x': <class 'int'>}\n@dataclasses.dataclass\nclass P:\n    x: 'int'\nTrue None __main__\n",
    ],
    'also for a module that imports it': [
      'x = 1\nif __name__ == "__main__":\n    import other',
      '1\n',
      { files: [{ name: 'other.py', content: 'import __main__\nprint(__main__.x)' }] },
    ],
    'with annotations of the future': [
      'from __future__ import annotations\ndef f(x: Undefined): return x\nprint(f(1))',
      '1\n',
    ],
    'with nothing of the harness in sight': [
      py`
        import gc, sys, types
        names = ("_golem_exec", "componentize_py", "wit_world", "golem_exec", "poll_loop")
        print([n for n in sys.modules if n.startswith(names)])
        files = {o.__code__.co_filename for o in gc.get_objects() if isinstance(o, types.FunctionType)}
        print([f for f in files if not f.startswith(("/usr/lib/python3.14/", "/app/", "<"))])
      `,
      '[]\n[]\n',
    ],
  });
});

describe('source files', () => {
  testRows(run, {
    'may be empty': ['', ''],
    'may have the line ends of Windows': ['print(1)\r\nprint(2)\r\n', '1\n2\n'],
    'may begin with a byte order mark': ['\ufeffprint(1)', '1\n'],
    'may name their encoding': ['# -*- coding: latin-1 -*-\nprint("é")', 'Ã©\n'],
    'may be long': [`${'x = 1\n'.repeat(20_000)}print(x)`, '1\n'],
  });
});

describe('modules', () => {
  const files = [
    { name: 'pk/__init__.py', content: 'from . import data' },
    { name: 'pk/data.py', content: 'x = 7' },
    { name: 'pk/f.txt', content: 'res' },
    { name: 'pk/sub/__init__.py', content: '' },
    { name: 'pk/sub/m.py', content: 'from ..data import x\nv = x + 1' },
    { name: 'pk/__main__.py', content: 'print("as a program")' },
    { name: 'space/inner/m.py', content: 'v = 3' },
    { name: 'cyca.py', content: 'from cycb import y\nx = 1' },
    { name: 'cycb.py', content: 'from cyca import x\ny = 1' },
    { name: 'queue.py', content: 'mine = 1' },
    { name: 'statistics/__init__.py', content: 'mine = 2' },
  ];
  testRows(run, {
    'packages, their modules and data': [
      py`
        import pk.sub.m as m, pk
        from importlib import resources
        print(m.v, pk.__path__, pk.__file__, resources.files('pk').joinpath('f.txt').read_text())
      `,
      "8 ['/app/pk'] /app/pk/__init__.py res\n",
      { files },
    ],
    'folders without __init__': ['from space.inner import m\nprint(m.v)', '3\n', { files }],
    'a user’s module comes before the library’s': [
      'import queue, statistics, json\nprint(queue.mine, statistics.mine, json.dumps([1]))',
      '1 2 [1]\n',
      { files },
    ],
    'with the names of the component’s own': [
      'import sessions, executor, exports, stateless, program\nprint(sessions.n, executor.n, exports.n, stateless.n, program.n)',
      '1 2 3 4 5\n',
      {
        files: ['sessions', 'executor', 'exports', 'stateless', 'program'].map((name, i) => ({
          name: `${name}.py`,
          content: `n = ${i + 1}`,
        })),
      },
    ],
    'types among them': ['import types\nprint(types.n)', '1\n', { files: [{ name: 'types.py', content: 'n = 1' }] }],
    'what has no such file is the library’s': ['import queue\nprint(queue.Queue.__name__)', 'Queue\n'],
    'a circle of imports': [
      'import cyca',
      /ImportError: cannot import name 'x' from partially initialized module 'cyca' \(most likely due to a circular import\) \(\/app\/cyca.py\)\n$/,
      { files },
    ],
    'one that is missing': ['import foo', /ModuleNotFoundError: No module named 'foo'\n$/],
    'a relative import in the program': ['from . import z', /ImportError: attempted relative import/],
    'by name': [
      'import importlib\nprint(importlib.import_module("pk.sub.m").v, __import__("pk").data.x)',
      '8 7\n',
      { files },
    ],
    'as programs': ['import runpy\nrunpy.run_module("pk")', 'as a program\n', { files }],
    'written by the program': [
      'import importlib, pathlib\npathlib.Path("made.py").write_text("x = 1")\nimportlib.invalidate_caches()\nimport made\nprint(made.x)',
      '1\n',
    ],
    reloaded: [
      py`
        import importlib, pathlib, pk.data
        pathlib.Path('pk/data.py').write_text('x = 70')
        print(importlib.reload(pk.data).x)
      `,
      '70\n',
      { files },
    ],
    'of the library, dropped and imported anew': [
      'import json, sys\ndel sys.modules["json"]\nimport json as again, importlib\nprint(again.dumps({}), importlib.reload(json).dumps([1]))',
      '{} [1]\n',
    ],
    'leave no byte code behind': [
      'import os, pk.sub.m\nprint([d for d, _, _ in os.walk("/app") if "cache" in d])',
      '[]\n',
      { files },
    ],
    'from a zip archive': [
      py`
        import sys, zipfile
        with zipfile.ZipFile('lib.zip', 'w') as z: z.writestr('zipped.py', 'x = 5')
        sys.path.insert(0, 'lib.zip')
        import zipped
        print(zipped.x, zipped.__file__)
      `,
      '5 lib.zip/zipped.py\n',
    ],
  });

  test('the script’s folder comes first, wherever it is', async () => {
    const ended = await run('import runpy, sys\nsys.argv[0] = "x"\nimport pk\nprint(sys.path)', { files });
    expect(ended.stdout).toBe("['/app', '/usr/lib/python3.14', '/data/site-packages']\n");
  });
});
