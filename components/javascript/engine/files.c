// Files over wasi:filesystem. Paths are absolute guest paths, already free of `.` and `..`; each call finds the
// preopened directory that holds its path. Failures reach the TypeScript runtime as negative numbers,
// -1 - error-code, which it turns into errors with Node's codes and messages.
#include <stdlib.h>
#include <string.h>

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
  FIRST_PART_BYTES = 64 << 10, // of a whole file
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

typedef struct {
  bool open, append;
  Own descriptor;
  uint64_t position;
} OpenFile;

static Preopens preopens;
static bool preopens_known;
static OpenFile *open_files;
static size_t open_files_capacity;
static uint64_t file_size_limit = UINT64_MAX;
static bool quota_met;
static const MemoryFile *memory_files;
static size_t memory_files_count;

void files_begin(uint64_t limit) {
  file_size_limit = limit;
  quota_met = false;
}

bool files_met_quota(void) { return quota_met; }

void files_set_memory(const MemoryFile *files, size_t count) {
  memory_files = files;
  memory_files_count = count;
}

void files_end(void) {
  for (size_t i = 0; i < open_files_capacity; i++)
    if (open_files[i].open) wasi_filesystem_types_descriptor_drop_own(open_files[i].descriptor);
  free(open_files);
  open_files = NULL;
  open_files_capacity = 0;
  if (preopens_known) {
    for (size_t i = 0; i < preopens.len; i++) wasi_filesystem_types_descriptor_drop_own(preopens.ptr[i].f0);
    wasi_filesystem_preopens_list_tuple2_own_descriptor_string_free(&preopens);
  }
  preopens_known = false;
  file_size_limit = UINT64_MAX;
}

// ---- paths

/// Finds the innermost preopened directory that holds `path`, and the path below it.
static bool locate(Text path, Borrow *directory, Text *below) {
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
  return locate(path, &directory, &below);
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

static bool fail(FileError *error, FileError code) {
  *error = code;
  return false;
}

bool files_stat(Text path, bool follow, Stat *stat, FileError *error) {
  Borrow directory;
  Text below;
  if (!locate(path, &directory, &below)) {
    const MemoryFile *given = memory_file(path);
    if (given == NULL) return fail(error, FILE_ERROR(NO_ENTRY));
    *stat = (Stat){.type = WASI_FILESYSTEM_TYPES_DESCRIPTOR_TYPE_REGULAR_FILE, .link_count = 1, .size = given->size};
    return true;
  }
  return WASI(stat_at)(directory, follow ? WASI_FILESYSTEM_TYPES_PATH_FLAGS_SYMLINK_FOLLOW : 0, &below, stat, error);
}

static bool open_path(Text path, int bits, Own *opened, FileError *error) {
  Borrow directory;
  Text below;
  if (!locate(path, &directory, &below)) return fail(error, FILE_ERROR(NO_ENTRY));
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
static bool read_part(Borrow file, uint64_t position, uint8_t *into, size_t size, size_t *got, FileError *error) {
  if (size > PART_BYTES) size = PART_BYTES;
  if (!memory_has_room(size)) return fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  exec_javascript_tuple2_list_u8_bool_t part;
  if (!WASI(read)(file, size, position, &part, error)) return false;
  *got = part.f0.len < size ? part.f0.len : size;
  memcpy(into, part.f0.ptr, *got);
  exec_javascript_list_u8_free(&part.f0);
  return true;
}

static bool write_part(Borrow file, uint64_t position, const uint8_t *bytes, size_t size, size_t *written,
                       FileError *error) {
  if (position > file_size_limit || size > file_size_limit - position)
    return fail(error, FILE_ERROR(FILE_TOO_LARGE));
  if (size > PART_BYTES) size = PART_BYTES;
  exec_javascript_list_u8_t buffer = {(uint8_t *)bytes, size};
  uint64_t count = 0;
  if (!WASI(write)(file, &buffer, position, &count, error)) return false;
  *written = (size_t)count;
  return count > 0 || size == 0 || fail(error, FILE_ERROR(IO));
}

/// Reads up to the file's end. Most files are small: the first part is taken without asking for the size.
static bool read_to_end(Borrow file, uint8_t **bytes, size_t *size, FileError *error) {
  exec_javascript_tuple2_list_u8_bool_t part;
  if (!memory_has_room(FIRST_PART_BYTES)) return fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  if (!WASI(read)(file, FIRST_PART_BYTES, 0, &part, error)) return false;
  size_t filled = part.f0.len, capacity = filled + 1;
  bool ended = part.f1;
  Stat stat;
  if (!ended && WASI(stat)(file, &stat, error) && stat.size < SIZE_MAX / 4 && stat.size >= capacity)
    capacity = (size_t)stat.size + 1;
  uint8_t *buffer = memory_functions.js_malloc(NULL, capacity);
  if (buffer != NULL) memcpy(buffer, part.f0.ptr, filled);
  exec_javascript_list_u8_free(&part.f0);
  if (buffer == NULL) return fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
  while (!ended && filled < capacity) {
    size_t got;
    if (!read_part(file, filled, buffer + filled, capacity - filled, &got, error)) {
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
    if (*bytes == NULL) return fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
    memcpy(*bytes, given->content, given->size);
    *size = given->size;
    return true;
  }
  Own file;
  if (!open_path(path, OPEN_READ, &file, error)) return false;
  bool done = read_to_end(wasi_filesystem_types_borrow_descriptor(file), bytes, size, error);
  wasi_filesystem_types_descriptor_drop_own(file);
  return done;
}

bool files_write_all(Text path, const uint8_t *bytes, size_t size, FileError *error) {
  Own file;
  if (!open_path(path, OPEN_WRITE | OPEN_CREATE | OPEN_TRUNCATE, &file, error)) return false;
  bool done = true;
  for (size_t position = 0, written; done && position < size; position += written)
    done = write_part(wasi_filesystem_types_borrow_descriptor(file), position, bytes + position, size - position,
                      &written, error);
  wasi_filesystem_types_descriptor_drop_own(file);
  return done;
}

bool files_make_directory(Text path, FileError *error) {
  Borrow directory;
  Text below;
  if (!locate(path, &directory, &below)) return fail(error, FILE_ERROR(NO_ENTRY));
  return WASI(create_directory_at)(directory, &below, error);
}

bool files_remove(Text path, bool is_directory, FileError *error) {
  Borrow directory;
  Text below;
  if (!locate(path, &directory, &below)) return fail(error, FILE_ERROR(NO_ENTRY));
  return is_directory ? WASI(remove_directory_at)(directory, &below, error)
                      : WASI(unlink_file_at)(directory, &below, error);
}

// ---- directories

typedef bool (*EntryVisitor)(void *state, const wasi_filesystem_types_directory_entry_t *entry);

static bool visit_entries(Text path, EntryVisitor visit, void *state, FileError *error) {
  Own directory;
  if (!open_path(path, OPEN_READ | OPEN_DIRECTORY, &directory, error)) return false;
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
        done = fail(error, FILE_ERROR(INSUFFICIENT_MEMORY));
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
  if (!visit_entries(path, collect_name, names, error)) {
    exec_javascript_list_string_free(names);
    *names = (exec_javascript_list_string_t){0};
    return false;
  }
  qsort(names->ptr, names->len, sizeof *names->ptr, compare_names);
  return true;
}

// ---- natives: descriptors

static JSValue failure(JSContext *ctx, FileError error) {
  if (error == FILE_ERROR(FILE_TOO_LARGE) || error == FILE_ERROR(INSUFFICIENT_SPACE) || error == FILE_ERROR(QUOTA))
    quota_met = true;
  return JS_NewInt32(ctx, -1 - (int)error);
}

static OpenFile *open_file(JSContext *ctx, JSValueConst value) {
  int32_t fd;
  if (JS_ToInt32(ctx, &fd, value)) return NULL;
  if (fd < FIRST_FD || (size_t)fd - FIRST_FD >= open_files_capacity || !open_files[fd - FIRST_FD].open) return NULL;
  return &open_files[fd - FIRST_FD];
}

/// The bytes [offset, offset + length) of a Uint8Array. NULL with an exception pending when they are not in it.
static uint8_t *view(JSContext *ctx, JSValueConst array, JSValueConst offset, JSValueConst length, size_t *size) {
  size_t whole;
  int64_t from, count;
  if (JS_ToInt64(ctx, &from, offset) || JS_ToInt64(ctx, &count, length)) return NULL;
  uint8_t *bytes = JS_GetUint8Array(ctx, &whole, array);
  if (bytes == NULL) return NULL;
  if (from < 0 || count < 0 || (uint64_t)from > whole || (uint64_t)count > whole - (uint64_t)from) {
    JS_ThrowRangeError(ctx, "range is outside of the buffer");
    return NULL;
  }
  *size = (size_t)count;
  return bytes + from;
}

static JSValue native_open(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Text path;
  int32_t bits;
  if (JS_ToInt32(ctx, &bits, argv[1])) return JS_EXCEPTION;
  size_t slot = 0;
  while (slot < open_files_capacity && open_files[slot].open) slot++;
  if (slot == MAX_OPEN_FILES) return JS_UNDEFINED;
  if (slot == open_files_capacity) {
    size_t capacity = open_files_capacity ? open_files_capacity * 2 : 16;
    OpenFile *grown = realloc(open_files, capacity * sizeof *grown);
    if (grown == NULL) return failure(ctx, FILE_ERROR(INSUFFICIENT_MEMORY));
    memset(grown + open_files_capacity, 0, (capacity - open_files_capacity) * sizeof *grown);
    open_files = grown;
    open_files_capacity = capacity;
  }
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  Own descriptor;
  FileError error;
  bool opened = open_path(path, bits, &descriptor, &error);
  JS_FreeCString(ctx, text);
  if (!opened) return failure(ctx, error);
  open_files[slot] = (OpenFile){.open = true, .append = bits & OPEN_APPEND, .descriptor = descriptor};
  return JS_NewInt32(ctx, (int32_t)slot + FIRST_FD);
}

static JSValue native_close(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  OpenFile *file = open_file(ctx, argv[0]);
  if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
  wasi_filesystem_types_descriptor_drop_own(file->descriptor);
  file->open = false;
  return JS_NewInt32(ctx, 0);
}

/// read(fd, bytes, offset, length, position): position -1 is the file's own, which moves.
static JSValue native_read(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  OpenFile *file = open_file(ctx, argv[0]);
  size_t size, got;
  int64_t position;
  if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
  if (JS_ToInt64(ctx, &position, argv[4])) return JS_EXCEPTION;
  uint8_t *into = view(ctx, argv[1], argv[2], argv[3], &size);
  if (into == NULL) return JS_EXCEPTION;
  if (size == 0) return JS_NewInt32(ctx, 0);
  FileError error;
  uint64_t from = position < 0 ? file->position : (uint64_t)position;
  if (!read_part(wasi_filesystem_types_borrow_descriptor(file->descriptor), from, into, size, &got, &error))
    return failure(ctx, error);
  if (position < 0) file->position += got;
  return JS_NewInt64(ctx, (int64_t)got);
}

/// write(fd, bytes, offset, length, position), as `read`; an appending file always writes at its end.
static JSValue native_write(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  OpenFile *file = open_file(ctx, argv[0]);
  size_t size, written = 0;
  int64_t position;
  if (engine.halt) return engine_halt(engine.halt);
  if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
  if (JS_ToInt64(ctx, &position, argv[4])) return JS_EXCEPTION;
  const uint8_t *bytes = view(ctx, argv[1], argv[2], argv[3], &size);
  if (bytes == NULL) return JS_EXCEPTION;
  Borrow descriptor = wasi_filesystem_types_borrow_descriptor(file->descriptor);
  FileError error;
  uint64_t at = position < 0 ? file->position : (uint64_t)position;
  if (file->append) {
    Stat stat;
    if (!WASI(stat)(descriptor, &stat, &error)) return failure(ctx, error);
    at = stat.size;
  }
  if (!write_part(descriptor, at, bytes, size, &written, &error)) return failure(ctx, error);
  if (position < 0 || file->append) file->position = at + written;
  return JS_NewInt64(ctx, (int64_t)written);
}

static JSValue native_truncate(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  OpenFile *file = open_file(ctx, argv[0]);
  int64_t size;
  FileError error;
  if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
  if (JS_ToInt64(ctx, &size, argv[1])) return JS_EXCEPTION;
  if (size < 0) return failure(ctx, FILE_ERROR(INVALID));
  if ((uint64_t)size > file_size_limit) return failure(ctx, FILE_ERROR(FILE_TOO_LARGE));
  if (!WASI(set_size)(wasi_filesystem_types_borrow_descriptor(file->descriptor), (uint64_t)size, &error))
    return failure(ctx, error);
  return JS_NewInt32(ctx, 0);
}

// ---- natives: paths

static double milliseconds(const wasi_filesystem_types_option_datetime_t *time) {
  return time->is_some ? (double)time->val.seconds * 1e3 + time->val.nanoseconds / 1e6 : 0;
}

/// [type, size, links, accessed, modified, changed], times in milliseconds.
static JSValue stat_value(JSContext *ctx, const Stat *stat) {
  JSValue fields[] = {
      JS_NewInt32(ctx, stat->type),
      JS_NewInt64(ctx, (int64_t)stat->size),
      JS_NewInt64(ctx, (int64_t)stat->link_count),
      JS_NewFloat64(ctx, milliseconds(&stat->data_access_timestamp)),
      JS_NewFloat64(ctx, milliseconds(&stat->data_modification_timestamp)),
      JS_NewFloat64(ctx, milliseconds(&stat->status_change_timestamp)),
  };
  return JS_NewArrayFrom(ctx, sizeof fields / sizeof *fields, fields);
}

/// stat(path, follow) or stat(fd).
static JSValue native_stat(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Stat stat;
  FileError error;
  bool done;
  if (JS_IsNumber(argv[0])) {
    OpenFile *file = open_file(ctx, argv[0]);
    if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
    done = WASI(stat)(wasi_filesystem_types_borrow_descriptor(file->descriptor), &stat, &error);
  } else {
    Text path;
    const char *text = native_text(ctx, argv[0], &path);
    if (text == NULL) return JS_EXCEPTION;
    done = files_stat(path, JS_ToBool(ctx, argv[1]), &stat, &error);
    JS_FreeCString(ctx, text);
  }
  return done ? stat_value(ctx, &stat) : failure(ctx, error);
}

static void *resize_file_buffer(JSRuntime *runtime, void *opaque, void *block, size_t size) {
  (void)runtime, (void)opaque;
  if (size > 0) return memory_functions.js_realloc(NULL, block, size);
  memory_functions.js_free(NULL, block);
  return NULL;
}

/// A whole file as Uint8Array.
static JSValue native_read_file(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Text path;
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  uint8_t *bytes;
  size_t size;
  FileError error;
  bool done = files_read_all(path, &bytes, &size, &error);
  JS_FreeCString(ctx, text);
  if (!done) return failure(ctx, error);
  return JS_NewUint8Array(ctx, bytes, size, resize_file_buffer, NULL, false);
}

static bool collect_entry(void *state, const wasi_filesystem_types_directory_entry_t *entry) {
  JSValue *list = state;
  int64_t length;
  if (JS_GetLength(engine.context, *list, &length) < 0) return false;
  JSValue name = JS_NewStringLen(engine.context, (const char *)entry->name.ptr, entry->name.len);
  return JS_DefinePropertyValueUint32(engine.context, *list, (uint32_t)length, name, JS_PROP_C_W_E) >= 0 &&
         JS_DefinePropertyValueUint32(engine.context, *list, (uint32_t)length + 1,
                                      JS_NewInt32(engine.context, entry->type), JS_PROP_C_W_E) >= 0;
}

/// [name, type, name, type, …], in the host's order.
static JSValue native_read_directory(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Text path;
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  JSValue list = JS_NewArray(ctx);
  FileError error;
  bool done = !JS_IsException(list) && visit_entries(path, collect_entry, &list, &error);
  JS_FreeCString(ctx, text);
  if (done) return list;
  JS_FreeValue(ctx, list);
  return JS_HasException(ctx) ? JS_EXCEPTION : failure(ctx, error);
}

typedef enum { PATH_MAKE_DIRECTORY, PATH_REMOVE_DIRECTORY, PATH_UNLINK, PATH_RENAME, PATH_LINK, PATH_SYMLINK } PathOp;

static bool change_path(PathOp op, Text path, Text other, FileError *error) {
  Borrow directory, other_directory;
  Text below, other_below;
  // A symbolic link's target is stored as it is; every other second path is one of ours.
  if (!locate(path, &directory, &below)) return fail(error, FILE_ERROR(NO_ENTRY));
  if ((op == PATH_RENAME || op == PATH_LINK) && !locate(other, &other_directory, &other_below))
    return fail(error, FILE_ERROR(NO_ENTRY));
  switch (op) {
  case PATH_MAKE_DIRECTORY: return WASI(create_directory_at)(directory, &below, error);
  case PATH_REMOVE_DIRECTORY: return WASI(remove_directory_at)(directory, &below, error);
  case PATH_UNLINK: return WASI(unlink_file_at)(directory, &below, error);
  case PATH_RENAME: return WASI(rename_at)(directory, &below, other_directory, &other_below, error);
  case PATH_LINK: return WASI(link_at)(directory, 0, &below, other_directory, &other_below, error);
  case PATH_SYMLINK: return WASI(symlink_at)(directory, &other, &below, error);
  }
  return fail(error, FILE_ERROR(INVALID));
}

static JSValue native_path(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv, int op) {
  if (engine.halt) return engine_halt(engine.halt);
  bool two = op >= PATH_RENAME;
  Text path, other = {0};
  const char *first = native_text(ctx, argv[0], &path);
  const char *second = first && two ? native_text(ctx, argv[1], &other) : NULL;
  JSValue result = JS_EXCEPTION;
  if (first != NULL && (!two || second != NULL)) {
    FileError error;
    result = change_path((PathOp)op, path, other, &error) ? JS_NewInt32(ctx, 0) : failure(ctx, error);
  }
  JS_FreeCString(ctx, first);
  JS_FreeCString(ctx, second);
  return result;
}

static JSValue native_read_link(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Text path, below, target;
  Borrow directory;
  FileError error;
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  bool done = locate(path, &directory, &below) ? WASI(readlink_at)(directory, &below, &target, &error)
                                               : fail(&error, FILE_ERROR(NO_ENTRY));
  JS_FreeCString(ctx, text);
  if (!done) return failure(ctx, error);
  JSValue result = JS_NewStringLen(ctx, (const char *)target.ptr, target.len);
  exec_javascript_string_free(&target);
  return result;
}

static void timestamp(double milliseconds, wasi_filesystem_types_new_timestamp_t *time) {
  // Range of the datetime record; anything else (NaN too) becomes its beginning.
  if (!(milliseconds >= 0 && milliseconds < 1e17)) milliseconds = 0;
  time->tag = WASI_FILESYSTEM_TYPES_NEW_TIMESTAMP_TIMESTAMP;
  time->val.timestamp.seconds = (uint64_t)(milliseconds / 1e3);
  time->val.timestamp.nanoseconds =
      (uint32_t)((milliseconds - (double)time->val.timestamp.seconds * 1e3) * 1e6) % 1000000000u;
}

/// setTimes(path, accessed, modified, follow), in milliseconds.
static JSValue native_set_times(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  double accessed, modified;
  wasi_filesystem_types_new_timestamp_t access_time, modification_time;
  if (JS_ToFloat64(ctx, &accessed, argv[1]) || JS_ToFloat64(ctx, &modified, argv[2])) return JS_EXCEPTION;
  Text path, below;
  Borrow directory;
  FileError error;
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  timestamp(accessed, &access_time);
  timestamp(modified, &modification_time);
  wasi_filesystem_types_path_flags_t links =
      JS_ToBool(ctx, argv[3]) ? WASI_FILESYSTEM_TYPES_PATH_FLAGS_SYMLINK_FOLLOW : 0;
  bool done = locate(path, &directory, &below)
                  ? WASI(set_times_at)(directory, links, &below, &access_time, &modification_time, &error)
                  : fail(&error, FILE_ERROR(NO_ENTRY));
  JS_FreeCString(ctx, text);
  return done ? JS_NewInt32(ctx, 0) : failure(ctx, error);
}

static const JSCFunctionListEntry file_natives[] = {
    JS_CFUNC_DEF("open", 2, native_open),
    JS_CFUNC_DEF("close", 1, native_close),
    JS_CFUNC_DEF("read", 5, native_read),
    JS_CFUNC_DEF("write", 5, native_write),
    JS_CFUNC_DEF("truncate", 2, native_truncate),
    JS_CFUNC_DEF("stat", 2, native_stat),
    JS_CFUNC_DEF("readFile", 1, native_read_file),
    JS_CFUNC_DEF("readDirectory", 1, native_read_directory),
    JS_CFUNC_MAGIC_DEF("makeDirectory", 1, native_path, PATH_MAKE_DIRECTORY),
    JS_CFUNC_MAGIC_DEF("removeDirectory", 1, native_path, PATH_REMOVE_DIRECTORY),
    JS_CFUNC_MAGIC_DEF("unlink", 1, native_path, PATH_UNLINK),
    JS_CFUNC_MAGIC_DEF("rename", 2, native_path, PATH_RENAME),
    JS_CFUNC_MAGIC_DEF("link", 2, native_path, PATH_LINK),
    JS_CFUNC_MAGIC_DEF("symlink", 2, native_path, PATH_SYMLINK),
    JS_CFUNC_DEF("readLink", 1, native_read_link),
    JS_CFUNC_DEF("setTimes", 4, native_set_times),
};

int files_add_natives(JSContext *ctx, JSValueConst natives) {
  return JS_SetPropertyFunctionList(ctx, natives, file_natives, sizeof file_natives / sizeof *file_natives);
}
