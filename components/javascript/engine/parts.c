// The bundles of `runtime/` and `runtime/parts/` lie in a passive data segment, which takes no linear memory: where each
// begins and the last one ends, then all of them.
#include "engine.h"

/// C has no name for such a segment. The build (build/lib/passive.ts) finds this function by its export, which it takes
/// away, and gives it `memory.init` as its body; a component without that traps at the first use of a part.
__attribute__((export_name("golem:parts"), noinline)) void parts_read(void *into, uint32_t from, uint32_t size) {
  (void)into, (void)from, (void)size;
  __builtin_trap();
}
