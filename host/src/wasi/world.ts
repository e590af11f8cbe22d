import { cliImports } from './cli.ts';
import { clockImports } from './clocks.ts';
import { filesystemImports } from './filesystem/index.ts';
import { InputStream, IoError, OutputStream, Pollable, poll } from './io/index.ts';
import type { Platform } from './platform.ts';
import { randomImports } from './random.ts';
import { socketImports } from './sockets.ts';
import { type Remains, Seat, Tenancy, type Tenant } from './tenancy.ts';

/**
 * What one instance of a component imports of WASI 0.2. Tenants follow one another in it: the handles that the
 * instance got at its start (the standard streams, the preopened `/`) work for each of them, all others end with
 * their tenant.
 */
export interface WasiWorld {
  /** By unversioned name (`wasi:cli/environment`), in the form a transpiled component takes. */
  readonly imports: Readonly<Record<string, object>>;
  /** Lets a tenant in. The world must be empty. */
  begin(tenant: Tenant): void;
  /**
   * Shows the tenant out: all its descriptors, streams and pollables end; a later use of one answers an error.
   * In an empty world it does nothing.
   */
  end(): Remains;
}

/**
 * Makes the WASI world of one instance. Without a tenant (while the component is instantiated) clocks and entropy
 * work, the environment is empty, streams are closed, and files answer `bad-descriptor`.
 */
export function createWasiWorld(platform: Platform): WasiWorld {
  const seat = new Seat(platform);
  return {
    imports: {
      ...cliImports(seat),
      ...clockImports(seat),
      ...filesystemImports(seat),
      ...randomImports(seat),
      ...socketImports(seat),
      'wasi:io/error': { Error: IoError },
      'wasi:io/poll': { Pollable, poll },
      'wasi:io/streams': { InputStream, OutputStream },
    },
    begin(tenant) {
      if (seat.tenancy !== undefined) throw new Error('the world has a tenant: call end first');
      seat.tenancy = new Tenancy(tenant);
    },
    end() {
      const remains = seat.tenancy?.end() ?? { intact: true, leaked: 0 };
      seat.tenancy = undefined;
      return remains;
    },
  };
}
