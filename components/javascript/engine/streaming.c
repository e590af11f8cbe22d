// golem:exec/pull-streaming: the program runs to its end inside the first `next`, which nobody can look into
// meanwhile; what it wrote is then handed out in order, and its result last.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

struct exports_golem_exec_pull_streaming_event_stream_t {
  bool ran, ended;
  golem_exec_types_language_kind_t kind;
  bool of_files;
  exports_golem_exec_executor_list_file_t files;
  uint64_t session;
  Text entrypoint;
  Program program;
  bool has_limits;
  Limits limits;
  Chunk *chunks;
  bool ok;
  Result result;
  Error error;
};

typedef exports_golem_exec_pull_streaming_event_stream_t Stream;

static Stream *new_stream(exec_javascript_string_t *entrypoint, exec_javascript_list_string_t *args,
                          exec_javascript_string_t *stdin_text, exec_javascript_list_tuple2_string_string_t *env,
                          const Limits *limits) {
  Stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) __builtin_trap();
  stream->program = (Program){.args = *args, .env = *env, .has_stdin = stdin_text != NULL, .capture = true};
  if (entrypoint != NULL) stream->entrypoint = *entrypoint;
  if (stdin_text != NULL) stream->program.stdin_text = *stdin_text;
  stream->has_limits = limits != NULL;
  if (limits != NULL) stream->limits = *limits;
  return stream;
}

/// Fills `ok` with `result` or `error`.
static bool run(Stream *stream) {
  Config config;
  Outcome outcome;
  Program *program = &stream->program;
  Error *error = &stream->error;
  config_read(&config);
  *error = (Error){.tag = GOLEM_EXEC_TYPES_ERROR_UNSUPPORTED_LANGUAGE};
  if (stream->kind != GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT) return false;
  if (!request_input(stream->has_limits ? &stream->limits : NULL, &config, program, error)) return false;
  if (stream->of_files) {
    if (!executor_run_files(&stream->files, program, &config, &outcome, error)) return false;
  } else {
    Session *session = session_of_id(stream->session);
    if (session == NULL) {
      error_internal(error, "session is closed");
      return false;
    }
    if (!session_enter(session, error)) return false;
    program->working_dir = session_working_dir(session);
    program->entrypoint = stream->entrypoint;
    program->in_session = true;
    program_run(program, &config, &outcome);
  }
  bool ok = request_answer(&outcome, &stream->result, error);
  stream->chunks = stdio_take_chunks();
  return ok;
}

bool exports_golem_exec_pull_streaming_method_event_stream_next(
    exports_golem_exec_pull_streaming_borrow_event_stream_t self,
    exports_golem_exec_pull_streaming_exec_event_t *ret) {
  if (!self->ran) {
    self->ran = true;
    self->ok = run(self);
  }
  if (self->ended) return false;
  Chunk *chunk = self->chunks;
  if (chunk != NULL) {
    self->chunks = chunk->next;
    ret->tag = chunk->fd == 1 ? GOLEM_EXEC_TYPES_EXEC_EVENT_STDOUT_CHUNK : GOLEM_EXEC_TYPES_EXEC_EVENT_STDERR_CHUNK;
    uint8_t *bytes = malloc(chunk->size);
    if (bytes == NULL) __builtin_trap();
    memcpy(bytes, chunk->data, chunk->size);
    ret->val.stdout_chunk = (exec_javascript_list_u8_t){bytes, chunk->size};
    free(chunk);
    return true;
  }
  self->ended = true;
  // The event's receiver owns the texts from here on.
  if (self->ok) {
    ret->tag = GOLEM_EXEC_TYPES_EXEC_EVENT_FINISHED;
    ret->val.finished = self->result;
  } else {
    ret->tag = GOLEM_EXEC_TYPES_EXEC_EVENT_FAILED;
    ret->val.failed = self->error;
  }
  return true;
}

void exports_golem_exec_pull_streaming_event_stream_destructor(Stream *stream) {
  while (stream->chunks != NULL) {
    Chunk *next = stream->chunks->next;
    free(stream->chunks);
    stream->chunks = next;
  }
  if (stream->ran && !stream->ended && stream->ok) golem_exec_types_result_free(&stream->result);
  if (stream->ran && !stream->ended && !stream->ok) golem_exec_types_error_free(&stream->error);
  exports_golem_exec_executor_list_file_free(&stream->files);
  exec_javascript_string_free(&stream->entrypoint);
  exec_javascript_list_string_free(&stream->program.args);
  exec_javascript_list_tuple2_string_string_free(&stream->program.env);
  exec_javascript_string_free(&stream->program.stdin_text);
  free(stream);
}

exports_golem_exec_pull_streaming_own_event_stream_t exports_golem_exec_pull_streaming_run(
    exports_golem_exec_pull_streaming_language_t *lang, exports_golem_exec_pull_streaming_list_file_t *files,
    exec_javascript_string_t *maybe_stdin_, exec_javascript_list_string_t *args,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_pull_streaming_limits_t *maybe_constraints) {
  Stream *stream = new_stream(NULL, args, maybe_stdin_, env, maybe_constraints);
  stream->kind = lang->kind;
  stream->of_files = true;
  stream->files = (exports_golem_exec_executor_list_file_t){files->ptr, files->len};
  exec_javascript_option_string_free(&lang->version);
  return exports_golem_exec_pull_streaming_event_stream_new(stream);
}

exports_golem_exec_pull_streaming_own_event_stream_t exports_golem_exec_pull_streaming_session_run(
    exports_golem_exec_pull_streaming_borrow_session_t session, exec_javascript_string_t *entrypoint,
    exec_javascript_list_string_t *args, exec_javascript_string_t *maybe_stdin_,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_pull_streaming_limits_t *maybe_constraints) {
  Stream *stream = new_stream(entrypoint, args, maybe_stdin_, env, maybe_constraints);
  stream->kind = GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT;
  stream->session = session_id(session);
  return exports_golem_exec_pull_streaming_event_stream_new(stream);
}
