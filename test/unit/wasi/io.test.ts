import { describe, expect, test } from 'vitest';
import { type ByteSource, createWasiWorld, GuestExit, type Readiness, WasiTrap } from '../../../host/src/wasi/index.ts';
import { chunks, drop, Guest, interfacesOf, TestPlatform, TextSink, tenant, text, thrownBy, utf8 } from './support.ts';

function start(parts: Parameters<typeof tenant>[0] = {}) {
  const platform = new TestPlatform();
  const world = createWasiWorld(platform);
  world.begin(tenant(parts));
  return { platform, world, wasi: interfacesOf(world) };
}

describe('poll', () => {
  test('waits for the earliest deadline and tells who is ready', () => {
    const { platform, wasi } = start();
    const clock = wasi['wasi:clocks/monotonic-clock'];
    const later = clock.subscribeDuration(500n);
    const soon = clock.subscribeInstant(1_200n);
    const sooner = clock.subscribeDuration(200n);
    expect(later.ready()).toBe(false);
    expect([...wasi['wasi:io/poll'].poll([later, soon, sooner])]).toEqual([1, 2]);
    expect(platform.waits).toEqual([1_200n]);
    later.block();
    expect(clock.now()).toBe(1_500n);
  });

  test('looks again when the platform wakes early', () => {
    const { platform, wasi } = start();
    platform.wait = (until) => {
      platform.waits.push(until);
      platform.now += 10n;
    };
    wasi['wasi:clocks/monotonic-clock'].subscribeDuration(35n).block();
    expect(platform.waits.length).toBe(4);
  });

  test('traps instead of waiting for what never comes', () => {
    const { wasi } = start();
    const clock = wasi['wasi:clocks/monotonic-clock'];
    const { poll } = wasi['wasi:io/poll'];
    expect(thrownBy(() => poll([]))).toBeInstanceOf(WasiTrap);
    const forever = [clock.subscribeDuration(2n ** 64n - 1n), clock.subscribeInstant(2n ** 64n - 1n)];
    expect(thrownBy(() => poll(forever))).toBeInstanceOf(WasiTrap);
    expect(thrownBy(() => forever[0]?.block())).toBeInstanceOf(WasiTrap);
  });

  test('waits for a source, at most until the deadline', () => {
    const waits: (bigint | undefined)[] = [];
    let ready = false;
    const readiness: Readiness = {
      ready: () => ready,
      wait(until) {
        waits.push(until);
        ready = waits.length === 2;
      },
    };
    const source: ByteSource = { read: () => utf8('x'), readiness };
    const { wasi } = start({ stdin: source });
    const stdin = wasi['wasi:cli/stdin'].getStdin();
    expect(stdin.read(10n).length).toBe(0);
    const deadline = wasi['wasi:clocks/monotonic-clock'].subscribeInstant(5_000n);
    expect([...wasi['wasi:io/poll'].poll([deadline, stdin.subscribe()])]).toEqual([1]);
    expect(waits).toEqual([5_000n, 5_000n]);
    expect(text(stdin.read(10n))).toBe('x');
  });

  test('what the platform throws ends the guest', () => {
    const { platform, wasi } = start();
    platform.wait = () => {
      throw new RangeError('stop');
    };
    const wait = () => wasi['wasi:clocks/monotonic-clock'].subscribeDuration(1n).block();
    expect(thrownBy(wait)).toMatchObject({ name: 'RangeError', message: 'stop' });
  });
});

describe('standard streams', () => {
  test('stdin gives what the source gives, in pieces as asked, then closes', () => {
    const { wasi } = start({ stdin: chunks('hello', ' world') });
    const stdin = wasi['wasi:cli/stdin'].getStdin();
    const other = wasi['wasi:cli/stdin'].getStdin();
    expect(stdin.blockingRead(0n).length).toBe(0);
    expect(text(stdin.blockingRead(3n))).toBe('hel');
    expect(other.blockingSkip(1n)).toBe(1n);
    expect(text(stdin.read(2n ** 64n - 1n))).toBe('o');
    expect(text(stdin.blockingRead(100n))).toBe(' world');
    for (const read of [() => stdin.blockingRead(1n), () => stdin.read(1n), () => stdin.skip(1n)]) {
      expect(thrownBy(read)).toEqual({ tag: 'closed' });
    }
    expect(stdin.subscribe().ready()).toBe(true);
  });

  test('a source is asked for no more than it is to give, and never for a guest’s absurd length', () => {
    const asked: number[] = [];
    const source: ByteSource = {
      read(max) {
        asked.push(max);
        return utf8('x');
      },
    };
    const { wasi } = start({ stdin: source });
    const stdin = wasi['wasi:cli/stdin'].getStdin();
    for (const length of [7n, 2n ** 53n, 2n ** 64n - 1n]) stdin.blockingRead(length);
    expect(asked).toEqual([7, 65_536, 65_536]);
  });

  test('output goes to its sink at once, in order', () => {
    const sink = new TextSink();
    const { wasi } = start({ stdout: sink, stderr: sink });
    const stdout = wasi['wasi:cli/stdout'].getStdout();
    const stderr = wasi['wasi:cli/stderr'].getStderr();
    expect(stdout.checkWrite()).toBeGreaterThan(4095n);
    stdout.write(utf8('a'));
    stderr.blockingWriteAndFlush(utf8('b'));
    stdout.flush();
    stdout.blockingFlush();
    stdout.writeZeroes(2n);
    expect(sink.text).toBe('ab\0\0');
    expect(thrownBy(() => stdout.writeZeroes(2n ** 40n))).toBeInstanceOf(WasiTrap);
  });

  test('splice moves a file to standard output', () => {
    const stdout = new TextSink();
    const guest = new Guest({}, { stdout });
    guest.write('app/f', 'contents');
    const source = guest.open('app/f').readViaStream(3n);
    const out = guest.wasi['wasi:cli/stdout'].getStdout();
    expect(out.blockingSplice(source, 2n)).toBe(2n);
    expect(out.splice(source, 2n ** 60n)).toBe(3n);
    expect(thrownBy(() => out.splice(source, 1n))).toEqual({ tag: 'closed' });
    expect(stdout.text).toBe('tents');
  });

  test('what a sink throws passes through the guest as an Error, whatever it is', () => {
    const stop = new Error('stop');
    for (const thrown of [stop, 'no-entry', { tag: 'closed' }, Object.assign(new Error('x'), { payload: 1 })]) {
      const { wasi } = start({
        stdout: {
          write() {
            throw thrown;
          },
        },
      });
      const caught = thrownBy(() => wasi['wasi:cli/stdout'].getStdout().write(utf8('x')));
      expect(caught).toBeInstanceOf(Error);
      expect(caught).not.toHaveProperty('payload');
      if (thrown === stop) expect(caught).toBe(stop);
    }
  });
});

describe('the rest', () => {
  test('exit throws the code', () => {
    const { wasi } = start();
    const { exit, exitWithCode } = wasi['wasi:cli/exit'];
    expect(thrownBy(() => exit({ tag: 'ok', val: undefined }))).toMatchObject({ exitCode: 0 });
    expect(thrownBy(() => exit({ tag: 'err', val: undefined }))).toMatchObject({ exitCode: 1 });
    expect(thrownBy(() => exitWithCode(42))).toBeInstanceOf(GuestExit);
  });

  test('environment and arguments are the tenant’s, as well-formed text', () => {
    const { wasi } = start({ environment: [['A', 'b\ud800']], arguments: ['x', '💥'], initialCwd: '/app' });
    const environment = wasi['wasi:cli/environment'];
    expect(environment.getEnvironment()).toEqual([['A', 'b\ufffd']]);
    expect(environment.getArguments()).toEqual(['x', '💥']);
    expect(environment.initialCwd()).toBe('/app');
  });

  test('random bytes come in any number that a guest can hold', () => {
    const { wasi } = start();
    const random = wasi['wasi:random/random'];
    expect(random.getRandomBytes(0n).length).toBe(0);
    expect(random.getRandomBytes(70_000n).length).toBe(70_000);
    expect(random.getRandomU64()).toBe(0x0808080808080808n);
    expect(thrownBy(() => random.getRandomBytes(2n ** 53n))).toBeInstanceOf(WasiTrap);
  });

  test('sockets are denied, terminals absent', () => {
    const { world } = start();
    const call = (name: string, method: string) => (world.imports[name] as Record<string, () => unknown>)[method]?.();
    expect(thrownBy(() => call('wasi:sockets/tcp-create-socket', 'createTcpSocket'))).toBe('access-denied');
    expect(thrownBy(() => call('wasi:sockets/udp-create-socket', 'createUdpSocket'))).toBe('access-denied');
    expect(thrownBy(() => call('wasi:sockets/ip-name-lookup', 'resolveAddresses'))).toBe('access-denied');
    expect(call('wasi:cli/terminal-stdin', 'getTerminalStdin')).toBeUndefined();
    drop(call('wasi:sockets/instance-network', 'instanceNetwork') as object);
    expect(world.end()).toEqual({ intact: true, leaked: 0 });
  });
});
