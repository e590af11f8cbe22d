import { GuestExit, passing } from './ends.ts';
import { InputStream, OutputStream, Pollable } from './io/index.ts';
import type { ByteSink } from './platform.ts';
import type { Seat, Tenant } from './tenancy.ts';

/** Standard input of whoever is in the world: a handle from before a tenant reads that tenant's input. */
class StdinStream extends InputStream {
  protected override take(max: number, block: boolean): Uint8Array | null {
    return this.seat?.tenancy?.stdin.take(max, block) ?? null;
  }

  override subscribe(): Pollable {
    const stdin = this.seat?.tenancy?.stdin;
    return this.seat !== undefined && stdin !== undefined ? new Pollable(this.seat, stdin) : super.subscribe();
  }
}

/** An output stream of whoever is in the world, as {@link StdinStream}. */
abstract class SinkStream extends OutputStream {
  protected abstract sink(tenant: Tenant): ByteSink;

  protected override put(bytes: Uint8Array): void {
    const tenant = this.seat?.tenancy?.tenant;
    if (tenant === undefined) super.put(bytes);
    else if (bytes.length > 0) passing(() => this.sink(tenant).write(bytes));
  }

  protected override check(): void {
    if (this.seat?.tenancy === undefined) super.check();
  }
}

class StdoutStream extends SinkStream {
  protected override sink(tenant: Tenant): ByteSink {
    return tenant.stdout;
  }
}

class StderrStream extends SinkStream {
  protected override sink(tenant: Tenant): ByteSink {
    return tenant.stderr;
  }
}

/** Resources without instances: no tenant has a terminal. */
class TerminalInput {}
class TerminalOutput {}

function noTerminal(): undefined {
  return undefined;
}

/** The interfaces of wasi:cli that a component imports. */
export function cliImports(seat: Seat): Record<string, object> {
  return {
    'wasi:cli/environment': {
      getEnvironment: () => seat.tenancy?.tenant.environment ?? [],
      getArguments: () => seat.tenancy?.tenant.arguments ?? [],
      initialCwd: () => seat.tenancy?.tenant.initialCwd,
    },
    'wasi:cli/exit': {
      exit(status: { readonly tag: 'ok' | 'err' }) {
        throw new GuestExit(status.tag === 'ok' ? 0 : 1);
      },
      exitWithCode(code: number) {
        throw new GuestExit(code);
      },
    },
    'wasi:cli/stdin': { getStdin: () => new StdinStream(seat) },
    'wasi:cli/stdout': { getStdout: () => new StdoutStream(seat) },
    'wasi:cli/stderr': { getStderr: () => new StderrStream(seat) },
    'wasi:cli/terminal-input': { TerminalInput },
    'wasi:cli/terminal-output': { TerminalOutput },
    'wasi:cli/terminal-stdin': { getTerminalStdin: noTerminal },
    'wasi:cli/terminal-stdout': { getTerminalStdout: noTerminal },
    'wasi:cli/terminal-stderr': { getTerminalStderr: noTerminal },
  };
}
