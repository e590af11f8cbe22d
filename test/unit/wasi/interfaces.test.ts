import type * as Types from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-types';
import type { Pollable } from '@bytecodealliance/preview2-shim/interfaces/wasi-io-poll';
import type * as Streams from '@bytecodealliance/preview2-shim/interfaces/wasi-io-streams';
import { expect, expectTypeOf, test } from 'vitest';
import type * as Own from '../../../host/src/wasi/filesystem/descriptor.ts';
import type * as OwnEntries from '../../../host/src/wasi/filesystem/directory-entries.ts';
import { createWasiWorld } from '../../../host/src/wasi/index.ts';
import type * as OwnIo from '../../../host/src/wasi/io/index.ts';
import { TestPlatform } from './support.ts';

test('the resources have the methods that components are transpiled against', () => {
  expectTypeOf<keyof Types.Descriptor>().toExtend<keyof Own.Descriptor>();
  expectTypeOf<Own.Descriptor['openAt']>().returns.toExtend<Pick<Own.Descriptor, keyof Types.Descriptor>>();
  expectTypeOf<Own.Descriptor['stat']>().toExtend<Types.Descriptor['stat']>();
  expectTypeOf<Own.Descriptor['statAt']>().toExtend<Types.Descriptor['statAt']>();
  expectTypeOf<Own.Descriptor['read']>().toExtend<Types.Descriptor['read']>();
  expectTypeOf<Own.Descriptor['write']>().toExtend<Types.Descriptor['write']>();
  expectTypeOf<Own.Descriptor['setTimesAt']>().toExtend<Types.Descriptor['setTimesAt']>();
  expectTypeOf<Own.Descriptor['metadataHash']>().toExtend<Types.Descriptor['metadataHash']>();
  expectTypeOf<OwnEntries.DirectoryEntryStream>().toExtend<Types.DirectoryEntryStream>();
  expectTypeOf<keyof Streams.InputStream>().toExtend<keyof OwnIo.InputStream>();
  expectTypeOf<keyof Streams.OutputStream>().toExtend<keyof OwnIo.OutputStream>();
  expectTypeOf<OwnIo.Pollable>().toExtend<Pollable>();
});

test('every interface of wasi:cli/imports is answered', () => {
  expect(Object.keys(createWasiWorld(new TestPlatform()).imports).sort()).toEqual([
    'wasi:cli/environment',
    'wasi:cli/exit',
    'wasi:cli/stderr',
    'wasi:cli/stdin',
    'wasi:cli/stdout',
    'wasi:cli/terminal-input',
    'wasi:cli/terminal-output',
    'wasi:cli/terminal-stderr',
    'wasi:cli/terminal-stdin',
    'wasi:cli/terminal-stdout',
    'wasi:clocks/monotonic-clock',
    'wasi:clocks/wall-clock',
    'wasi:filesystem/preopens',
    'wasi:filesystem/types',
    'wasi:io/error',
    'wasi:io/poll',
    'wasi:io/streams',
    'wasi:random/insecure',
    'wasi:random/insecure-seed',
    'wasi:random/random',
    'wasi:sockets/instance-network',
    'wasi:sockets/ip-name-lookup',
    'wasi:sockets/network',
    'wasi:sockets/tcp',
    'wasi:sockets/tcp-create-socket',
    'wasi:sockets/udp',
    'wasi:sockets/udp-create-socket',
  ]);
});
