/** Python programs that break the interpreter from within: byte code, damaged code objects, slots and built-in types. */
import { createSandbox, type ExecError } from 'golem-exec';
import { describe, expect, test } from 'vitest';
import { endOf, lendExecutor } from '../integration/support.ts';

const executor = lendExecutor(1);
// A loop that no instruction leaves costs fuel, not time.
const limits = { timeMs: 60_000, fuel: 3_000_000_000 };

const python = (content: string) =>
  endOf(executor(), { language: 'python', files: [{ name: 'main.py', content }], limits });

/** A function whose byte code is replaced. */
const replaced = (code: string): string => `
from dis import opmap as op
def f(): return 1
f.__code__ = f.__code__.replace(${code})
f()`;

const mutated = (use: string): string => `
import marshal, random
random.seed(7)
whole = marshal.dumps(compile("def f(x):\\n  try: return [str(i) for i in range(x)]\\n  except ValueError as e: raise\\nf(3)", "m", "exec"))
for _ in range(2000):
    damaged = bytearray(whole)
    for _ in range(random.randint(1, 4)): damaged[random.randrange(len(damaged))] = random.randrange(256)
    try: code = marshal.loads(bytes(damaged))
    except Exception: continue
    ${use}`;

/** How each comes to its end depends on what lies in memory; that it ends, and hurts nobody, does not. */
const breaking: Readonly<Record<string, string>> = {
  'instructions that are none': replaced('co_code=bytes(range(256)) * 4'),
  'a local variable that is not there': replaced(
    'co_code=bytes([op["RESUME"], 0, op["LOAD_FAST"], 200, op["RETURN_VALUE"], 0])',
  ),
  'a constant that is not there': replaced(
    'co_code=bytes([op["RESUME"], 0, op["LOAD_CONST"], 250, op["RETURN_VALUE"], 0])',
  ),
  'a name that is not there': replaced('co_code=bytes([op["RESUME"], 0, op["LOAD_NAME"], 250, op["RETURN_VALUE"], 0])'),
  'a stack that is taken from below': replaced('co_code=bytes([op["RESUME"], 0] + [op["POP_TOP"], 0] * 1000)'),
  'a stack that grows over all memory': replaced(
    'co_code=bytes([op["RESUME"], 0] + [op["LOAD_CONST"], 0] * 1_000_000), co_stacksize=1',
  ),
  'a jump out of the code': replaced(
    'co_code=bytes([op["RESUME"], 0] + [op["EXTENDED_ARG"], 255] * 3 + [op["JUMP_FORWARD"], 255])',
  ),
  'a jump before the code': replaced(
    'co_code=bytes([op["RESUME"], 0] + [op["EXTENDED_ARG"], 255] * 3 + [op["JUMP_BACKWARD"], 255])',
  ),
  'a loop without an end or a check': replaced(
    'co_code=bytes([op["RESUME"], 0, op["NOP"], 0, op["JUMP_BACKWARD_NO_INTERRUPT"], 2])',
  ),
  'a function that cannot be seen': replaced(
    'co_code=bytes([op["NOP"], 0, op["LOAD_CONST"], 0, op["RETURN_VALUE"], 0])',
  ),
  'a table of exceptions that leads elsewhere': replaced(
    'co_code=bytes([op["RESUME"], 0, op["RAISE_VARARGS"], 0]), co_exceptiontable=bytes([0x80, 0x3F, 0x7F, 0x7F, 0x3F, 0x3F])',
  ),
  'a table of lines that is none': `${replaced('co_linetable=bytes([255]) * 300')}\nf.__code__ = f.__code__.replace(co_code=bytes([op["RESUME"], 0, op["RAISE_VARARGS"], 0]))\nf()`,
  'a stack of a thousand million': replaced('co_stacksize=2**30'),
  'damaged code that is looked at': mutated('repr(code); hash(code); list(code.co_lines()); list(code.co_positions())'),
  'damaged code that is run': mutated('exec(code, {})'),
  'a built-in type without its slots': `
import gc
for t in (dict, list, tuple, bytes, type, object, BaseException, SystemExit):
    names = gc.get_referents(t.__dict__)[0]
    for name in list(names): names[name] = None
"a" + 1`,
  'an empty type': 'import gc\nfor t in (type, object): gc.get_referents(t.__dict__)[0].clear()\n1 / 0',
  'a tower of iterators': 'i = iter([1])\nfor _ in range(200_000): i = map(int, i)\nlist(i)',
  'a list that is changed while it is sorted': `
l = []
class L:
    def __lt__(self, other): l.clear(); l.extend([0] * 100_000); return True
l[:] = [L() for _ in range(50)]
try: l.sort()
except ValueError: pass`,
  'bytes that go away while they are written': `
b = bytearray(100_000)
class I:
    def __index__(self): b.clear(); return 65
b[50_000] = I()`,
  'a generator that runs itself': 'def g(): yield from me\nme = g()\nnext(me)',
  'the harness without its parts': `
import gc
for o in gc.get_objects():
    if type(o).__module__.startswith("_golem"):
        for name in list(vars(type(o))):
            if callable(getattr(type(o), name, None)):
                names = getattr(getattr(type(o), name), "__globals__", {})
                for each in list(names): names[each] = None`,
  'other code in the functions of the harness': `
import gc
def evil(*a, **k): raise SystemExit(99)
for o in gc.get_objects():
    if type(o).__qualname__ == "Session":
        for each in type(o).outcome_of.__globals__["run"].__globals__.values():
            if type(each).__name__ == "function": each.__code__ = evil.__code__`,
};

const next = `
import json, re, sqlite3, sys
print(json.dumps(sorted({3, 1, 2})), re.sub("a", "b", "aa"), sqlite3.connect(":memory:").execute("select 1").fetchone(), [].sort(), type({}))
def f(): return sys._getframe(1).f_code.co_name
print(f(), "a".upper(), list(map(int, ["1"])))`;
const clean = "[1, 2, 3] bb (1,) None <class 'dict'>\n<module> A [1]\n";

describe('a program that breaks the interpreter breaks its own', () => {
  test.each(Object.entries(breaking))('%s', async (_, program) => {
    const ended = await python(program);
    expect(['ok', 'runtime-failed', 'resource-exceeded']).toContain(ended.tag);
    expect([undefined, 'SIGABRT', 'SIGSEGV', 'SIGKILL']).toContain(ended.signal);
    expect(ended.stdout + ended.stderr).not.toMatch(/\/(?:root|home|work)\/|wasm|\.mjs/);
    // The only worker goes on, with an interpreter that knows nothing of it.
    expect(await python(next)).toMatchObject({ tag: 'ok', stdout: clean, stderr: '' });
  });

  test('an interpreter that gives up says why, and a sandbox tells it as a trap', async () => {
    await using sandbox = await createSandbox({ runtime: 'python', executor: executor() });
    await sandbox.writeFile('kept.txt', 'kept');
    const result = await sandbox.execute(`print("before")\n${breaking['instructions that are none']}`);
    expect(result).toMatchObject({
      success: false,
      stdout: 'before\n',
      metadata: { trapped: true, trapReason: 'trap', errorCode: 'runtime-failed', signal: 'SIGABRT' },
    });
    expect(result.stderr).toMatch(/^Fatal Python error: /);
    expect((await sandbox.execute('print(open("kept.txt").read())')).stdout).toBe('kept\n');
  });

  test('a session that keeps its interpreter goes back to what it was before', async () => {
    await using session = await executor().openSession({ language: 'python', persist: 'heap', limits });
    await session.run({ code: 'import json\nx = [1]' });
    const error = await session.run({ code: `x.append(2)\n${breaking['instructions that are none']}` }).then(
      () => expect.fail('it went on'),
      (thrown: ExecError) => thrown,
    );
    expect(error).toMatchObject({ tag: 'runtime-failed', run: { signal: 'SIGABRT' } });
    expect((await session.run({ code: 'print(json.dumps(x))' })).run.stdout).toBe('[1]\n');
  });

  test('a session that keeps its globals has those of the last run that ended well', async () => {
    await using session = await executor().openSession({ language: 'python', persist: 'globals', limits });
    await session.run({ code: 'x = 1' });
    await expect(session.run({ code: `x = 2\n${breaking['instructions that are none']}` })).rejects.toMatchObject({
      run: { signal: 'SIGABRT' },
    });
    expect((await session.run({ code: 'print(x)' })).run.stdout).toBe('1\n');
  });
});
