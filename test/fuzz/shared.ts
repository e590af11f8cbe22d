import fc from 'fast-check';
import type { ExecResult } from 'golem-exec';
import { ExecError } from '../../host/src/errors.ts';
import { evaluatedValue } from '../../host/src/executor/evaluated.ts';
import { OutputText, toResult } from '../../host/src/executor/outcome.ts';
import { skippedNames } from '../../host/src/executor/state-file.ts';
import { Workspace } from '../../host/src/executor/workspace.ts';
import { defaultLimits } from '../../host/src/limits.ts';
import { createSharedControl, flag, RingReader, RingWriter } from '../../host/src/pool/ring.ts';
import { headerBytes, openPack, readHeader } from '../../host/src/vendor/index.ts';
import type { FuzzTarget } from './targets.ts';

const ringBytes = 64;

/** Whatever a worker that was taken over writes into the ring and its counters, reading it ends. */
const ring = fc.property(
  fc.uint8Array({ maxLength: ringBytes }),
  fc.integer(),
  fc.integer(),
  fc.boolean(),
  (bytes, written, read, near) => {
    const control = createSharedControl(ringBytes);
    control.ring.set(bytes);
    control.flags[flag.read] = read;
    control.flags[flag.written] = near ? read + (written % (2 * ringBytes)) : written;
    const reader = new RingReader(control);
    let taken = 0;
    try {
      for (let chunk = reader.next(); chunk !== undefined; chunk = reader.next()) {
        // Records without bytes are as short as their headers.
        if (++taken > ringBytes) throw new Error('there is no end of records');
        if (chunk.bytes.length > ringBytes) throw new Error(`${chunk.bytes.length} bytes in a ring of ${ringBytes}`);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  },
);

/** What is written comes out whole and in order, wherever in the ring and in its counters it begins. */
const through = fc.property(
  fc.integer(),
  fc.array(fc.tuple(fc.constantFrom(1 as const, 2 as const), fc.uint8Array({ maxLength: 40 })), { maxLength: 30 }),
  (start, pieces) => {
    const control = createSharedControl(ringBytes);
    control.flags[flag.read] = start;
    control.flags[flag.written] = start;
    const reader = new RingReader(control);
    const got = { 1: [] as number[], 2: [] as number[] };
    const drain = (): void => {
      for (let chunk = reader.next(); chunk !== undefined; chunk = reader.next()) {
        got[chunk.stream].push(...chunk.bytes);
        reader.release();
      }
    };
    const writer = new RingWriter(control, drain, () => undefined);
    for (const [stream, bytes] of pieces) writer.write(stream, bytes);
    drain();
    for (const stream of [1, 2] as const) {
      const sent = pieces.flatMap(([to, bytes]) => (to === stream ? [...bytes] : []));
      if (sent.join() !== got[stream].join()) throw new Error(`stream ${stream}: ${sent} became ${got[stream]}`);
    }
  },
);

/** A file of a pack's kind is refused, or a tree of which every file can be read. */
const index = fc.oneof(
  fc.json(),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'a/b', 'c', '', '/', '..', '../x', '__proto__', '\0'),
        fc.integer({ min: -9, max: 9 }),
      ),
    )
    .map((files) => JSON.stringify(files.flat())),
);
const pack = fc.property(
  index,
  fc.nat(9),
  fc.uint8Array({ maxLength: 40 }),
  fc.boolean(),
  (text, files, data, damaged) => {
    const list = new TextEncoder().encode(text);
    const bytes = new Uint8Array(headerBytes + list.length + data.length);
    new TextEncoder().encodeInto('golempak', bytes);
    const view = new DataView(bytes.buffer);
    view.setUint32(8, damaged ? files : list.length, true);
    view.setUint32(12, files, true);
    bytes.set(list, headerBytes);
    bytes.set(data, headerBytes + list.length);
    try {
      const header = readHeader(bytes, bytes.length);
      const present = new SharedArrayBuffer(header.files + 1);
      const shared = { mountPoint: '/data', handle: 0, header, bytes: new SharedArrayBuffer(bytes.length), present };
      const tree = openPack(shared, (_, position, into) => into.set(bytes.subarray(position, position + into.length)));
      for (const { path, kind } of tree.list('/', { recursive: true })) if (kind === 'regular-file') tree.read(path);
    } catch (error) {
      // It is the build's own file: what is wrong with it is told, in whatever words.
      if (!(error instanceof Error)) throw new Error(`not an error: ${String(error)}`);
      if (error instanceof RangeError && !/length|offset/i.test(error.message)) throw error;
    }
  },
);

/** The file of globals is the program's to write: names come out of it, or nothing. */
const skipped = fc.property(
  fc.oneof(
    fc.uint8Array(),
    fc
      .tuple(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ skipped: value })),
        ),
        fc.string(),
      )
      .map(([head, rest]) => new TextEncoder().encode(`${head.slice(0, -1)},"state":${rest}`)),
  ),
  (bytes) => {
    const workspace = new Workspace(defaultLimits);
    workspace.write('/app/.session_state.json', bytes);
    const names = skippedNames(workspace);
    if (names.length > 100 || names.some((name) => typeof name !== 'string')) throw new Error(JSON.stringify(names));
  },
);

const report: ExecResult = {
  run: { stdout: '', stderr: '' },
  timeMs: 1,
  memoryBytes: 1,
  stdoutTruncated: false,
  stderrTruncated: false,
};

/** An answer to an evaluation is a value, or the program's failure. */
const evaluated = fc.property(
  fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((data) => JSON.stringify({ data })),
    fc.record({ text: fc.anything(), reason: fc.string() }).map((answer) => JSON.stringify(answer) ?? ''),
    fc.nat(3000).map((depth) => `{"data":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  ),
  (value) => {
    try {
      const answer = evaluatedValue({ ...report, tag: 'ok', compiled: true, value }, report);
      if (answer?.kind !== 'data' && typeof answer?.text !== 'string') throw new Error('no answer');
    } catch (error) {
      if (!(error instanceof ExecError) || error.tag !== 'runtime-failed') throw error;
    }
  },
);

/** The message of a failed run is one line of a bounded length, whatever stands on standard error. */
const lines = fc.constantFrom('\n', 'Error: x', 'Uncaught ', 'a.', ' ', '\t', 'KeyboardInterrupt', '\u2028', 'é');
const failed = fc.property(
  fc.array(fc.oneof(lines, fc.string({ unit: 'binary' })), { maxLength: 40 }),
  fc.constantFrom('python' as const, 'javascript' as const),
  fc.constantFrom('runtime-failed' as const, 'compilation-failed' as const),
  (pieces, language, tag) => {
    const output = new OutputText();
    output.add({ stream: 2, bytes: new TextEncoder().encode(pieces.join('')) });
    const job = { language, limits: defaultLimits } as Parameters<typeof toResult>[0]['job'];
    try {
      toResult({ job, outcome: { ...report, tag, compiled: true, exitCode: 1 } }, output);
    } catch (error) {
      if (!(error instanceof ExecError) || error.tag !== tag) throw error;
      if (error.message.length > 500 || error.message.includes('\n')) throw new Error(JSON.stringify(error.message));
    }
  },
);

export const sharedTargets: readonly FuzzTarget[] = [
  { name: 'a ring that a worker has spoilt is refused, or read to its end', property: ring },
  { name: 'what is written to a ring comes out of it', property: through },
  { name: 'a pack is refused, or a tree of files', property: pack },
  { name: 'names come out of a file of globals, or nothing', property: skipped },
  { name: 'an answer to an evaluation is a value, or a failure', property: evaluated },
  { name: 'the message of a failed run is one line', property: failed },
];
