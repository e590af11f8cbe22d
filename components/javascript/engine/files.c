// Files over wasi:filesystem. Paths are absolute guest paths, already free of `.` and `..`; each call finds the
// preopened directory that holds its path.
#include <stdlib.h>
#include <string.h>

#include "files.h"

static Preopens preopens;
static bool preopens_known;
static uint64_t file_size_limit = UINT64_MAX;
static bool quota_met;
static const MemoryFile *memory_files;
static size_t memory_files_count;

void files_begin(uint64_t limit) {
  file_size_limit = limit;
  quota_met = false;
}

bool files_met_quota(void) { return quota_met; }
void files_note_quota(void) { quota_met = true; }

uint64_t files_size_limit(void) { return file_size_limit; }

void files_set_memory(const MemoryFile *files, size_t count) {
  memory_files = files;
  memory_files_count = count;
}

void files_end(bool keep_numbers) {
  // A call that was refused meanwhile must not close what the program has open.
  if (program_is_running()) return;
  file_descriptors_close(keep_numbers);
  if (preopens_known) {
    for (size_t i = 0; i < preopens.len; i++) wasi_filesystem_types_descriptor_drop_own(preopens.ptr[i].f0);
    wasi_filesystem_preopens_list_tuple2_own_descriptor_string_free(&preopens);
  }
  preopens_known = false;
  file_size_limit = UINT64_MAX;
}

// ---- paths

/// Finds the innermost preopened directory that holds `path`, and the path below it.
bool files_locate(Text path, Borrow *directory, Text *below) {
  if (!preopens_known) {
    wasi_filesystem_preopens_get_directories(&preopens);
    preopens_known = true;
  }
  size_t best = 0;
  bool found = false;
  for (size_t i = 0; i < preopens.len; i++) {
    Text root = preopens.ptr[i].f1;
    while (root.len > 0 && root.ptr[root.len - 1] == '/') root.len--;
    if (path.len < root.len || memcmp(path.ptr, root.ptr, root.len) != 0) continue;
    if (path.len > root.len && path.ptr[root.len] != '/') continue;
    if (found && root.len < best) continue;
    found = true;
    best = root.len;
    *directory = wasi_filesystem_types_borrow_descriptor(preopens.ptr[i].f0);
    *below = (Text){path.ptr + root.len, path.len - root.len};
    while (below->len > 0 && below->ptr[0] == '/') below->ptr++, below->len--;
    if (below->len == 0) *below = text_of(".");
  }
  return found;
}

bool files_has_preopen(Text path) {
  Borrow directory;
  Text below;
  return files_locate(path, &directory, &below);
}

/// The file of this name among those given with the request, used only where no directory is preopened.
static const MemoryFile *memory_file(Text path) {
  for (size_t i = 0; i < memory_files_count; i++)
    if (memory_files[i].path.len == path.len && memcmp(memory_files[i].path.ptr, path.ptr, path.len) == 0)
      return &memory_files[i];
  return NULL;
}

const char *files_error_text(FileError error) {
  switch (error) {
  case FILE_ERROR(ACCESS): return "permission denied";
  case FILE_ERROR(NO_ENTRY): return "no such file or directory";
  case FILE_ERROR(IS_DIRECTORY): return "is a directory";
  case FILE_ERROR(NOT_DIRECTORY): return "not a directory";
  case FILE_ERROR(NOT_PERMITTED): return "operation not permitted";
  case FILE_ERROR(READ_ONLY): return "read-only file system";
  case FILE_ERROR(LOOP): return "too many symbolic links";
  case FILE_ERROR(NAME_TOO_LONG): return "name too long";
  case FILE_ERROR(INSUFFICIENT_SPACE): return "no space left";
  case FILE_ERROR(INSUFFICIENT_MEMORY): return "not enough memory";
  case FILE_ERROR(QUOTA): return "quota exceeded";
  case FILE_ERROR(FILE_TOO_LARGE): return "file too large";
  case FILE_ERROR(EXIST): return "file exists";
  case FILE_ERROR(NOT_EMPTY): return "directory not empty";
  case FILE_ERROR(INVALID): return "invalid argument";
  default: return "input/output error";
  }
}

bool files_fail(FileError *error, FileError code) {
  *error = code;
  return false;
}

bool files_stat(Text path, bool follow, Stat *stat, FileError *error) {
  Borrow directory;
  Text below;
  if (!files_locate(path, &directory, &below)) {
    const MemoryFile *given = memory_file(path);
    if (given == NULL) return files_fail(error, FILE_ERROR(NO_ENTRY));
    *stat = (Stat){.type = WASI_FILESYSTEM_TYPES_DESCRIPTOR_TYPE_REGULAR_FILE, .link_count = 1, .size = given->size};
    return true;
  }
  return WASI(stat_at)(directory, follow ? WASI_FILESYSTEM_TYPES_PATH_FLAGS_SYMLINK_FOLLOW : 0, &below, stat, error);
}

bool files_open_path(Text path, int bits, Own *opened, FileError *error) {
  Borrow directory;
  Text below;
  if (!files_locate(path, &directory, &below)) return files_fail(error, FILE_ERROR(NO_ENTRY));
  wasi_filesystem_types_open_flags_t how = 0;
  if (bits & OPEN_CREATE) how |= WASI_FILESYSTEM_TYPES_OPEN_FLAGS_CREATE;
  if (bits & OPEN_EXCLUSIVE) how |= WASI_FILESYSTEM_TYPES_OPEN_FLAGS_EXCLUSIVE;
  if (bits & OPEN_TRUNCATE) how |= WASI_FILESYSTEM_TYPES_OPEN_FLAGS_TRUNCATE;
  if (bits & OPEN_DIRECTORY) how |= WASI_FILESYSTEM_TYPES_OPEN_FLAGS_DIRECTORY;
  wasi_filesystem_types_descriptor_flags_t access = 0;
  if (bits & OPEN_READ) access |= WASI_FILESYSTEM_TYPES_DESCRIPTOR_FLAGS_READ;
  if (bits & OPEN_WRITE) access |= WASI_FILESYSTEM_TYPES_DESCRIPTOR_FLAGS_WRITE;
  wasi_filesystem_types_path_flags_t links =
      bits & OPEN_NOFOLLOW ? 0 : WASI_FILESYSTEM_TYPES_PATH_FLAGS_SYMLINK_FOLLOW;
  return WASI(open_at)(directory, links, &below, how, access, opened, error);
}

// ---- whole files

/// Reads one part; at most `size` bytes. `*got` 0 means the end.
bool files_read_part(Borrow file, uint64_t position, uint8_t *into, size_t size, size_t *got, FileError *error) {
  if (size > PART_BYTES) size = PART_BYTES;
  if (!memory_has_room(size)) return files_fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  exec_javascript_tuple2_list_u8_bool_t part;
  if (!WASI(read)(file, size, position, &part, error)) return false;
  *got = part.f0.len < size ? part.f0.len : size;
  memcpy(into, part.f0.ptr, *got);
  exec_javascript_list_u8_free(&part.f0);
  return true;
}

bool files_write_part(Borrow file, uint64_t position, const uint8_t *bytes, size_t size, size_t *written,
                       FileError *error) {
  if (position > file_size_limit || size > file_size_limit - position)
    return files_fail(error, FILE_ERROR(FILE_TOO_LARGE));
  if (size > PART_BYTES) size = PART_BYTES;
  exec_javascript_list_u8_t buffer = {(uint8_t *)bytes, size};
  uint64_t count = 0;
  if (!WASI(write)(file, &buffer, position, &count, error)) return false;
  *written = (size_t)count;
  return count > 0 || size == 0 || files_fail(error, FILE_ERROR(IO));
}

/// Reads up to the file's end. Most files are small: the first part is taken without asking for the size.
static bool read_to_end(Borrow file, uint8_t **bytes, size_t *size, FileError *error) {
  exec_javascript_tuple2_list_u8_bool_t part;
  if (!memory_has_room(FIRST_PART_BYTES)) return files_fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  if (!WASI(read)(file, FIRST_PART_BYTES, 0, &part, error)) return false;
  size_t filled = part.f0.len, capacity = filled + 1;
  bool ended = part.f1;
  Stat stat;
  if (!ended && WASI(stat)(file, &stat, error) && stat.size < SIZE_MAX / 4 && stat.size >= capacity)
    capacity = (size_t)stat.size + 1;
  uint8_t *buffer = memory_functions.js_malloc(NULL, capacity);
  if (buffer != NULL) memcpy(buffer, part.f0.ptr, filled);
  exec_javascript_list_u8_free(&part.f0);
  if (buffer == NULL) return files_fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  while (!ended && filled < capacity) {
    size_t got;
    if (!files_read_part(file, filled, buffer + filled, capacity - filled, &got, error)) {
      memory_functions.js_free(NULL, buffer);
      return false;
    }
    filled += got;
    ended = got == 0 || filled + 1 == capacity;
  }
  *bytes = buffer;
  *size = filled;
  return true;
}

bool files_read_all(Text path, uint8_t **bytes, size_t *size, FileError *error) {
  const MemoryFile *given = files_has_preopen(path) ? NULL : memory_file(path);
  if (given != NULL) {
    *bytes = memory_functions.js_malloc(NULL, given->size + 1);
    if (*bytes == NULL) return files_fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
    memcpy(*bytes, given->content, given->size);
    *size = given->size;
    return true;
  }
  Own file;
  if (!files_open_path(path, OPEN_READ, &file, error)) return false;
  bool done = read_to_end(wasi_filesystem_types_borrow_descriptor(file), bytes, size, error);
  wasi_filesystem_types_descriptor_drop_own(file);
  wasi_filesystem_types_descriptor_stat_t stat;
  FileError ignored;
  // Hosts differ in what they call the reading of a directory.
  if (!done && files_stat(path, true, &stat, &ignored) &&
      stat.type == WASI_FILESYSTEM_TYPES_DESCRIPTOR_TYPE_DIRECTORY)
    return files_fail(error, FILE_ERROR(IS_DIRECTORY));
  return done;
}

bool files_write_all(Text path, const uint8_t *bytes, size_t size, FileError *error) {
  Own file;
  if (!files_open_path(path, OPEN_WRITE | OPEN_CREATE | OPEN_TRUNCATE, &file, error)) return false;
  bool done = true;
  for (size_t position = 0, written; done && position < size; position += written)
    done = files_write_part(wasi_filesystem_types_borrow_descriptor(file), position, bytes + position, size - position,
                      &written, error);
  wasi_filesystem_types_descriptor_drop_own(file);
  return done;
}

bool files_make_directory(Text path, FileError *error) {
  Borrow directory;
  Text below;
  if (!files_locate(path, &directory, &below)) return files_fail(error, FILE_ERROR(NO_ENTRY));
  return WASI(create_directory_at)(directory, &below, error);
}

bool files_remove(Text path, bool is_directory, FileError *error) {
  Borrow directory;
  Text below;
  if (!files_locate(path, &directory, &below)) return files_fail(error, FILE_ERROR(NO_ENTRY));
  return is_directory ? WASI(remove_directory_at)(directory, &below, error)
                      : WASI(unlink_file_at)(directory, &below, error);
}

// ---- directories

bool files_visit_entries(Text path, EntryVisitor visit, void *state, FileError *error) {
  Own directory;
  if (!files_open_path(path, OPEN_READ | OPEN_DIRECTORY, &directory, error)) return false;
  wasi_filesystem_types_own_directory_entry_stream_t entries;
  bool done = WASI(read_directory)(wasi_filesystem_types_borrow_descriptor(directory), &entries, error);
  if (done) {
    wasi_filesystem_types_borrow_directory_entry_stream_t stream =
        wasi_filesystem_types_borrow_directory_entry_stream(entries);
    for (;;) {
      wasi_filesystem_types_option_directory_entry_t next;
      done = wasi_filesystem_types_method_directory_entry_stream_read_directory_entry(stream, &next, error);
      if (!done || !next.is_some) break;
      bool more = visit(state, &next.val);
      wasi_filesystem_types_directory_entry_free(&next.val);
      if (!more) {
        done = files_fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
        break;
      }
    }
    wasi_filesystem_types_directory_entry_stream_drop_own(entries);
  }
  wasi_filesystem_types_descriptor_drop_own(directory);
  return done;
}

static bool collect_name(void *state, const wasi_filesystem_types_directory_entry_t *entry) {
  exec_javascript_list_string_t *names = state;
  // Grown at powers of two.
  if ((names->len & (names->len - 1)) == 0) {
    Text *grown = realloc(names->ptr, (names->len ? names->len * 2 : 1) * sizeof *grown);
    if (grown == NULL) return false;
    names->ptr = grown;
  }
  Text *name = &names->ptr[names->len];
  name->ptr = malloc(entry->name.len ? entry->name.len : 1);
  if (name->ptr == NULL) return false;
  name->len = entry->name.len;
  memcpy(name->ptr, entry->name.ptr, entry->name.len);
  names->len++;
  return true;
}

static int compare_names(const void *left, const void *right) {
  const Text *a = left, *b = right;
  int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);
  return order ? order : a->len < b->len ? -1 : a->len > b->len;
}

bool files_list(Text path, exec_javascript_list_string_t *names, FileError *error) {
  *names = (exec_javascript_list_string_t){0};
  if (!files_visit_entries(path, collect_name, names, error)) {
    exec_javascript_list_string_free(names);
    *names = (exec_javascript_list_string_t){0};
    return false;
  }
  qsort(names->ptr, names->len, sizeof *names->ptr, compare_names);
  return true;
}
