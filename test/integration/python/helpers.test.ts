import { createExecutor } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { py, testRows, useExecutor } from './support.ts';

const run = useExecutor();

describe('helpers for files', () => {
  testRows(run, {
    text: [
      py`
        write_text("a/b/c.txt", "é\r\nzwei\n"); append_text("a/b/c.txt", "drei"); append_text("new/x", "1")
        print(repr(read_text("a/b/c.txt")), read_lines("/app/a/b/c.txt"), file_size("a/b/c.txt"), read_text("new/x"))
        write_text("empty", ""); print(read_lines("empty"), file_size("empty"))
      `,
      "'é\\r\\nzwei\\ndrei' ['é', 'zwei', 'drei'] 13 1\n[] 0\n",
    ],
    JSON: [
      py`
        write_json("out/data.json", {"n": [1, 2.5, None, "é"]}); print(read_text("out/data.json"), end="")
        write_json("flat.json", [1], indent=None); print(read_json("flat.json"), read_json("out/data.json")["n"][3])
      `,
      '{\n  "n": [\n    1,\n    2.5,\n    null,\n    "é"\n  ]\n}\n[1] é\n',
    ],
    'folders and files': [
      py`
        for name in "b", "a/x", "B": write_text(name, "")
        print(list_files(), list_files("a"), file_exists("a"), file_exists("a/x"), file_exists("a/y"))
        copy_file("b", "deep/er/b"); remove_file("b"); print(list_files("deep/er"), file_exists("b"))
      `,
      "['B', 'a', 'b', 'main.py'] ['x'] True True False\n['b'] False\n",
    ],
    'a program that has such a name has its own': [
      'def read_text(path): return "mine"\nprint(read_text("nowhere"))\nfrom builtins import write_text\nprint(write_text.__module__)',
      'mine\nbuiltins\n',
    ],
    'JSON that is none names the file and the position': [
      'write_text("cfg.json", "{\\n  \\"a\\": ,\\n}")\nread_json("cfg.json")',
      /JSONDecodeError: cfg\.json is not valid JSON: Expecting value: line 2 column 8 \(char 9\)\n$/,
    ],
    'a value that is no JSON leaves the file as it was': [
      py`
        write_json("f", 1)
        try: write_json("f", {1, 2})
        except TypeError as error: print(error, read_json("f"))
      `,
      'Object of type set is not JSON serializable 1\n',
    ],
    'what is wrong with a path': [
      py`
        import os
        os.mkdir("d")
        for call in (lambda: read_text("no"), lambda: remove_file("d"), lambda: file_size("d"), lambda: copy_file("d", "e"),
                     lambda: remove_file("no"), lambda: list_files("no"), lambda: write_text("x", b"1"), lambda: read_text("d")):
            try: call()
            except Exception as error: print(type(error).__name__, error)
        os.symlink("d", "link"); remove_file("link"); print(list_files())
      `,
      [
        "FileNotFoundError [Errno 44] No such file or directory: 'no'",
        "IsADirectoryError [Errno 31] Is a directory: 'd'",
        "IsADirectoryError [Errno 31] Is a directory: 'd'",
        "IsADirectoryError [Errno 31] Is a directory: 'd'",
        "FileNotFoundError [Errno 44] No such file or directory: 'no'",
        "FileNotFoundError [Errno 44] No such file or directory: 'no'",
        'TypeError write_text: expected text, not bytes; write_json takes other values',
        "IsADirectoryError [Errno 31] Is a directory: 'd'",
        "['d', 'main.py']\n",
      ].join('\n'),
    ],
    'text that is not UTF-8 is said': [
      'open("b", "wb").write(b"\\xff")\nread_text("b")',
      /UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte\n$/,
    ],
  });

  test('no state holds them', async () => {
    await using executor = createExecutor({ workers: 1 });
    await using session = await executor.openSession({ language: 'python', persist: 'globals' });
    await session.run({ code: 'x = 1\nf = read_text' });
    const state = JSON.parse(new TextDecoder().decode(await session.download('.session_state.json'))) as object;
    expect(JSON.stringify(state)).not.toContain('read_text');
    const { run: ended } = await session.run({ code: 'print(x, callable(read_text))' });
    expect(ended.stdout).toBe('1 True\n');
  });
});

describe('what is not there says why', () => {
  testRows(run, {
    'a module': [
      'import ctypes',
      /line 1, in <module>\n {4}import ctypes\n[^\n]*ctypes\/__init__\.py", line \d+, in <module>\nModuleNotFoundError: No module named '_ctypes': native code cannot be loaded or called here\n$/,
    ],
    'a package': [
      'import numpy',
      /^Traceback \(most recent call last\):\n {2}File "\/app\/main.py", line 1, in <module>\n {4}import numpy\nModuleNotFoundError: No module named 'numpy': it is native code, which cannot be loaded here; use array, [^\n]*\n$/,
    ],
    'a name nobody knows is told as ever': ['import no_such', /ModuleNotFoundError: No module named 'no_such'\n$/],
    'one can be tried and done without': [
      'try:\n    import lxml.etree as E\nexcept ImportError as error:\n    import xml.etree.ElementTree as E\n    print(error.name)\nprint(E.fromstring("<a/>").tag)',
      'lxml\na\n',
    ],
    'a file of that name is imported': [
      'import numpy, fcntl\nprint(numpy.x, fcntl.y)',
      'mine 2\n',
      {
        files: [
          { name: 'numpy.py', content: 'x = "mine"' },
          { name: 'fcntl.py', content: 'y = 2' },
        ],
      },
    ],
  });
});

describe('the library in Python where its C part is blocked', () => {
  testRows(run, {
    ElementTree: [
      py`
        import sys, importlib
        c = sys.modules.pop("xml.etree.ElementTree", None); sys.modules["_elementtree"] = None
        pure = importlib.import_module("xml.etree.ElementTree"); del sys.modules["_elementtree"]
        print(hasattr(pure.XMLParser, "_setevents"), pure.fromstring("<a>1</a>").text)
        import xml.etree.ElementTree as T
        print(T is pure)
      `,
      'True 1\nTrue\n',
    ],
    'a methodcaller in a cycle is collected': [
      py`
        import gc, operator, pickle
        upper = operator.methodcaller("replace", "a", "b")
        print(upper("aa"), pickle.loads(pickle.dumps(upper))("ba"), upper)
        class Box: pass
        for n in range(1000):
            box = Box(); box.call = operator.methodcaller("x", box); box.self = box
        del box
        print(gc.collect() > 0)
      `,
      "bb bb operator.methodcaller('replace', 'a', 'b')\nTrue\n",
    ],
  });
});
