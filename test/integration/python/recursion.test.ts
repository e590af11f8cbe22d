import { describe } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('deep recursion', () => {
  const nested = 'x = []\nfor i in range(100000): x = [x]\n';
  const tooDeep = /\nRecursionError: /;
  testRows((content) => run(content, { limits: { timeMs: 25_000 } }), {
    'of functions is a RecursionError': [
      'def f(n): return f(n+1)\nf(0)',
      /\n {2}\[Previous line repeated 9[89]\d more times\]\nRecursionError: maximum recursion depth exceeded\n$/,
    ],
    'can be caught': ['def f(): f()\ntry: f()\nexcept RecursionError: print("caught")', 'caught\n'],
    'of functions may go deeper': [
      'import sys\nsys.setrecursionlimit(10**8)\ndef f(n): return f(n+1) if n < 100000 else n\nprint(f(0))',
      '100000\n',
    ],
    'in attributes': ['class A:\n    def __getattr__(self, n): return getattr(self, n + "x")\nA().q', tooDeep],
    'through C code and back': ['class A:\n    def __lt__(s, o): return sorted([s, o])\nsorted([A(), A()])', tooDeep],
    'in repr': [`${nested}repr(x)`, tooDeep],
    'in comparison': [`${nested}y = []\nfor i in range(100000): y = [y]\nx == y`, tooDeep],
    'in json': [`import json\n${nested}json.dumps(x)`, tooDeep],
    'in pickle': [`import pickle\n${nested}pickle.dumps(x)`, tooDeep],
    'in copy': [`import copy\n${nested}copy.deepcopy(x)`, tooDeep],
    'of generators': ['def g(): yield from g()\nlist(g())', tooDeep],
    'of the parser': ['eval("(" * 3000 + ")" * 3000)', /\nMemoryError: Parser stack overflowed/],
    'of regular expressions': ['import re\nre.compile("(" * 5000 + ")" * 5000)', tooDeep],
    'of what is thrown away': [
      py`
        x = []
        for i in range(300000): x = [x]
        del x
        class N:
            def __init__(s, n): s.n = n
            def __del__(s): pass
        x = None
        for i in range(50000): x = N(x)
        del x
        print("ok")
      `,
      'ok\n',
    ],
  });
});
