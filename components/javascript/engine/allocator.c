// malloc for the whole component, in place of the compiler's: that one rounds every block up to a power of two and
// never joins free blocks, which wastes half of an instance's memory.
//
// Two-level segregated fit (Masmano, Ripoll, Crespo, Real 2004): free blocks are kept by the power of two of their
// size and sixteen steps between two powers; bitmaps find a block that fits in constant time, and neighbours are
// joined at once. All blocks lie in one row from the end of the static data to the end of the linear memory.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum {
  HEADER_BYTES = 8,
  UNIT_BYTES = 16, // sizes of blocks are multiples of it, and payloads lie at multiples of it
  STEPS_LOG2 = 4,
  STEPS = 1 << STEPS_LOG2,
  FIRST_POWER = 8, // smaller blocks share the first row, a step for each unit
  POWERS = 32 - FIRST_POWER + 1,
  FREE_FLAG = 1,
  PAGE_BYTES = 64 << 10,
};

/// Hosts in JavaScript read addresses as signed numbers: from 2 GiB on their glue fails.
static const uint64_t LARGEST_MEMORY = 2047u << 20;

typedef struct Block {
  uint32_t size_before;   // of the block before this one; 0 for the first
  uint32_t size_and_flag; // header included; 0 for the mark at the end of the memory
  struct Block *next, *previous; // in its list, while it is free
} Block;

extern unsigned char __heap_base;

static Block *lists[POWERS][STEPS];
static uint32_t powers_in_use;
static uint16_t steps_in_use[POWERS];
static Block *end_mark;

static uint32_t size_of(const Block *block) { return block->size_and_flag & ~(uint32_t)FREE_FLAG; }
static bool is_free(const Block *block) { return block->size_and_flag & FREE_FLAG; }
static Block *after(const Block *block) { return (Block *)((char *)block + size_of(block)); }
static Block *before(const Block *block) { return (Block *)((char *)block - block->size_before); }
static void *payload(Block *block) { return (char *)block + HEADER_BYTES; }
static Block *block_of(void *pointer) { return (Block *)((char *)pointer - HEADER_BYTES); }

// ---- lists of free blocks

static void place_of(uint32_t size, int *power, int *step) {
  if (size < 1u << FIRST_POWER) {
    *power = 0;
    *step = (int)(size / UNIT_BYTES);
    return;
  }
  int log2 = 31 - __builtin_clz(size);
  *power = log2 - FIRST_POWER + 1;
  *step = (int)(size >> (log2 - STEPS_LOG2)) & (STEPS - 1);
}

static void list_add(Block *block) {
  int power, step;
  place_of(size_of(block), &power, &step);
  block->size_and_flag |= FREE_FLAG;
  block->previous = NULL;
  block->next = lists[power][step];
  if (block->next != NULL) block->next->previous = block;
  lists[power][step] = block;
  powers_in_use |= 1u << power;
  steps_in_use[power] |= (uint16_t)(1u << step);
}

static void list_remove(Block *block) {
  int power, step;
  place_of(size_of(block), &power, &step);
  if (block->next != NULL) block->next->previous = block->previous;
  if (block->previous != NULL) {
    block->previous->next = block->next;
  } else if ((lists[power][step] = block->next) == NULL) {
    steps_in_use[power] &= (uint16_t)~(1u << step);
    if (steps_in_use[power] == 0) powers_in_use &= ~(1u << power);
  }
  block->size_and_flag &= ~(uint32_t)FREE_FLAG;
}

/// A free block of at least `size`, out of its list; NULL where there is none.
static Block *list_take(uint32_t size) {
  int power, step;
  // Rounded up to the next step, every block of which is large enough.
  uint32_t rounded = size;
  if (size >= 1u << FIRST_POWER) rounded += (1u << (31 - __builtin_clz(size) - STEPS_LOG2)) - 1;
  place_of(rounded, &power, &step);
  uint32_t steps = steps_in_use[power] & (~0u << step);
  if (steps == 0) {
    uint32_t powers = power + 1 < POWERS ? powers_in_use & (~0u << (power + 1)) : 0;
    if (powers == 0) return NULL;
    power = __builtin_ctz(powers);
    steps = steps_in_use[power];
  }
  Block *block = lists[power][__builtin_ctz(steps)];
  list_remove(block);
  return block;
}

// ---- blocks

/// Cuts a used block to `size`; the rest, if it is worth a block, becomes free.
static void trim(Block *block, uint32_t size) {
  uint32_t rest = size_of(block) - size;
  if (rest < UNIT_BYTES) return;
  block->size_and_flag = size;
  Block *tail = after(block);
  *tail = (Block){.size_before = size, .size_and_flag = rest};
  Block *next = after(tail);
  if (is_free(next)) {
    list_remove(next);
    tail->size_and_flag = rest + size_of(next);
    next = after(tail);
  }
  next->size_before = size_of(tail);
  list_add(tail);
}

/// Joins a used block with free neighbours and gives it to the lists.
static void release(Block *block) {
  Block *next = after(block);
  if (is_free(next)) {
    list_remove(next);
    block->size_and_flag += size_of(next);
  }
  if (block->size_before != 0 && is_free(before(block))) {
    Block *previous = before(block);
    list_remove(previous);
    previous->size_and_flag += size_of(block);
    block = previous;
  }
  after(block)->size_before = size_of(block);
  list_add(block);
}

static void mark_end(uint32_t size_before) {
  end_mark = (Block *)((uintptr_t)memory_linear_bytes() - HEADER_BYTES);
  end_mark->size_before = size_before;
  end_mark->size_and_flag = 0;
}

/// Makes the memory that there is from the beginning the first free block.
static void begin(void) {
  uintptr_t first = ((uintptr_t)&__heap_base + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES + HEADER_BYTES;
  uint32_t size = (uint32_t)(memory_linear_bytes() - HEADER_BYTES - first);
  Block *block = (Block *)first;
  *block = (Block){.size_and_flag = size};
  mark_end(size);
  list_add(block);
}

/// Makes memory beyond the mark a free block. Returns how many bytes are free at the end of the row.
static uint32_t extend(void) {
  uint64_t known = (uintptr_t)end_mark + HEADER_BYTES, bytes = memory_linear_bytes();
  if (bytes > known) {
    Block *block = end_mark;
    block->size_and_flag = (uint32_t)(bytes - known);
    mark_end(block->size_and_flag);
    release(block);
  }
  return end_mark->size_before != 0 && is_free(before(end_mark)) ? end_mark->size_before : 0;
}

/// Takes memory from the host, if need be, so that a block of `size` comes to be at the end of the row.
static bool grow(uint32_t size) {
  // An instance that grew and was put back to its image has more memory than the image knows of.
  uint32_t there = extend();
  if (there >= size) return true;
  uint64_t bytes = memory_linear_bytes();
  // A share of what there is saves later calls.
  uint64_t needed = size - there, generous = needed + bytes / 16;
  for (int attempt = 0; attempt < 2; attempt++) {
    uint64_t pages = ((attempt == 0 ? generous : needed) + PAGE_BYTES - 1) / PAGE_BYTES;
    if (bytes + pages * PAGE_BYTES > LARGEST_MEMORY) continue;
    if (__builtin_wasm_memory_grow(0, (size_t)pages) == SIZE_MAX) continue;
    extend();
    return true;
  }
  return false;
}

/// Size of a block for `size` bytes of payload; 0 when there cannot be one.
static uint32_t block_size(size_t size) {
  if (size > LARGEST_MEMORY) return 0;
  return ((uint32_t)size + HEADER_BYTES + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
}

// ---- the C library's functions

void *malloc(size_t size) {
  if (end_mark == NULL) begin();
  uint32_t needed = block_size(size);
  Block *block = needed == 0 ? NULL : list_take(needed);
  // Growing by one step more than is needed, so that the list of the grown block is one that is looked into.
  if (block == NULL && needed != 0 && grow(needed + needed / STEPS + UNIT_BYTES)) block = list_take(needed);
  if (block == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  trim(block, needed);
  return payload(block);
}

void free(void *pointer) {
  if (pointer != NULL) release(block_of(pointer));
}

void *calloc(size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) {
    errno = ENOMEM;
    return NULL;
  }
  void *pointer = malloc(total);
  if (pointer != NULL) memset(pointer, 0, total);
  return pointer;
}

size_t malloc_usable_size(void *pointer) { return pointer == NULL ? 0 : size_of(block_of(pointer)) - HEADER_BYTES; }

void *realloc(void *pointer, size_t size) {
  if (pointer == NULL) return malloc(size);
  Block *block = block_of(pointer);
  uint32_t needed = block_size(size), had = size_of(block);
  if (needed == 0) {
    errno = ENOMEM;
    return NULL;
  }
  Block *next = after(block);
  // A large block at the end grows where it is, instead of being there twice.
  if (needed > had && had >= PAGE_BYTES && (next == end_mark || (is_free(next) && after(next) == end_mark)) &&
      had + (is_free(next) ? size_of(next) : 0) < needed)
    grow(needed - had);
  next = after(block);
  if (needed > had && is_free(next) && had + size_of(next) >= needed) {
    list_remove(next);
    block->size_and_flag = had + size_of(next);
    after(block)->size_before = size_of(block);
  }
  if (size_of(block) >= needed) {
    trim(block, needed);
    return pointer;
  }
  void *moved = malloc(size);
  if (moved == NULL) return NULL;
  memcpy(moved, pointer, had - HEADER_BYTES);
  free(pointer);
  return moved;
}
