import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

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
    doubled: ['x = b"a"\nwhile True: x += x', exceeded, { limits }],
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
    'a MemoryError of the program’s own is a failure': [
      'raise MemoryError("forged")',
      /\nMemoryError: forged\n$/,
      { limits },
    ],
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

describe('a file that cannot grow', () => {
  const refused = (write: string) => py`
    import errno
    try:
        ${write}
    except OSError as error: print(errno.errorcode[error.errno], error.strerror)
  `;
  const tooLarge = { limits: { fileSizeBytes: 1 << 20 } };
  const full = { limits: { workspaceBytes: 1 << 20 } };
  const text = 'with open("x", "w") as f:\n            while True: f.write("line\\n")';
  testRows(run, {
    'in one write': [refused('with open("x", "wb") as f: f.write(bytes(2 << 20))'), 'EFBIG File too large\n', tooLarge],
    'line by line': [refused(text), 'EFBIG File too large\n', tooLarge],
    'after a hole': [
      refused('with open("x", "wb") as f: f.seek(2 << 20); f.write(b"x")'),
      'EFBIG File too large\n',
      tooLarge,
    ],
    'by truncate': [refused('open("x", "wb").truncate(2 << 20)'), 'EFBIG File too large\n', tooLarge],
    'for want of space': [refused(text), 'ENOSPC No space left on device\n', full],
    'for want of space, appending': [
      refused('with open("x", "ab", 0) as f:\n            while f.write(bytes(1000)): pass'),
      'ENOSPC No space left on device\n',
      full,
    ],
  });

  test('keeps what was written before', async () => {
    const ended = await run(
      py`
        f = open("x", "wb", 0)
        try:
            while True: f.write(bytes(1000))
        except OSError: pass
        f.close()
        import os
        print(os.path.getsize("x") in range(1047000, 1048577), len(open("x", "rb").read()) == os.path.getsize("x"))
      `,
      tooLarge,
    );
    expect(ended).toMatchObject({ tag: 'ok', stdout: 'True True\n' });
  });
});
