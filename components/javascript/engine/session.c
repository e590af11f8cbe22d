// golem:exec/sessions: a working directory that persists between runs. One session at a time: the instance's memory
// belongs to one tenant.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

struct exports_golem_exec_sessions_session_t {
  /// The session that was made before this one and is not dropped.
  Session *next;
  uint64_t id;
  bool supported, closed;
  /// Absolute; allocated with malloc.
  Text working_dir;
};

/// All sessions whose handles live, newest first.
static Session *sessions;
static uint64_t last_id;
static Session *open_session;

Session *session_open(void) { return open_session; }
uint64_t session_id(const Session *session) { return session->id; }

Session *session_of_id(uint64_t id) {
  for (Session *session = sessions; session != NULL; session = session->next)
    if (session->id == id) return session;
  return NULL;
}

Text session_working_dir(const Session *session) { return session->working_dir; }

bool session_enter(Session *session, Error *error) {
  if (program_is_running()) {
    error_internal(error, "a program is running in this instance: wait for its end, or use another instance");
  } else if (session->closed) {
    error_internal(error, "session is closed");
  } else if (!session->supported) {
    *error = (Error){.tag = GOLEM_EXEC_TYPES_ERROR_UNSUPPORTED_LANGUAGE};
  } else if (open_session != NULL && open_session != session) {
    error_internal(error, "another session is open: an instance serves one at a time, use one instance per session");
  } else {
    open_session = session;
    return true;
  }
  return false;
}

static void leave(Session *session) {
  session->closed = true;
  deferred_session_closed(session->id);
  if (open_session == session) open_session = NULL;
}

exports_golem_exec_sessions_own_session_t
exports_golem_exec_sessions_constructor_session(exports_golem_exec_sessions_language_t *lang) {
  Session *session = calloc(1, sizeof *session);
  if (session == NULL) __builtin_trap();
  session->next = sessions;
  session->id = ++last_id;
  sessions = session;
  session->supported = lang->kind == GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT;
  session->working_dir = path_resolve(text_of("/app"), text_of("."));
  if (open_session == NULL && session->supported) open_session = session;
  exec_javascript_option_string_free(&lang->version);
  return exports_golem_exec_sessions_session_new(session);
}

void exports_golem_exec_sessions_session_destructor(Session *session) {
  leave(session);
  Session **link = &sessions;
  while (*link != session) link = &(*link)->next;
  *link = session->next;
  free(session->working_dir.ptr);
  free(session);
}

void exports_golem_exec_sessions_method_session_close(exports_golem_exec_sessions_borrow_session_t self) {
  leave(self);
}

bool exports_golem_exec_sessions_method_session_run(exports_golem_exec_sessions_borrow_session_t self,
                                                    exec_javascript_string_t *entrypoint,
                                                    exec_javascript_list_string_t *args,
                                                    exec_javascript_string_t *maybe_stdin_,
                                                    exec_javascript_list_tuple2_string_string_t *env,
                                                    exports_golem_exec_sessions_limits_t *maybe_constraints,
                                                    Result *ret, Error *err) {
  Config config;
  Outcome outcome;
  Program program = {.args = *args, .env = *env, .has_stdin = maybe_stdin_ != NULL, .working_dir = self->working_dir,
                     .entrypoint = *entrypoint, .in_session = true};
  if (maybe_stdin_ != NULL) program.stdin_text = *maybe_stdin_;
  config_read(&config);
  bool ok = session_enter(self, err) && request_input(maybe_constraints, &config, &program, err);
  if (ok && entrypoint->len == 0) {
    error_internal(err, "invalid request: entrypoint must not be empty");
    ok = false;
  }
  if (ok) {
    program_run(&program, &config, &outcome);
    ok = request_answer(&outcome, ret, err);
    stdio_forget();
  }
  exec_javascript_string_free(entrypoint);
  exec_javascript_list_string_free(args);
  exec_javascript_list_tuple2_string_string_free(env);
  if (maybe_stdin_ != NULL) exec_javascript_string_free(maybe_stdin_);
  return ok;
}

// ---- files of the session

static bool has_files(Error *error) {
  if (files_has_preopen(text_of("/app"))) return true;
  error_internal(error, "no directory is preopened at /app: give the component one (wasi:filesystem/preopens) to "
                        "keep a session's files");
  return false;
}

static bool file_failed(Error *error, const char *what, Text path, FileError reason) {
  error_stage(error, GOLEM_EXEC_TYPES_ERROR_RUNTIME_FAILED, "%s: %.*s: %s\n", what, (int)path.len, path.ptr,
              files_error_text(reason));
  return false;
}

static bool make_parents(Text path, FileError *error) {
  wasi_filesystem_types_descriptor_stat_t stat;
  for (size_t end = 1; end < path.len; end++) {
    Text parent = {path.ptr, end};
    if (path.ptr[end] == '/' && !files_stat(parent, true, &stat, error) && !files_make_directory(parent, error))
      return false;
  }
  return true;
}

bool exports_golem_exec_sessions_method_session_upload(exports_golem_exec_sessions_borrow_session_t self,
                                                       exports_golem_exec_sessions_file_t *file, Error *err) {
  Text path;
  FileError reason;
  bool ok = session_enter(self, err) && has_files(err) && request_file(file, self->working_dir, "file", &path, err);
  if (ok) {
    ok = (make_parents(path, &reason) && files_write_all(path, file->content.ptr, file->content.len, &reason)) ||
         file_failed(err, "upload", path, reason);
    free(path.ptr);
  }
  files_end(true);
  exports_golem_exec_sessions_file_free(file);
  return ok;
}

bool exports_golem_exec_sessions_method_session_download(exports_golem_exec_sessions_borrow_session_t self,
                                                         exec_javascript_string_t *path,
                                                         exec_javascript_list_u8_t *ret, Error *err) {
  FileError reason;
  bool ok = session_enter(self, err) && has_files(err);
  if (ok) {
    Text absolute = path_resolve(self->working_dir, *path);
    memory_begin(UINT64_MAX);
    ok = files_read_all(absolute, &ret->ptr, &ret->len, &reason) || file_failed(err, "download", absolute, reason);
    if (ok) memory_disown(ret->ptr);
    free(absolute.ptr);
  }
  files_end(true);
  exec_javascript_string_free(path);
  return ok;
}

bool exports_golem_exec_sessions_method_session_list_files(exports_golem_exec_sessions_borrow_session_t self,
                                                           exec_javascript_string_t *dir,
                                                           exec_javascript_list_string_t *ret, Error *err) {
  FileError reason;
  bool ok = session_enter(self, err) && has_files(err);
  if (ok) {
    Text absolute = path_resolve(self->working_dir, *dir);
    ok = files_list(absolute, ret, &reason) || file_failed(err, "list-files", absolute, reason);
    free(absolute.ptr);
  }
  files_end(true);
  exec_javascript_string_free(dir);
  return ok;
}

bool exports_golem_exec_sessions_method_session_set_working_dir(exports_golem_exec_sessions_borrow_session_t self,
                                                                exec_javascript_string_t *path, Error *err) {
  FileError reason = WASI_FILESYSTEM_TYPES_ERROR_CODE_NOT_DIRECTORY;
  wasi_filesystem_types_descriptor_stat_t stat;
  bool ok = session_enter(self, err) && has_files(err);
  if (ok) {
    Text absolute = path_resolve(self->working_dir, *path);
    ok = files_stat(absolute, true, &stat, &reason);
    if (ok && stat.type != WASI_FILESYSTEM_TYPES_DESCRIPTOR_TYPE_DIRECTORY) {
      reason = WASI_FILESYSTEM_TYPES_ERROR_CODE_NOT_DIRECTORY;
      ok = false;
    }
    if (ok) {
      Text before = self->working_dir;
      self->working_dir = absolute;
      absolute = before;
    } else {
      file_failed(err, "set-working-dir", absolute, reason);
    }
    free(absolute.ptr);
  }
  files_end(true);
  exec_javascript_string_free(path);
  return ok;
}
