import { expect, test } from 'vitest';
import { py, useExecutor } from '../integration/python/support.ts';

// CPython does not check bytecode: a program that makes its own reads and writes all of the instance's memory. What an
// instance keeps apart is therefore nothing; what it is put back to, and what other runs see of it, is everything.
const takeOver = py`
  import opcode, struct, sys
  kept = []
  def take_over():
      fake = struct.pack('<IIiiIIi', 1000, id(bytearray), 0x7fffffff, 0x7fffffff, 0, 0, 0)
      slot = struct.pack('<I', id(fake) + 16)
      consts = ('a tuple that the code was not made with',)
      number = ((id(slot) - id(consts)) % 2**32) // 4
      op = opcode.opmap
      text = bytes([op['RESUME'], 0])
      for shift in 24, 16, 8: text += bytes([op['EXTENDED_ARG'], number >> shift & 255])
      text += bytes([op['LOAD_CONST'], number & 255, op['RETURN_VALUE'], 0])
      f = lambda: None
      f.__code__ = f.__code__.replace(co_code=text, co_consts=consts)
      kept.extend((fake, slot, f.__code__.co_consts, f))
      return f()
  memory = take_over()
  proof = 'read through address'.upper().encode()
  assert memory[id(proof) + 16:id(proof) + 36] == proof
  size = int(sys.argv[1])
  # Made here, and not among the constants, where it would be found.
  mark = b'-'.join([b'mark', b'of', b'another', b'tenant'])
  def found():
      places, at = [], memory.find(mark, 0, size)
      while at != -1:
          if not id(mark) <= at < id(mark) + 64: places.append(at)
          at = memory.find(mark, at + 1, size)
      return places
`;

const run = useExecutor();

test('a program that reads all of the memory finds nothing of the tenant before it', async () => {
  const secret = 'mark-of-another-tenant';
  const victim = py`
    import json, os, sys
    here = [sys.stdin.read(), os.environ['SECRET'], open('secret.txt').read(), *sys.argv]
    texts = [f'{text} {i}' for i in range(2000) for text in here]
    json.dumps(texts)
    os.putenv('COPY', here[1])
    raise ValueError(here[2])
  `;
  const rest = { stdin: secret, env: { SECRET: secret }, args: [secret] };
  const before = await run(victim, { ...rest, files: [{ name: 'secret.txt', content: secret }] });
  expect(before).toMatchObject({ tag: 'runtime-failed', stderr: expect.stringContaining(secret) });
  expect(await run(`${takeOver}print(found())`, { args: ['14000000'] })).toMatchObject({ tag: 'ok', stdout: '[]\n' });
});

test('what a program writes all over the memory is not there for the next one', async () => {
  const spoils = py`
    # Grown by less than what makes an instance not worth keeping.
    more = bytearray(20_000_000)
    start = struct.unpack('<I', memory[id(more) + 20:id(more) + 24])[0]
    # Where nothing is: the stack, the gaps of the heap, what the memory grew by.
    zeros = bytes(4096)
    written = 0
    for page in *range(4096, 12_000_000, 4096), *range(start, start + 19_000_000, 4096):
        if memory[page:page + 4096] == zeros:
            memory[page + 512:page + 512 + len(mark)] = mark
            written += 1
    # In what the interpreter never writes to, and in what it runs.
    for text in b'Create a new dynamic class namespace', b'object() takes no arguments', b'division by zero':
        at = memory.find(text, 0, size)
        if at != -1: memory[at:at + 16] = mark[:16]
    # One function of the interpreter for another, in a type that is never made anew.
    method = struct.unpack('<I', memory[id(len) + 8:id(len) + 12])[0]
    other = struct.unpack('<I', memory[id(abs) + 8:id(abs) + 12])[0]
    memory[method + 4:method + 8] = memory[other + 4:other + 8]
    print(written > 4000, len(-5))
  `;
  expect(await run(takeOver + spoils, { args: ['14000000'] })).toMatchObject({ tag: 'ok', stdout: 'True 5\n' });
  const after = py`
    more = bytearray(20_000_000)
    print(found(), more.count(0), len('four'))
    try: 1 / 0
    except ZeroDivisionError as error: print(error)
  `;
  expect(await run(takeOver + after, { args: ['34000000'] })).toMatchObject({
    tag: 'ok',
    stdout: '[] 20000000 4\ndivision by zero\n',
  });
});

test.each([
  ['upwards', 'for at in range(1024, size, 64): memory[at] = 255'],
  ['downwards', 'for at in range(size - 64, 0, -64): memory[at] = 255'],
  ['its own interpreter state', 'memory[id(int):id(int) + 200] = b"\\xff" * 200'],
  ['beyond its end', 'memory[0x7ffffff0] = 1'],
])('a program that destroys its memory (%s) ends, and the next one does not notice', async (_, destroys) => {
  const ended = await run(takeOver + destroys, { args: ['14000000'] });
  expect(ended).toMatchObject({ tag: 'runtime-failed' });
  expect(ended.signal).toMatch(/^SIG(SEGV|ABRT)$/);
  expect(await run('print(sum(range(10)))')).toMatchObject({ tag: 'ok', stdout: '45\n' });
});
