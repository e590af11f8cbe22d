/** Files that are opened to be appended to and read: what is written goes to the end, what is read comes from where one is. */
import { conformance } from './suite.ts';
import { main } from './table.ts';

conformance('appending and reading', [
  {
    name: 'with the file objects of the language',
    files: [
      main(
        `
f = open("data.txt", "a+")
f.write("def\\n")
f.seek(0)
print(f.read(), end="")
f.seek(2)
print(f.read(2), end="|")
f.write("ghi\\n")
f.seek(0)
print(f.read(), end="")
f.close()
print(open("data.txt").read() == "abc\\ndef\\nghi\\n")
`,
        `
import * as std from 'std';
const f = std.open('data.txt', 'a+');
f.puts('def\\n');
f.seek(0, std.SEEK_SET);
std.out.puts(f.readAsString());
f.seek(2, std.SEEK_SET);
std.out.puts(f.readAsString(2) + '|');
f.puts('ghi\\n');
f.seek(0, std.SEEK_SET);
std.out.puts(f.readAsString());
f.close();
std.out.puts(std.loadFile('data.txt') === 'abc\\ndef\\nghi\\n' ? 'True\\n' : 'False\\n');
`,
      ),
      { name: 'data.txt', content: 'abc\n' },
    ],
    ways: ['run', 'session'],
    expect: { stdout: 'abc\ndef\nc\n|abc\ndef\nghi\nTrue\n' },
  },
  {
    name: 'and asked where one is',
    files: [
      main(
        `
f = open("data.txt", "a+b")
print(f.tell(), f.write(b"def"), f.tell(), f.seek(1), f.tell(), f.read(2), f.tell(), f.read(), f.tell(), f.read())
f.close()
`,
        `
import * as std from 'std';
const f = std.open('data.txt', 'a+');
f.seek(0, std.SEEK_END);
const bytes = (n) => "b'" + f.readAsString(n) + "'";
console.log(f.tell(), (f.puts('def'), f.flush(), 3), f.tell(), (f.seek(1, std.SEEK_SET), 1), f.tell(), bytes(2), f.tell(), bytes(), f.tell(), bytes());
f.close();
`,
      ),
      { name: 'data.txt', content: 'abc' },
    ],
    ways: ['run', 'session'],
    expect: { stdout: "3 3 6 1 1 b'bc' 3 b'def' 6 b''\n" },
  },
  {
    name: 'through descriptors and raw files',
    files: [
      main(
        `
import io
f = open("data.txt", "a+b", buffering=0)
print(f.write(b"def"), f.seek(0), f.read(2), f.tell(), f.seek(1, 1), f.readall(), f.read(), f.seek(-2, 2), f.read(5))
`,
        `
const fs = await import('node:fs');
const fd = fs.openSync('data.txt', 'a+');
const at = (n, position) => { const into = Buffer.alloc(n); return "b'" + into.subarray(0, fs.readSync(fd, into, 0, n, position)) + "'"; };
console.log(fs.writeSync(fd, 'def'), 0, at(2, 0), 2, 3, at(9, 3), at(9, 6), 4, at(5, 4));
`,
      ),
      { name: 'data.txt', content: 'abc' },
    ],
    ways: ['run', 'session'],
    expect: { stdout: "3 0 b'ab' 2 3 b'def' b'' 4 b'ef'\n" },
  },
]);
