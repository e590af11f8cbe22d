import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Content } from '../../../host/src/wasi/files/content.ts';
import type { Tenant } from '../../../host/src/wasi/index.ts';
import { Guest, thrownBy } from './support.ts';

const MiB = 1024 * 1024;

/** Counts what is paid, and may stop: as the engine's control does. */
class Till {
  paid = 0;
  most = Number.POSITIVE_INFINITY;

  readonly pay: NonNullable<Tenant['pay']> = (units) => {
    this.paid += units;
    if (this.paid > this.most) throw new Error('stopped');
  };

  /** What a call costs. */
  of(call: () => unknown): number {
    const before = this.paid;
    call();
    return this.paid - before;
  }
}

function guestWith(till: Till): Guest {
  return new Guest({}, { pay: till.pay, limits: { descriptors: 1_000 } });
}

describe('work of the host is paid by its length', () => {
  const till = new Till();
  const guest = guestWith(till);
  const files = 5_000;
  guest.root.createDirectoryAt('app/many');
  for (let i = 0; i < files; i++) guest.write(`app/many/${i}`, '');
  guest.root.createDirectoryAt('app/empty');

  test.each<[string, number, () => unknown]>([
    ['reading a folder', files, () => guest.names('app/many')],
    ['renaming a folder', files, () => guest.root.renameAt('app/many', guest.root, 'app/lots')],
    ['a path of many steps', 2_000, () => guest.kind(`app/${'./'.repeat(2_000)}empty`)],
    ['random bytes', MiB / 4, () => guest.wasi['wasi:random/random'].getRandomBytes(BigInt(MiB))],
    ['writing', MiB / 64, () => guest.write('app/file', new Uint8Array(MiB))],
    ['reading', MiB / 64, () => guest.read('app/file')],
    [
      'writing into bytes that a snapshot shares',
      MiB / 64,
      () => {
        guest.files.toSharedImage();
        guest.write('app/file', 'x');
      },
    ],
    ['cutting off most of a file', MiB / 64 / 8, () => guest.open('app/file').setSize(BigInt(MiB / 8))],
  ])('%s', (_, units, call) => {
    expect(till.of(call)).toBeGreaterThan(units);
    expect(till.of(() => guest.kind('app/empty'))).toBeLessThan(1_000);
  });

  test('growing over what was cut off', () => {
    guest.write('app/grown', new Uint8Array(MiB).fill(7));
    const file = guest.open('app/grown');
    expect(till.of(() => file.setSize(BigInt(MiB / 2)))).toBeLessThan(1_000);
    expect(till.of(() => file.setSize(BigInt(MiB)))).toBeGreaterThan(MiB / 2 / 64);
    expect(file.read(BigInt(MiB), BigInt(MiB / 2 - 1))[0].subarray(0, 3)).toEqual(Uint8Array.of(7, 0, 0));
  });

  test('links that lead to links, each with a long path', () => {
    for (let i = 0; i < 20; i++) guest.root.symlinkAt(`${'./'.repeat(1_000)}link${i + 1}`, `app/link${i}`);
    guest.write('app/link20', '');
    expect(till.of(() => guest.kind('app/link0', true))).toBeGreaterThan(20_000);
  });

  test('polling many', () => {
    const { 'wasi:clocks/monotonic-clock': clock, 'wasi:io/poll': io } = guest.wasi;
    const pollables = Array.from({ length: 1_000 }, () => clock.subscribeInstant(0n));
    expect(till.of(() => io.poll(pollables))).toBeGreaterThan(10_000);
  });
});

describe('a program that is stopped in the middle of such work has changed nothing by it', () => {
  const changes: readonly (readonly [string, (guest: Guest) => void])[] = [
    ['renaming a folder', (guest) => guest.root.renameAt('app/many', guest.root, 'app/lots')],
    ['writing', (guest) => guest.write('app/file', new Uint8Array(20 * MiB).fill(2), 5)],
    ['writing a hole', (guest) => guest.write('app/file', 'x', 30 * MiB)],
    ['cutting off', (guest) => guest.open('app/file').setSize(BigInt(MiB))],
    ['growing', (guest) => guest.open('app/file').setSize(BigInt(30 * MiB))],
    ['growing again', (guest) => guest.open('app/cut').setSize(BigInt(18 * MiB))],
  ];

  test.each(changes)('%s', (_, change) => {
    const till = new Till();
    const guest = guestWith(till);
    guest.root.createDirectoryAt('app/many');
    for (let i = 0; i < 600; i++) guest.write(`app/many/${i}`, '');
    guest.write('app/file', new Uint8Array(18 * MiB).fill(1));
    guest.write('app/cut', new Uint8Array(18 * MiB).fill(1));
    guest.open('app/cut').setSize(BigInt(9 * MiB));
    // Bytes that nobody shares: they may be changed in place.
    guest.write('app/file', Uint8Array.of(1));
    const digest = (name: string) =>
      createHash('sha1')
        .update(guest.files.read(`/app/${name}`))
        .digest('hex');
    const seen = () => [guest.names('app'), digest('file'), digest('cut'), guest.files.usage()];
    const before = seen();
    for (const most of [0, 1_000, 10_000, 100_000, 150_000, 280_000, 300_000]) {
      till.most = till.paid + most;
      const thrown = thrownBy(() => change(guest));
      till.most = Number.POSITIVE_INFINITY;
      if (thrown === undefined) return expect(most).toBeGreaterThan(10_000);
      expect((thrown as Error).message).toBe('stopped');
      expect(seen()).toEqual(before);
    }
    change(guest);
    expect(seen()).not.toEqual(before);
  });

  test('and nothing is paid once its time is over', () => {
    const till = new Till();
    const guest = guestWith(till);
    guest.world.end();
    expect(till.of(() => guest.files.write('/app/late', new Uint8Array(MiB)))).toBe(0);
  });
});

test('content is what a plain array of bytes would be, whatever shares it and wherever it is stopped', () => {
  const size = fc.integer({ min: 0, max: 300 });
  const step = fc.record({
    what: fc.constantFrom('write', 'resize', 'share', 'publish', 'stop'),
    offset: size,
    length: size,
    byte: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const content = new Content();
      let model: number[] = [];
      const frozen: [Uint8Array, number[]][] = [];
      const resize = (length: number): void => {
        model = [...model.slice(0, length), ...Array(Math.max(0, length - model.length)).fill(0)];
      };
      const stop = (): never => {
        throw new Error('stopped');
      };
      for (const { what, offset, length, byte } of steps) {
        const bytes = new Uint8Array(length).fill(byte);
        if (what === 'write') {
          content.write(offset, bytes);
          if (offset > model.length) resize(offset);
          model.splice(offset, length, ...bytes);
        } else if (what === 'resize') {
          content.resize(length);
          resize(length);
        } else if (what === 'share') {
          const twin = content.share();
          frozen.push([twin.view(0, 1_000), [...model]]);
        } else if (what === 'publish') {
          frozen.push([content.publish(), [...model]]);
        } else {
          thrownBy(() => content.resize(length, stop));
          // Cutting off without copying pays nothing, and is done.
          if (content.size !== model.length) resize(content.size);
          thrownBy(() => content.write(offset, bytes, stop));
        }
        expect([...content.view(0, 1_000)]).toEqual(model);
      }
      for (const [view, then] of frozen) expect([...view]).toEqual(then);
    }),
  );
});
