// The file functions that the TypeScript runtime is given, over descriptors of its own. Failures reach it as negative
// numbers, -1 - error-code, which it turns into errors with Node's codes and messages.
#include <stdlib.h>
#include <string.h>

#include "files.h"

typedef struct {
  bool open, append;
  Own descriptor;
  uint64_t position;
} OpenFile;

static OpenFile *open_files;
static size_t open_files_capacity;
/// Number of the first slot. Behind all that an earlier run of the same heap was given, so that a number which the
/// program kept never comes to mean another file.
static int32_t first_fd = FIRST_FD;

void file_descriptors_close(bool keep_numbers) {
  for (size_t i = 0; i < open_files_capacity; i++)
    if (open_files[i].open) wasi_filesystem_types_descriptor_drop_own(open_files[i].descriptor);
  int32_t used = open_files_capacity < INT32_MAX / 2 - (size_t)first_fd ? (int32_t)open_files_capacity : 0;
  first_fd = keep_numbers ? first_fd + used : FIRST_FD;
  free(open_files);
  open_files = NULL;
  open_files_capacity = 0;
}

// ---- natives: descriptors

static JSValue failure(JSContext *ctx, FileError error) {
  if (error == FILE_ERROR(FILE_TOO_LARGE) || error == FILE_ERROR(INSUFFICIENT_SPACE) || error == FILE_ERROR(QUOTA))
    files_note_quota();
  return JS_NewInt32(ctx, -1 - (int)error);
}

static OpenFile *open_file(JSContext *ctx, JSValueConst value) {
  int32_t fd;
  if (JS_ToInt32(ctx, &fd, value)) return NULL;
  if (fd < first_fd || (size_t)fd - first_fd >= open_files_capacity || !open_files[fd - first_fd].open) return NULL;
  return &open_files[fd - first_fd];
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
  bool opened = files_open_path(path, bits, &descriptor, &error);
  JS_FreeCString(ctx, text);
  if (!opened) return failure(ctx, error);
  open_files[slot] = (OpenFile){.open = true, .append = bits & OPEN_APPEND, .descriptor = descriptor};
  return JS_NewInt32(ctx, (int32_t)slot + first_fd);
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
  if (!files_read_part(wasi_filesystem_types_borrow_descriptor(file->descriptor), from, into, size, &got, &error))
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
  if (!files_write_part(descriptor, at, bytes, size, &written, &error)) return failure(ctx, error);
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
  if ((uint64_t)size > files_size_limit()) return failure(ctx, FILE_ERROR(FILE_TOO_LARGE));
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
  bool done = !JS_IsException(list) && files_visit_entries(path, collect_entry, &list, &error);
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
  if (!files_locate(path, &directory, &below)) return files_fail(error, FILE_ERROR(NO_ENTRY));
  if ((op == PATH_RENAME || op == PATH_LINK) && !files_locate(other, &other_directory, &other_below))
    return files_fail(error, FILE_ERROR(NO_ENTRY));
  switch (op) {
  case PATH_MAKE_DIRECTORY: return WASI(create_directory_at)(directory, &below, error);
  case PATH_REMOVE_DIRECTORY: return WASI(remove_directory_at)(directory, &below, error);
  case PATH_UNLINK: return WASI(unlink_file_at)(directory, &below, error);
  case PATH_RENAME: return WASI(rename_at)(directory, &below, other_directory, &other_below, error);
  case PATH_LINK: return WASI(link_at)(directory, 0, &below, other_directory, &other_below, error);
  case PATH_SYMLINK: return WASI(symlink_at)(directory, &other, &below, error);
  }
  return files_fail(error, FILE_ERROR(INVALID));
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
  bool done = files_locate(path, &directory, &below) ? WASI(readlink_at)(directory, &below, &target, &error)
                                               : files_fail(&error, FILE_ERROR(NO_ENTRY));
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
  timestamp(accessed, &access_time);
  timestamp(modified, &modification_time);
  if (JS_IsNumber(argv[0])) {
    OpenFile *file = open_file(ctx, argv[0]);
    if (file == NULL) return failure(ctx, FILE_ERROR(BAD_DESCRIPTOR));
    Borrow descriptor = wasi_filesystem_types_borrow_descriptor(file->descriptor);
    return WASI(set_times)(descriptor, &access_time, &modification_time, &error) ? JS_NewInt32(ctx, 0)
                                                                                  : failure(ctx, error);
  }
  const char *text = native_text(ctx, argv[0], &path);
  if (text == NULL) return JS_EXCEPTION;
  wasi_filesystem_types_path_flags_t links =
      JS_ToBool(ctx, argv[3]) ? WASI_FILESYSTEM_TYPES_PATH_FLAGS_SYMLINK_FOLLOW : 0;
  bool done = files_locate(path, &directory, &below)
                  ? WASI(set_times_at)(directory, links, &below, &access_time, &modification_time, &error)
                  : files_fail(&error, FILE_ERROR(NO_ENTRY));
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
