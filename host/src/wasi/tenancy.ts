import { WasiTrap } from './ends.ts';
import { type FileTree, type Pay, unpaid } from './files/index.ts';
import type { ByteSink, ByteSource, Platform } from './platform.ts';
import { StdinBuffer } from './stdin-buffer.ts';

/** Everything a world lends to one guest, for one run or one session. */
export interface Tenant {
  readonly files: FileTree;
  readonly stdin: ByteSource;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly environment: readonly (readonly [string, string])[];
  readonly arguments: readonly string[];
  readonly initialCwd?: string;
  readonly limits: {
    /** Descriptors open at the same time. */
    readonly descriptors: number;
  };
  /** Takes payment for the host's work in the guest's calls; nobody does where it is absent. */
  readonly pay?: Pay;
}

/** What a tenant left behind in the instance, once its resources were taken back. */
export interface Remains {
  /**
   * Whether every handle that the instance had before this tenant is still there. If not, an image of the
   * instance's memory refers to handles that are gone: the instance must not be used again.
   */
  readonly intact: boolean;
  /** Handles that the tenant never dropped. They stay in the instance's tables. */
  readonly leaked: number;
}

/** A guest needs a few handles (streams, pollables) for each descriptor; more than this is an attack. */
const resourcesPerDescriptor = 8;

/** One tenant's time in a world. */
export class Tenancy {
  readonly tenant: Tenant;
  readonly stdin: StdinBuffer;
  readonly pay: Pay;
  /** Descriptors it holds. */
  descriptors = 0;
  readonly #resources = new Set<Resource>();
  readonly #maxResources: number;
  #intact = true;

  constructor(tenant: Tenant) {
    this.tenant = {
      ...tenant,
      // Lowering a string that is not well-formed would throw inside the component.
      environment: tenant.environment.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]),
      arguments: tenant.arguments.map((argument) => argument.toWellFormed()),
    };
    this.stdin = new StdinBuffer(tenant.stdin);
    this.pay = tenant.pay ?? unpaid;
    tenant.files.volume.pay = this.pay;
    this.#maxResources = tenant.limits.descriptors * resourcesPerDescriptor;
  }

  enrol(resource: Resource): void {
    if (this.#resources.size >= this.#maxResources) throw new WasiTrap('too many resource handles');
    this.#resources.add(resource);
  }

  /** Whether it was this tenant's, and is no more. */
  discharge(resource: Resource): boolean {
    return this.#resources.delete(resource);
  }

  /** A handle from before this tenant was dropped. */
  disturb(): void {
    this.#intact = false;
  }

  end(): Remains {
    // What happens to the files from here on is the host's own work.
    this.tenant.files.volume.pay = unpaid;
    const leaked = this.#resources.size;
    for (const resource of this.#resources) resource.sever();
    this.#resources.clear();
    return { intact: this.#intact, leaked };
  }
}

/** Who is in the world at the moment. Every resource has it, and asks it anew at each call. */
export class Seat {
  readonly platform: Platform;
  tenancy: Tenancy | undefined;

  constructor(platform: Platform) {
    this.platform = platform;
  }
}

/**
 * A resource of a component's imports. It belongs to the tenant in whose time it was made, and is taken back when
 * that time ends.
 *
 * For a handle it does not know, a transpiled component calls methods on an object that has the class's prototype
 * and none of its fields. So whatever a subclass keeps may be missing, and it must have no `#private` methods.
 */
export abstract class Resource {
  protected readonly seat: Seat | undefined;
  readonly #owner: Tenancy | undefined;

  constructor(seat: Seat) {
    this.seat = seat;
    this.#owner = seat.tenancy;
    this.#owner?.enrol(this);
  }

  /** Pays for work in a call of the guest. */
  protected pay(units: number): void {
    this.seat?.tenancy?.pay(units);
  }

  /** Lets go of everything that is the tenant's. Called once, when the handle is dropped or the tenant's time ends. */
  sever(): void {}

  /** The guest dropped its handle. */
  [Symbol.dispose](): void {
    if (!(#owner in this)) return;
    const current = this.seat?.tenancy;
    if (this.#owner !== current) current?.disturb();
    else if (current?.discharge(this)) this.sever();
  }
}
