import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('deep recursion', () => {
  const nested = 'x = []\nfor i in range(30000): x = [x]\n';
  const tooDeep = /\nRecursionError: /;
  testRows(run, {
    'of functions is a RecursionError': [
      'def f(n): return f(n+1)\nf(0)',
      /\n {2}\[Previous line repeated 99\d more times\]\nRecursionError: maximum recursion depth exceeded\n$/,
    ],
    'can be caught': ['def f(): f()\ntry: f()\nexcept RecursionError: print("caught")', 'caught\n'],
    'of functions may go deeper': [
      'import sys\nsys.setrecursionlimit(10**8)\ndef f(n): return f(n+1) if n < 100000 else n\nprint(f(0))',
      '100000\n',
    ],
    'in attributes': ['class A:\n    def __getattr__(self, n): return getattr(self, n + "x")\nA().q', tooDeep],
    'through C code and back': ['class A:\n    def __lt__(s, o): return sorted([s, o])\nsorted([A(), A()])', tooDeep],
    'in repr': [`${nested}repr(x)`, tooDeep],
    'in comparison': [`${nested}y = []\nfor i in range(30000): y = [y]\nx == y`, tooDeep],
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

describe('memory', () => {
  const limits = { memoryBytes: 64 << 20, timeMs: 20_000 };
  const exceeded = { tag: 'resource-exceeded', stderr: expect.stringMatching(/(^|\n)MemoryError\n$/) } as const;
  testRows(run, {
    'used up by a list': ['x = []\nwhile True: x.append("a" * 100000 + str(len(x)))', exceeded, { limits }],
    'used up by small objects in a function': [
      'def f():\n    x = []\n    while True: x.append(object())\nf()',
      exceeded,
      { limits },
    ],
    'asked for at once': ['x = bytearray(200 << 20)', exceeded, { limits }],
    'doubled': ['x = b"a"\nwhile True: x += x', exceeded, { limits }],
    'used up and caught: the program goes on': [
      py`
        x = []
        try:
            while True: x.append(bytearray(1 << 20))
        except MemoryError:
            n = len(x)
            x = None
        print(30 < n < 64, len(bytearray(20 << 20)))
      `,
      'True 20971520\n',
      { limits },
    ],
    'a MemoryError of the program’s own is a failure': ['raise MemoryError("forged")', /\nMemoryError: forged\n$/, { limits }],
  });

  test('is all there for the next run', async () => {
    for (let i = 0; i < 3; i++) {
      expect(await run('x = bytearray(30 << 20)\nprint(len(x))', { limits })).toMatchObject({
        tag: 'ok',
        stdout: '31457280\n',
      });
    }
  });
});
