// golem:exec/executor: hermetic runs of the files of one request.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

static const Text app = {(uint8_t *)"/app", 4};

/// Files and directories that this run created, to be removed after it.
typedef struct {
  Text *paths;
  bool *directories;
  size_t count;
} Created;

static void note_created(Created *created, Text path, bool directory) {
  if ((created->count & (created->count - 1)) == 0) {
    size_t capacity = created->count ? created->count * 2 : 1;
    created->paths = realloc(created->paths, capacity * sizeof *created->paths);
    created->directories = realloc(created->directories, capacity * sizeof *created->directories);
    if (created->paths == NULL || created->directories == NULL) __builtin_trap();
  }
  uint8_t *copy = malloc(path.len);
  if (copy == NULL) __builtin_trap();
  memcpy(copy, path.ptr, path.len);
  created->paths[created->count] = (Text){copy, path.len};
  created->directories[created->count++] = directory;
}

static void remove_created(Created *created) {
  FileError ignored; // the program may have removed them itself
  while (created->count > 0) {
    size_t i = --created->count;
    files_remove(created->paths[i], created->directories[i], &ignored);
    free(created->paths[i].ptr);
  }
  free(created->paths);
  free(created->directories);
}

static bool write_file(const MemoryFile *file, Created *created, FileError *error) {
  wasi_filesystem_types_descriptor_stat_t stat;
  for (size_t end = app.len + 1; end < file->path.len; end++) {
    if (file->path.ptr[end] != '/') continue;
    Text parent = {file->path.ptr, end};
    if (files_stat(parent, true, &stat, error)) continue;
    if (!files_make_directory(parent, error)) return false;
    note_created(created, parent, true);
  }
  if (!files_stat(file->path, false, &stat, error)) note_created(created, file->path, false);
  return files_write_all(file->path, file->content, file->size, error);
}

static int compare_paths(const void *left, const void *right) {
  const Text *a = &(*(const MemoryFile *const *)left)->path, *b = &(*(const MemoryFile *const *)right)->path;
  int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);
  return order ? order : a->len < b->len ? -1 : a->len > b->len;
}

/// Checks all files. Where two have one path, the message names the later one.
static bool check_files(exports_golem_exec_executor_list_file_t *files, MemoryFile *checked, size_t *count,
                        Error *error) {
  for (size_t i = 0; i < files->len; i++) {
    char field[32];
    snprintf(field, sizeof field, "files[%zu]", i);
    File *file = &files->ptr[i];
    if (!request_file(file, app, field, &checked[i].path, error)) return false;
    checked[i].content = file->content.ptr;
    checked[i].size = file->content.len;
    *count = i + 1;
  }
  const MemoryFile **sorted = malloc(files->len * sizeof *sorted);
  if (sorted == NULL) __builtin_trap();
  for (size_t i = 0; i < files->len; i++) sorted[i] = &checked[i];
  qsort(sorted, files->len, sizeof *sorted, compare_paths);
  bool distinct = true;
  for (size_t i = 1; distinct && i < files->len; i++) {
    if (compare_paths(&sorted[i - 1], &sorted[i]) != 0) continue;
    const MemoryFile *later = sorted[i] > sorted[i - 1] ? sorted[i] : sorted[i - 1];
    error_internal(error, "invalid request: files[%d].name is the name of an earlier file", (int)(later - checked));
    distinct = false;
  }
  free(sorted);
  return distinct;
}

static bool place_and_run(const MemoryFile *files, size_t count, Program *program, const Config *config,
                          Outcome *outcome, Error *error) {
  Created created = {0};
  FileError reason;
  wasi_filesystem_types_descriptor_stat_t stat;
  bool placed = true;
  if (!files_has_preopen(app)) {
    files_set_memory(files, count);
  } else {
    if (!files_stat(app, true, &stat, &reason) && files_make_directory(app, &reason)) note_created(&created, app, true);
    for (size_t i = 0; placed && i < count; i++) {
      placed = write_file(&files[i], &created, &reason);
      if (!placed)
        error_internal(error, "invalid request: files[%zu] cannot be written to %.*s: %s", i, (int)files[i].path.len,
                       files[i].path.ptr, files_error_text(reason));
    }
  }
  if (placed) program_run(program, config, outcome);
  files_set_memory(NULL, 0);
  remove_created(&created);
  files_end(true);
  return placed;
}

bool executor_run_files(exports_golem_exec_executor_list_file_t *files, Program *program, const Config *config,
                        Outcome *outcome, Error *error) {
  if (session_open() != NULL) {
    error_internal(error, "a session is open in this instance: close it, or use one instance per session");
    return false;
  }
  if (files->len == 0) {
    error_internal(error, "invalid request: files must hold at least the program");
    return false;
  }
  MemoryFile *checked = calloc(files->len, sizeof *checked);
  if (checked == NULL) __builtin_trap();
  size_t count = 0;
  bool ran = check_files(files, checked, &count, error);
  if (ran) {
    program->entrypoint = checked[0].path;
    program->working_dir = app;
    ran = place_and_run(checked, count, program, config, outcome, error);
  }
  for (size_t i = 0; i < count; i++) free(checked[i].path.ptr);
  free(checked);
  return ran;
}

bool exports_golem_exec_executor_run(exports_golem_exec_executor_language_t *lang,
                                     exports_golem_exec_executor_list_file_t *files,
                                     exec_javascript_string_t *maybe_stdin_, exec_javascript_list_string_t *args,
                                     exec_javascript_list_tuple2_string_string_t *env,
                                     exports_golem_exec_executor_limits_t *maybe_constraints, Result *ret,
                                     Error *err) {
  Config config;
  Outcome outcome;
  Program program = {.args = *args, .env = *env, .has_stdin = maybe_stdin_ != NULL};
  if (maybe_stdin_ != NULL) program.stdin_text = *maybe_stdin_;
  *err = (Error){.tag = GOLEM_EXEC_TYPES_ERROR_UNSUPPORTED_LANGUAGE};
  config_read(&config);
  bool ok = lang->kind == GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT &&
            request_input(maybe_constraints, &config, &program, err) &&
            executor_run_files(files, &program, &config, &outcome, err) && request_answer(&outcome, ret, err);
  stdio_forget();
  exec_javascript_option_string_free(&lang->version);
  exports_golem_exec_executor_list_file_free(files);
  exec_javascript_list_string_free(args);
  exec_javascript_list_tuple2_string_string_free(env);
  if (maybe_stdin_ != NULL) exec_javascript_string_free(maybe_stdin_);
  return ok;
}
