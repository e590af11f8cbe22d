import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('standard input', () => {
  const stdin = 'line1\nline2\nabcrest\nmore\n';
  const all = JSON.stringify(stdin).replaceAll('"', "'");
  testRows(run, {
    'by line, by character, by iteration': [
      'import sys\nprint(repr(input()), repr(sys.stdin.readline()), sys.stdin.read(3), [l for l in sys.stdin])',
      "'line1' 'line2\\n' abc ['rest\\n', 'more\\n']\n",
      { stdin },
    ],
    'as bytes': ['import sys\nprint(sys.stdin.buffer.read())', `b${all}\n`, { stdin }],
    'through its descriptor': ['import os\nprint(os.read(0, 100))', `b${all}\n`, { stdin }],
    'opened by number': ['print(repr(open(0).read()))', `${all}\n`, { stdin }],
    'with fileinput': ['import fileinput\nprint(sum(1 for _ in fileinput.input()))', '4\n', { stdin }],
    'bytes that are not UTF-8': [
      'import sys\nprint(ascii(sys.stdin.read()))',
      "'a\\udcff'\n",
      { stdin: Uint8Array.of(0x61, 0xff) },
    ],
    'more than one buffer': ['import sys\nprint(len(sys.stdin.read()))', '300000\n', { stdin: 'é'.repeat(300_000) }],
    'its end is an EOFError of input': ['input("? ")', /\nEOFError: EOF when reading a line\n$/],
    'a prompt is printed': ['print(input("name? "))', 'name? you\n', { stdin: 'you\n' }],
    'it is no terminal': [
      'import sys\nprint(sys.stdin.isatty(), sys.stdin.fileno(), sys.stdin.name, sys.stdin.mode, sys.stdout.mode, sys.stderr.mode)',
      'False 0 <stdin> r w w\n',
    ],
  });
});

describe('standard output', () => {
  testRows(run, {
    'as text, as bytes and through its descriptor, in order': [
      py`
        import os, sys
        print("text", end="")
        sys.stdout.buffer.write(b" bytes")
        os.write(1, b" raw")
        sys.stdout.write(" écrit")
        sys.stdout.writelines([" a", " b"])
        print(" end", flush=True)
      `,
      'text bytes raw écrit a b end\n',
    ],
    'print with its parameters': [
      'print(1, 2, sep="-", end="!\\n")\nimport sys\nprint("x", file=sys.stdout)',
      '1-2!\nx\n',
    ],
    'redirected by the program': [
      'import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as s: print("in")\nprint(repr(s.getvalue()))',
      "'in\\n'\n",
    ],
    'wrapped by the program': [
      'import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, "latin-1")\nprint("kept")',
      'kept\n',
    ],
    reconfigured: [
      'import sys\nsys.stdout.reconfigure(write_through=False, line_buffering=False)\nprint("kept", end="")',
      'kept',
    ],
    'closed by the program: what follows fails': [
      'import sys\nsys.stdout.close()\ntry: print(1)\nexcept ValueError as e: print(e, file=sys.__stderr__)',
      { tag: 'ok', exitCode: 0, stdout: '', stderr: 'I/O operation on closed file.\n' },
    ],
    'a surrogate cannot be encoded': ['print("\\ud800")', /\nUnicodeEncodeError: .*surrogates not allowed\n$/],
    'a surrogate on stderr is escaped': [
      'import sys\nprint("\\ud800", file=sys.stderr)',
      { tag: 'ok', stderr: '\\ud800\n' },
    ],
    'None in its place is silent': ['import sys\nsys.stdout = None\nprint(1)', ''],
    'it is no terminal': [
      'import sys\nprint(sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.encoding, sys.stderr.name)',
      'False 1 utf-8 <stderr>\n',
    ],
  });

  test('bytes that are not UTF-8 leave as they are, and both streams come in order', async () => {
    await using executor = createExecutor({ workers: 1 });
    const chunks: [string, string][] = [];
    const content = py`
      import sys
      for i in range(3):
          sys.stdout.buffer.write(bytes([0xff, 0, 48 + i]))
          print("e", i, file=sys.stderr)
    `;
    for await (const event of executor.runStreaming({ language: 'python', files: [{ name: 'm.py', content }] })) {
      if (event.tag !== 'stdout-chunk' && event.tag !== 'stderr-chunk') continue;
      const [last] = chunks.slice(-1);
      const text = Buffer.from(event.val).toString('latin1');
      if (last?.[0] === event.tag) last[1] += text;
      else chunks.push([event.tag, text]);
    }
    expect(chunks).toEqual(
      [0, 1, 2].flatMap((i) => [
        ['stdout-chunk', `\xff\0${i}`],
        ['stderr-chunk', `e ${i}\n`],
      ]),
    );
  });

  test('what was printed without a line end before a stop is there', async () => {
    const ended = await run('print("x", end="")\nwhile True: pass', { limits: { timeMs: 200 } });
    expect(ended).toMatchObject({ tag: 'timeout', stdout: 'x' });
  });
});

describe('arguments and environment', () => {
  testRows(run, {
    'sys.argv and __file__': [
      'import sys\nprint(sys.argv, __file__, __name__, sys.path[0], sys.orig_argv)',
      "['main.py', 'a b', '-x', 'é'] /app/main.py __main__ /app []\n",
      { args: ['a b', '-x', 'é'] },
    ],
    'os.environ is the program’s own': [
      py`
        import os
        os.environ["Q"] = "1"
        print(sorted(os.environ.items()), os.getenv("X"), os.getenv("EXEC_STDIO"))
        os.environ.clear()
        print(dict(os.environ))
      `,
      "[('HOME', '/app'), ('LANG', 'C.UTF-8'), ('Q', '1'), ('TMPDIR', '/tmp'), ('X', '1 ü')] 1 ü None\n{}\n",
      { env: { X: '1 ü' } },
    ],
    'the request’s variables come before the defaults': [
      'import os\nprint(os.path.expanduser("~"), os.environ["TMPDIR"])',
      '/else /tmp\n',
      { env: { HOME: '/else' } },
    ],
    'PYTHONPATH is searched': [
      'import far\nprint(far.x)',
      '7\n',
      { env: { PYTHONPATH: '/app/lib' }, files: [{ name: 'lib/far.py', content: 'x = 7' }] },
    ],
  });
});
