import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createRing,
  createSharedControl,
  flag,
  type OutputChunk,
  RingReader,
  RingWriter,
} from '../../../host/src/pool/ring.ts';

function ring(capacity: number) {
  const control = createSharedControl(capacity);
  const reader = new RingReader(control);
  const taken: OutputChunk[] = [];
  const drain = (): void => {
    for (let chunk = reader.next(); chunk !== undefined; chunk = reader.next()) taken.push(chunk);
  };
  let announced = 0;
  let waited = 0;
  const writer = new RingWriter(
    control,
    () => {
      waited++;
      drain();
    },
    () => announced++,
  );
  return { control, reader, writer, drain, taken, counts: () => ({ announced, waited }) };
}

const join = (chunks: readonly OutputChunk[], stream: number): Buffer =>
  Buffer.concat(chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.bytes));

describe('the output ring', () => {
  test('gives every byte of each stream back, in order, whatever the sizes', () => {
    const write = fc.tuple(fc.constantFrom(1 as const, 2 as const), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), fc.constantFrom(16, 64, 256), (writes, capacity) => {
        const { writer, drain, taken } = ring(capacity);
        for (const [stream, bytes] of writes) writer.write(stream, bytes);
        drain();
        for (const stream of [1, 2]) {
          const expected = Buffer.concat(writes.filter((w) => w[0] === stream).map((w) => w[1]));
          expect(join(taken, stream).equals(expected)).toBe(true);
        }
      }),
    );
  });

  test('never holds more than its bound, whatever the sizes', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1_024, max: 4_096 }), fc.boolean(), (writes, bound, own) => {
        const control = createSharedControl(8_192);
        const reader = new RingReader(control);
        const buffered = (): number =>
          (Atomics.load(control.flags, flag.written) - Atomics.load(control.flags, flag.read)) | 0;
        let held = 0;
        let read = 0;
        // The reader takes a chunk only when the writer cannot go on, and releases it a chunk later.
        const writer = new RingWriter(
          control,
          () => {
            held = Math.max(held, buffered());
            const chunk = reader.next();
            read += chunk?.bytes.length ?? 0;
            if (chunk !== undefined) expect(buffered()).toBeGreaterThanOrEqual(chunk.bytes.length);
            reader.release();
          },
          () => undefined,
        );
        const ring = own ? createRing(bound) : undefined;
        writer.begin(true, bound, ring);
        reader.begin(ring);
        for (const size of writes) writer.write(1, new Uint8Array(size));
        expect(Math.max(held, buffered())).toBeLessThanOrEqual(bound);
        for (let chunk = reader.next(); chunk !== undefined; chunk = reader.next()) read += chunk.bytes.length;
        expect(read).toBe(writes.reduce((sum, size) => sum + size, 0));
      }),
    );
  });

  test('goes on when its counters wrap around', () => {
    const { control, writer, drain, taken } = ring(64);
    const near = -20;
    control.flags[flag.written] = near;
    control.flags[flag.read] = near;
    for (let i = 0; i < 10; i++) writer.write(1, Uint8Array.of(i, i, i));
    drain();
    expect([...join(taken, 1)]).toEqual(Array.from({ length: 10 }, (_, i) => [i, i, i]).flat());
  });

  test('waits only when it is full, and announces once until that is acknowledged', () => {
    const { reader, writer, counts } = ring(64);
    writer.write(1, new Uint8Array(10));
    writer.write(1, new Uint8Array(10));
    expect(counts()).toEqual({ announced: 1, waited: 0 });
    reader.acknowledge();
    writer.write(2, new Uint8Array(10));
    expect(counts()).toEqual({ announced: 2, waited: 0 });
    writer.write(1, new Uint8Array(60));
    expect(counts().waited).toBeGreaterThan(0);
  });

  test('what a worker cannot have written is refused', () => {
    const { control, reader } = ring(64);
    control.ring.set([255, 255, 255, 127]);
    control.flags[flag.written] = 10;
    expect(() => reader.next()).toThrow('damaged');
    control.flags[flag.written] = 1000;
    expect(() => reader.next()).toThrow('damaged');
  });
});
