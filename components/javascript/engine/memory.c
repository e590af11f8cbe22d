// The engine's allocator. QuickJS could count by itself, but then nobody could tell an allocation that the
// limit refused from an error that a program forged; here each refusal is remembered.
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

extern unsigned char __heap_base;

/// allocator.c's own bytes per block.
enum { BLOCK_OVERHEAD = 8 };

static uint64_t heap_bytes;
static uint64_t heap_limit = UINT64_MAX;
static bool refused;

void memory_begin(uint64_t limit) {
  uint64_t image = (uintptr_t)&__heap_base;
  heap_limit = limit == UINT64_MAX ? UINT64_MAX : limit > image ? limit - image : 0;
  refused = false;
}

bool memory_was_refused(void) { return refused; }
uint64_t memory_used_bytes(void) { return (uintptr_t)&__heap_base + heap_bytes; }
uint64_t memory_linear_bytes(void) { return (uint64_t)__builtin_wasm_memory_size(0) << 16; }

bool memory_has_room(size_t size) {
  void *trial = heap_bytes + size > heap_limit ? NULL : malloc(size);
  if (trial == NULL) refused = true;
  free(trial);
  return trial != NULL;
}

static bool within_limit(size_t more) {
  if (heap_bytes + more <= heap_limit) return true;
  refused = true;
  return false;
}

static void *counted(void *block) {
  if (block == NULL)
    refused = true;
  else
    heap_bytes += malloc_usable_size(block) + BLOCK_OVERHEAD;
  return block;
}

static void *engine_malloc(void *opaque, size_t size) {
  (void)opaque;
  return within_limit(size) ? counted(malloc(size)) : NULL;
}

static void *engine_calloc(void *opaque, size_t count, size_t size) {
  (void)opaque;
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) return NULL;
  return within_limit(total) ? counted(calloc(1, total)) : NULL;
}

static void engine_free(void *opaque, void *block) {
  (void)opaque;
  if (block == NULL) return;
  // Zeros take no room in the image.
  if (platform_freezing) memset(block, 0, malloc_usable_size(block));
  heap_bytes -= malloc_usable_size(block) + BLOCK_OVERHEAD;
  free(block);
}

static void *engine_realloc(void *opaque, void *block, size_t size) {
  if (block == NULL) return engine_malloc(opaque, size);
  size_t before = malloc_usable_size(block);
  if (size > before && !within_limit(size - before)) return NULL;
  void *moved = realloc(block, size);
  if (moved == NULL) {
    refused = true;
    return NULL;
  }
  heap_bytes += malloc_usable_size(moved);
  heap_bytes -= before;
  return moved;
}

void memory_disown(void *block) { heap_bytes -= malloc_usable_size(block) + BLOCK_OVERHEAD; }

static size_t engine_usable_size(const void *block) { return malloc_usable_size((void *)block); }

const JSMallocFunctions memory_functions = {
    engine_calloc, engine_malloc, engine_free, engine_realloc, engine_usable_size,
};
