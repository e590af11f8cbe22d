// What files.c and file-natives.c share.
#ifndef EXEC_FILES_H
#define EXEC_FILES_H

#include "engine.h"

typedef wasi_filesystem_types_own_descriptor_t Own;
typedef wasi_filesystem_types_borrow_descriptor_t Borrow;
typedef wasi_filesystem_types_descriptor_stat_t Stat;
typedef wasi_filesystem_preopens_list_tuple2_own_descriptor_string_t Preopens;

#define WASI(name) wasi_filesystem_types_method_descriptor_##name
#define FILE_ERROR(name) WASI_FILESYSTEM_TYPES_ERROR_CODE_##name

enum {
  MAX_OPEN_FILES = 1024,
  FIRST_FD = 3,
  PART_BYTES = 1 << 20,        // moved in one call to the host
  FIRST_PART_BYTES = 8 << 10,  // of a whole file
};

/// Bits of `open`'s second argument; `runtime/native.ts` has the same list.
enum {
  OPEN_READ = 1,
  OPEN_WRITE = 2,
  OPEN_CREATE = 4,
  OPEN_EXCLUSIVE = 8,
  OPEN_TRUNCATE = 16,
  OPEN_APPEND = 32,
  OPEN_DIRECTORY = 64,
  OPEN_NOFOLLOW = 128,
};

typedef bool (*EntryVisitor)(void *state, const wasi_filesystem_types_directory_entry_t *entry);

bool files_fail(FileError *error, FileError code);
/// Finds the innermost preopened directory that holds `path`, and the path below it.
bool files_locate(Text path, Borrow *directory, Text *below);
/// Opens with bits of the list above.
bool files_open_path(Text path, int bits, Own *opened, FileError *error);
/// Reads one part; at most `size` bytes. `*got` 0 means the end.
bool files_read_part(Borrow file, uint64_t position, uint8_t *into, size_t size, size_t *got, FileError *error);
bool files_write_part(Borrow file, uint64_t position, const uint8_t *bytes, size_t size, size_t *written,
                      FileError *error);
bool files_visit_entries(Text path, EntryVisitor visit, void *state, FileError *error);
uint64_t files_size_limit(void);
/// Remembers that a size limit stopped a write.
void files_note_quota(void);

/// Closes what the program left open (file-natives.c).
/// With `keep_numbers` none of the numbers is given out again.
void file_descriptors_close(bool keep_numbers);

#endif
