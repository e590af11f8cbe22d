/** The helpers for files: one table for both languages, whose names differ in nothing but their case. */
import { conformance } from './suite.ts';
import { type Both, type Case, main } from './table.ts';

/** A program of one or more expressions, each printed as JSON. */
function printed(
  name: string,
  expressions: readonly (readonly [python: string, javascript: string])[],
  stdout: string,
  before: Both<string> = '',
): Case {
  const [pythonBefore, javascriptBefore] =
    typeof before === 'string' ? [before, before] : [before.python, before.javascript];
  const python = expressions.map(([one]) => `show(${one})`);
  const javascript = expressions.map(([, other]) => `show(${other});`);
  return {
    name,
    files: [
      main(
        [
          'import json',
          'def show(v): print(json.dumps(v, separators=(",", ":"), ensure_ascii=False))',
          pythonBefore,
          ...python,
        ].join('\n'),
        ['const show = (v) => console.log(JSON.stringify(v ?? null));', javascriptBefore, ...javascript].join('\n'),
      ),
      { name: 'data/list.json', content: '{"a": [1, 2.5, null, "é"]}' },
      { name: 'text.txt', content: 'one\r\ntwo\n\nfour' },
      { name: 'wrong.json', content: '{\n  "a": 1,\n  "b": tru\n}' },
      { name: 'bytes.bin', content: '61ff', encoding: 'hex' },
    ],
    expect: { stdout },
  };
}

/** What a call fails with: the name of its error number, and whether the message names the path. */
const failing: Both<string> = {
  python: [
    'import errno',
    'def fails(call, part):',
    '    try:',
    '        call()',
    '    except Exception as e:',
    '        code = errno.errorcode.get(getattr(e, "errno", None), type(e).__name__)',
    '        return [code, part in str(e)]',
  ].join('\n'),
  javascript: `const names = { SyntaxError: 'JSONDecodeError', ERR_ENCODING_INVALID_ENCODED_DATA: 'UnicodeDecodeError' };
    function fails(call, part) {
      try { call(); } catch (e) { return [/^E[A-Z]+$/.test(e.code) ? e.code : (names[e.code] ?? names[e.name] ?? e.name), e.message.includes(part)]; }
    }`,
};

conformance('helpers', [
  printed(
    'text is written, with the folders above it, and read',
    [
      ['write_text("a/b/c.txt", "é\\n")', "writeText('a/b/c.txt', 'é\\n')"],
      ['append_text("a/b/c.txt", "more")', "appendText('a/b/c.txt', 'more')"],
      ['append_text("new/d.txt", "x")', "appendText('new/d.txt', 'x')"],
      ['read_text("/app/a/b/c.txt")', "readText('/app/a/b/c.txt')"],
      ['read_text("new/d.txt")', "readText('new/d.txt')"],
      ['write_text("a/b/c.txt", "")', "writeText('a/b/c.txt', '')"],
      ['file_size("a/b/c.txt")', "fileSize('a/b/c.txt')"],
    ],
    'null\nnull\nnull\n"é\\nmore"\n"x"\nnull\n0\n',
  ),
  printed(
    'lines have no ends',
    [
      ['read_text("text.txt")', "readText('text.txt')"],
      ['read_lines("text.txt")', "readLines('text.txt')"],
      ['write_text("empty", "")', "writeText('empty', '')"],
      ['read_lines("empty")', "readLines('empty')"],
      ['write_text("one", "\\n")', "writeText('one', '\\n')"],
      ['read_lines("one")', "readLines('one')"],
    ],
    '"one\\r\\ntwo\\n\\nfour"\n["one","two","","four"]\nnull\n[]\nnull\n[""]\n',
  ),
  printed(
    'JSON is read and written, with the folders above it',
    [
      ['read_json("data/list.json")', "readJson('data/list.json')"],
      ['write_json("out/x/a.json", {"é": [1, {}, []]})', "writeJson('out/x/a.json', { é: [1, {}, []] })"],
      ['read_text("out/x/a.json")', "readText('out/x/a.json')"],
      ['write_json("b.json", [1, {"a": None}], 4)', "writeJson('b.json', [1, { a: null }], 4)"],
      ['read_text("b.json")', "readText('b.json')"],
      ['write_json("c.json", None)', "writeJson('c.json', null)"],
      ['read_json("c.json")', "readJson('c.json')"],
    ],
    '{"a":[1,2.5,null,"é"]}\nnull\n"{\\n  \\"é\\": [\\n    1,\\n    {},\\n    []\\n  ]\\n}\\n"\nnull\n"[\\n    1,\\n    {\\n        \\"a\\": null\\n    }\\n]\\n"\nnull\nnull\n',
  ),
  printed(
    'folders are listed in order, files are asked for and copied and removed',
    [
      [
        '[write_text("z/" + n, n) for n in ["b", "B", "ä", "a10", "a9", "\\U0001F600", "\\uFB00"]] and list_files("z")',
        "['b', 'B', 'ä', 'a10', 'a9', '\\u{1F600}', '\\uFB00'].map((n) => writeText(`z/${n}`, n)) && listFiles('z')",
      ],
      [
        '"z" in list_files() and list_files() == list_files("/app")',
        "listFiles().includes('z') && listFiles().join() === listFiles('/app').join()",
      ],
      [
        '[file_exists(p) for p in ["z", "z/b", "none", "z/b/c", ""]]',
        "['z', 'z/b', 'none', 'z/b/c', ''].map((p) => fileExists(p))",
      ],
      ['copy_file("z/ä", "copies/deep/ä")', "copyFile('z/ä', 'copies/deep/ä')"],
      [
        '[read_text("copies/deep/ä"), file_size("copies/deep/ä")]',
        "[readText('copies/deep/ä'), fileSize('copies/deep/ä')]",
      ],
      ['remove_file("copies/deep/ä")', "removeFile('copies/deep/ä')"],
      ['list_files("copies/deep")', "listFiles('copies/deep')"],
    ],
    '["B","a10","a9","b","ä","ﬀ","😀"]\ntrue\n[true,true,false,false,false]\nnull\n["ä",2]\nnull\n[]\n',
  ),
  printed(
    'what is not there, or is a folder, is an error that names it',
    [
      ['fails(lambda: read_text("none.txt"), "none.txt")', "fails(() => readText('none.txt'), 'none.txt')"],
      ['fails(lambda: read_json("none.json"), "none.json")', "fails(() => readJson('none.json'), 'none.json')"],
      ['fails(lambda: read_lines("data"), "data")', "fails(() => readLines('data'), 'data')"],
      ['fails(lambda: list_files("none"), "none")', "fails(() => listFiles('none'), 'none')"],
      ['fails(lambda: list_files("text.txt"), "text.txt")', "fails(() => listFiles('text.txt'), 'text.txt')"],
      ['fails(lambda: file_size("none"), "none")', "fails(() => fileSize('none'), 'none')"],
      ['fails(lambda: file_size("data"), "data")', "fails(() => fileSize('data'), 'data')"],
      ['fails(lambda: copy_file("none", "x"), "none")', "fails(() => copyFile('none', 'x'), 'none')"],
      ['fails(lambda: copy_file("data", "x"), "data")', "fails(() => copyFile('data', 'x'), 'data')"],
      ['fails(lambda: remove_file("none"), "none")', "fails(() => removeFile('none'), 'none')"],
      ['fails(lambda: remove_file("data"), "data")', "fails(() => removeFile('data'), 'data')"],
      ['fails(lambda: write_text("data", ""), "data")', "fails(() => writeText('data', ''), 'data')"],
      ['[file_exists("data/list.json"), file_exists("x")]', "[fileExists('data/list.json'), fileExists('x')]"],
    ],
    '["ENOENT",true]\n["ENOENT",true]\n["EISDIR",true]\n["ENOENT",true]\n["ENOTDIR",true]\n["ENOENT",true]\n["EISDIR",true]\n["ENOENT",true]\n["EISDIR",true]\n["ENOENT",true]\n["EISDIR",true]\n["EISDIR",true]\n[true,false]\n',
    failing,
  ),
  printed(
    'text that is no JSON is an error with the file and the place, and what cannot be written loses nothing',
    [
      [
        'fails(lambda: read_json("wrong.json"), "wrong.json is not valid JSON: ")',
        "fails(() => readJson('wrong.json'), 'wrong.json is not valid JSON: ')",
      ],
      [
        'fails(lambda: read_json("wrong.json"), ": line 3 column 8")',
        "fails(() => readJson('wrong.json'), ': line 3 column 8')",
      ],
      ['fails(lambda: read_text("bytes.bin"), "")', "fails(() => readText('bytes.bin'), '')"],
      [
        'fails(lambda: write_text("text.txt", 5), "expected text, not int; write_json takes other values")',
        "fails(() => writeText('text.txt', 5), 'expected text, not number; writeJson takes other values')",
      ],
      [
        'fails(lambda: append_text("text.txt", None), "expected text, not NoneType")',
        "fails(() => appendText('text.txt', null), 'expected text, not object')",
      ],
      ['fails(lambda: write_json("text.txt", print), "")', "fails(() => writeJson('text.txt', console.log), '')"],
      ['read_text("text.txt")[:3]', "readText('text.txt').slice(0, 3)"],
    ],
    '["JSONDecodeError",true]\n["JSONDecodeError",true]\n["UnicodeDecodeError",true]\n["TypeError",true]\n["TypeError",true]\n["TypeError",true]\n"one"\n',
    failing,
  ),
  {
    name: "a program's own names hide them",
    files: [
      main(
        'def read_text(path): return "mine"\nlist_files = 5\nprint(read_text("x"), list_files)',
        "const readText = () => 'mine';\nfunction writeText() { return 5; }\nconsole.log(readText('x'), writeText());",
      ),
    ],
    ways: ['run', 'session'],
    expect: { stdout: 'mine 5\n' },
  },
]);
