import { posix } from 'node:path';
import fc from 'fast-check';
import { ExecError, InvalidRequestError } from '../../host/src/errors.ts';
import { decodeContent, EncodingError } from '../../host/src/executor/encoding.ts';
import { workspacePath } from '../../host/src/executor/names.ts';
import { prepareRun } from '../../host/src/executor/request.ts';
import { checkLimits, defaultLimits } from '../../host/src/limits.ts';
import { readMessage } from '../../host/src/pool/messages.ts';
import type { ExecRequest } from '../../host/src/types.ts';
import type { FuzzTarget } from './targets.ts';

/** Names that go wrong in file systems and in JavaScript objects, whole and in pieces. */
const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[./\\a\0~-]{0,12}$/),
  fc
    .array(fc.constantFrom('..', '.', '', 'app', 'a', '__proto__', '\ud800', 'é', 'x'.repeat(256)), { maxLength: 6 })
    .map((parts) => parts.join('/')),
  fc.constantFrom('__proto__', 'constructor', 'toString', '/app', '/app/', '/app/../etc', 'CON', '-rf', '\u202e'),
);

const content = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 40 }));
const encoding = fc.constantFrom('utf8', 'base64', 'hex', undefined);
const file = fc.record({ name, content, encoding }, { requiredKeys: ['name', 'content'] });
const mountPath = fc.constantFrom('/data', '/data/x', '/data/./x/', '/app/a', '/app', '/tmp', '/', '/x/../app', '//x');
const plausible = fc.record(
  {
    language: fc.oneof(fc.constantFrom('python', 'javascript'), fc.string()),
    files: fc.array(fc.oneof({ weight: 5, arbitrary: file }, fc.anything()), { maxLength: 4 }),
    args: fc.oneof(fc.array(fc.string()), fc.anything()),
    env: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.array(fc.tuple(fc.string(), fc.string())), fc.anything()),
    stdin: fc.oneof(fc.string(), fc.uint8Array(), fc.anything()),
    mounts: fc.oneof(
      fc.array(fc.record({ path: fc.oneof(name, mountPath), files: fc.array(file, { maxLength: 3 }) }), {
        maxLength: 3,
      }),
      fc.anything(),
    ),
    limits: fc.oneof(fc.dictionary(fc.constantFrom(...Object.keys(defaultLimits)), fc.anything()), fc.anything()),
  },
  { requiredKeys: ['language', 'files'] },
);

function expected(error: unknown): boolean {
  return error instanceof InvalidRequestError || error instanceof ExecError;
}

const request = fc.property(fc.oneof({ weight: 8, arbitrary: plausible }, fc.anything()), (input) => {
  try {
    const job = prepareRun(input as ExecRequest, defaultLimits);
    if (job.workspace.kind !== 'files') throw new Error('a stateless run has files');
    for (const { path } of job.workspace.files) {
      if (!/^\/app\/./.test(path) || path.split('/').some((part, index) => index > 0 && /^(|\.|\.\.)$/.test(part))) {
        throw new Error(`the path ${JSON.stringify(path)} is not inside the workspace`);
      }
    }
    const mounts = job.mounts ?? [];
    for (const { path, files } of mounts) {
      const others = mounts.filter((other) => other.path === path || other.path.startsWith(`${path}/`));
      if (others.length !== 1 || ['/', '/app', '/tmp'].includes(path) || path !== posix.resolve('/', path)) {
        throw new Error(`something is mounted at ${JSON.stringify(path)}`);
      }
      for (const { path: inside } of files) {
        if (inside !== posix.resolve('/', inside)) throw new Error(`${JSON.stringify(inside)} is no path in a mount`);
      }
    }
  } catch (error) {
    if (!expected(error)) throw error;
  }
});

const path = fc.property(name, (text) => {
  let resolved: string;
  try {
    resolved = workspacePath(text, 'name');
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return;
  }
  if (workspacePath(resolved, 'name') !== resolved) throw new Error('resolving twice gives another path');
});

const encodings = fc.property(content, fc.constantFrom('utf8', 'base64', 'hex'), (text, kind) => {
  const length = text.length;
  try {
    decodeContent(text, kind);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    if (error.offset < 0 || error.offset > length) throw new Error(`offset ${error.offset} of ${length}`);
  }
});

const roundTrip = fc.property(fc.uint8Array(), (bytes) => {
  for (const kind of ['base64', 'hex'] as const) {
    const decoded = decodeContent(Buffer.from(bytes).toString(kind), kind);
    if (!Buffer.from(bytes).equals(decoded)) throw new Error(`${kind} does not give the bytes back`);
  }
});

/** Node's own decoder is the judge, for the whole and for the part before the offset. */
const utf8 = fc.property(
  fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  ),
  (bytes) => {
    const valid = (part: Uint8Array): boolean => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(part);
        return true;
      } catch {
        return false;
      }
    };
    try {
      decodeContent(bytes, 'utf8');
      if (!valid(bytes)) throw new Error('invalid text was accepted');
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      if (valid(bytes)) throw new Error('valid text was refused');
      if (!valid(bytes.subarray(0, error.offset)))
        throw new Error(`the text before offset ${error.offset} is not valid`);
    }
  },
);

const limits = fc.property(fc.anything(), (input) => {
  try {
    for (const value of Object.values(checkLimits(input, 'limits'))) {
      if (!Number.isSafeInteger(value) || value < 1) throw new Error(`the limit ${value} was accepted`);
    }
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
  }
});

/** What a worker that a program has taken over may send. */
const message = fc.property(
  fc.oneof(fc.anything(), fc.record({ kind: fc.constant('outcome'), id: fc.nat(2), outcome: fc.anything() })),
  (sent) => {
    const read = readMessage(sent);
    if (read !== undefined && readMessage(read) === undefined) throw new Error('what was taken is not of the protocol');
  },
);

export const requestTargets: readonly FuzzTarget[] = [
  { name: 'a message of a worker is refused, or of the protocol', property: message },
  { name: 'a request is a job inside the workspace, or a clear error', property: request },
  { name: 'a file name resolves to itself, or is refused', property: path },
  { name: 'encoded text is decoded, or refused at an offset inside it', property: encodings },
  { name: 'base64 and hex give every byte back', property: roundTrip },
  { name: 'UTF-8 is judged as the platform does', property: utf8 },
  { name: 'limits are positive integers, or refused', property: limits },
];
