/** Bytes of a page (WebAssembly Core Specification §4.2.8). */
export const pageBytes = 65_536;

/** A linear memory of an instance and the size that its guest sees, which may be smaller than the memory itself. */
export class GuestMemory {
  readonly memory: WebAssembly.Memory;
  pages: number;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.pages = memory.buffer.byteLength / pageBytes;
  }

  /** What of the memory the guest sees, in bytes. */
  get bytes(): number {
    return this.pages * pageBytes;
  }

  /** Takes growth back. The caller zeroes what lies behind. */
  shrinkTo(bytes: number): void {
    this.pages = bytes / pageBytes;
  }

  /** Grows what the guest sees; false when the memory cannot. */
  grow(more: number): boolean {
    const missing = this.pages + more - this.memory.buffer.byteLength / pageBytes;
    try {
      if (missing > 0) this.memory.grow(missing);
    } catch {
      // Over the memory's own maximum, or the host has no more.
      return false;
    }
    this.pages += more;
    return true;
  }
}

/** The memory that a module is lent by another one of its component. It has none if it exports another. */
export function lentMemory(module: WebAssembly.Module, imports: WebAssembly.Imports): unknown {
  const lent = new Set<unknown>();
  for (const names of Object.values(imports)) {
    for (const value of Object.values(names)) if (value instanceof WebAssembly.Memory) lent.add(value);
  }
  if (lent.size <= 1) return lent.values().next().value;
  // Asking the module is exact, and takes milliseconds for one with thousands of imports.
  const own = WebAssembly.Module.imports(module).find(({ kind }) => kind === 'memory');
  return own === undefined ? undefined : imports[own.module]?.[own.name];
}
