import { expect } from 'vitest';
import { type Ended, py } from './support.ts';

/** A program that fails if anything is left of those in {@link hostile}. */
export const looksClean = py`
  import sys, builtins, json, collections, logging, re, os, gc, warnings, traceback, random, types
  assert print is builtins.print and type(print).__name__ == "builtin_function_or_method"
  assert collections.OrderedDict and collections.Counter("aab").most_common(1) == [("a", 2)]
  assert logging.root.handlers == [] and gc.isenabled() and gc.callbacks == [] and gc.get_threshold()[0] > 1
  assert "foo" not in sys.modules and not hasattr(json, "evil") and not hasattr(json.JSONEncoder, "extra")
  assert json.loads(json.dumps({"a": [1]})) == {"a": [1]} and "x" not in re._cache and os.getenv("Z") is None
  assert sys.gettrace() is None and sys.getprofile() is None and sys.monitoring.get_tool(0) is None
  assert traceback.format_exception_only(ValueError("v")) == ["ValueError: v\n"] and 0 <= random.random() < 1
  assert len(sys.argv) == 1 and sys.excepthook is sys.__excepthook__ and sys.stdout is sys.__stdout__
  assert sys.displayhook is sys.__displayhook__ and sys.meta_path and sys.path_hooks and not hasattr(sys, "evil")
  warnings.showwarning = lambda message, *a, **k: sys.stderr.write(f"{message}\n")
  warnings.warn("w")
  print("clean", os.getcwd(), sys.getrecursionlimit())
`;

const divided: Partial<Ended> = {
  tag: 'runtime-failed',
  exitCode: 1,
  stdout: '',
  stderr: expect.stringMatching(
    /^(sys.excepthook is missing\n)?Traceback [\s\S]*\nZeroDivisionError: division by zero\n$/,
  ),
};
const fine = (stdout = ''): Partial<Ended> => ({ tag: 'ok', exitCode: 0, stdout });

/** Programs that spoil whatever they can reach of the interpreter, and what they come to. */
export const hostile: Readonly<Record<string, readonly [source: string, expected: Partial<Ended>]>> = {
  'deletes the builtins': [
    py`
      import builtins
      builtins.print = None
      for n in list(vars(builtins)):
          if not n.startswith('__') and n not in ('vars', 'list', 'delattr'): delattr(builtins, n)
      1/0
    `,
    divided,
  ],
  'deletes the builtins and ends well': ['import builtins\nvars(builtins).clear()', fine()],
  'puts liars among the builtins': [
    py`
      import builtins
      class Liar:
          def __eq__(self, other): return True
          def __call__(self, *a): raise SystemExit(3)
      builtins.isinstance = builtins.len = Liar()
    `,
    fine(),
  ],
  'puts keys among the builtins that cannot be compared': [
    py`
      import builtins
      class K(str):
          def __hash__(self): return hash("print")
          def __eq__(self, other): raise ValueError
      del builtins.print
      vars(builtins)[K("print")] = 1
      1/0
    `,
    { tag: 'runtime-failed', exitCode: 1 },
  ],
  'spoils the import system': [
    py`
      import sys, json, types
      json.evil = 1; json.loads = None
      sys.modules['foo'] = types
      sys.modules['traceback'] = None
      sys.modules['json'] = None
      sys.meta_path = []
      sys.path_hooks.clear()
      1/0
    `,
    divided,
  ],
  'replaces sys.modules': ['import sys\nsys.modules = {}\nsys.evil = 1\n1/0', divided],
  'empties sys.modules': ['import sys\nsys.modules.clear()\n1/0', divided],
  'has keys of its own making in dicts of the interpreter': [
    py`
      import sys
      armed = []
      class K(str):
          def __hash__(self): return hash("stderr")
          def __eq__(self, other):
              if armed: raise ValueError
              return False
      sys.modules[K('q')] = 1
      globals()[K('z')] = 2
      vars(sys)[K('y')] = 3
      armed.append(1)
      raise SystemExit("bye")
    `,
    { stdout: '' },
  ],
  'breaks the printing of tracebacks': [
    py`
      import traceback, linecache
      traceback.TracebackException.format = lambda *a: 1/0
      linecache.getlines = None
      traceback.print_exc = None
      1/0
    `,
    divided,
  ],
  'has a stderr that fails': [
    py`
      import sys
      class W:
          def write(self, s): raise ValueError("w")
          def flush(self): raise SystemExit(9)
          closed = False
      sys.stderr = W()
      sys.stdout = None
      1/0
    `,
    divided,
  ],
  'closes the standard streams': ['import sys, os\nsys.stdout.close()\nfor fd in 0, 1, 2: os.close(fd)\n1/0', divided],
  'closes stderr and raises': ['import sys\nsys.stderr.close()\n1/0', divided],
  'sets every attribute of the modules in use to None': [
    py`
      import sys, gc, atexit, posix, os, types, random, logging
      for o in (sys, gc, atexit, posix, os, types, random, logging):
          for n in list(vars(o)):
              if not n.startswith('__') and n not in ('stdout', 'stderr', 'modules'):
                  try: setattr(o, n, None)
                  except Exception: pass
      1/0
    `,
    divided,
  ],
  'changes classes and containers of the library': [
    py`
      import json, collections, logging, re, random, types
      class X: pass
      json.JSONEncoder.default = X
      json.JSONEncoder.extra = 1
      collections.Counter.most_common = None
      logging.Logger.info = lambda *a: 1/0
      re._cache['x'] = 1
      logging.root.handlers.append(3)
      del collections.OrderedDict
      random.__class__ = type("M", (types.ModuleType,), {"__getattribute__": lambda *a: 1/0})
      print('done')
    `,
    fine('done\n'),
  ],
  'traces with a function that fails': [
    'import sys\ndef t(*a): raise RuntimeError("t")\nsys.settrace(lambda *a: t)\nsys.setprofile(lambda *a: None)\ndef f(): pass\nf()',
    { tag: 'runtime-failed', stderr: expect.stringMatching(/RuntimeError: t\n$/) },
  ],
  'profiles the harness': [
    "import sys\ndef p(f, e, a):\n    if f.f_code.co_name == '_call': raise RuntimeError('prof')\nsys.setprofile(p)",
    { exitCode: 0, stdout: '' },
  ],
  'leaves through a profile function': ['import sys\nsys.setprofile(lambda *a: exit(3))', { tag: 'ok', exitCode: 3 }],
  'monitors every line with a function that fails': [
    py`
      import sys
      m = sys.monitoring
      m.use_tool_id(0, 'x')
      m.register_callback(0, m.events.PY_START, lambda *a: 1/0)
      m.set_events(0, m.events.PY_START)
    `,
    fine(),
  ],
  'has a metaclass that answers nothing': [
    py`
      class M(type):
          def __instancecheck__(c, o): raise ValueError
          def __subclasscheck__(c, o): raise ValueError
          def __getattribute__(c, n): raise ValueError(n)
      class E(Exception, metaclass=M): pass
      raise E("x")
    `,
    { tag: 'runtime-failed', exitCode: 1, stderr: expect.stringMatching(/ValueError\n$/) },
  ],
  'clears its globals': ['globals().clear()', fine()],
  'replaces __main__': ["import sys, types\nsys.modules['__main__'] = types.ModuleType('z')\nprint(1)", fine('1\n')],
  'sets hooks in its last finaliser': [
    py`
      class D:
          def __del__(self):
              import sys
              sys.settrace(lambda *a: 1/0)
              raise ValueError("in del")
      x = D()
    `,
    fine(),
  ],
  'has hooks for ignored exceptions that fail': [
    'import sys\nsys.unraisablehook = lambda *a: 1/0\nclass D:\n    def __del__(self): 1/0\nD()\nprint("k")',
    fine('k\n'),
  ],
  'has callbacks in the collector that fail': [
    'import gc\ngc.disable(); gc.set_threshold(1); gc.callbacks.append(lambda *a: 1/0)',
    fine(),
  ],
  'registers exit handlers that register more': [
    'import atexit\ndef f(): atexit.register(f); raise SystemExit(3)\natexit.register(f)\nprint(1)',
    fine('1\n'),
  ],
  'removes its environment': [
    "import os\nos.environ._data = None\nos.environ = None\nos.putenv('Z', '1')\nprint(1)",
    fine('1\n'),
  ],
  'goes elsewhere': [
    "import os\nos.makedirs('/app/q/r')\nos.chdir('/app/q')\nos.rmdir('/app/q/r')\nprint(os.getcwd())",
    fine('/app/q\n'),
  ],
  'sets a recursion limit and integer limits': [
    'import sys\nsys.setrecursionlimit(50)\nsys.set_int_max_str_digits(0)\nsys.setswitchinterval(1)',
    fine(),
  ],
  'destroys the harness through its frames': [
    py`
      import sys
      f = sys._getframe()
      while f:
          for n in list(f.f_globals):
              if not n.startswith('__') and not f.f_code.co_filename.startswith('/app'): f.f_globals[n] = None
          f = f.f_back
    `,
    fine(),
  ],
  'takes a part out of the harness': [
    py`
      import gc
      session = next(o for o in gc.get_objects() if type(o).__qualname__ == "Session")
      type(session).outcome_of.__globals__["run"].__globals__["pristine"] = None
    `,
    { tag: 'runtime-failed', exitCode: 1, stdout: '' },
  ],
  'looks for the harness below its own frame': [
    py`
      import gc, sys, types
      frame = sys._getframe().f_back
      print(frame.f_back, [n for n in frame.f_globals if not n.startswith("_")], *frame.f_locals.values())
      frame.f_globals.clear()
      print([o for o in gc.get_objects() if type(o) is types.FunctionType and "golem" in o.__code__.co_filename])
    `,
    fine("None ['call'] []\n[]\n"),
  ],
  'prints what cannot be printed': [
    'class R:\n    def __repr__(self): raise SystemExit(5)\n    __str__ = __repr__\nprint(R())',
    { tag: 'ok', exitCode: 5 },
  ],
  'leaves a loop of asyncio running': [
    'import asyncio\nasyncio.events._set_running_loop(asyncio.new_event_loop())\nasyncio.set_event_loop(asyncio.new_event_loop())',
    { exitCode: 0 },
  ],
  'registers codecs, dialects and warnings': [
    'import codecs, csv, warnings\ncodecs.register(lambda n: 1/0)\ncsv.register_dialect("evil")\nwarnings.simplefilter("error")\nwarnings.filters.clear()',
    fine(),
  ],
};
