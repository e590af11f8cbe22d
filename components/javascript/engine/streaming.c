// golem:exec/pull-streaming: the program runs to its end inside the first `next`, which nobody can look into
// meanwhile; what it wrote is then handed out in order, and its result last.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

struct exports_golem_exec_pull_streaming_event_stream_t {
  Deferred call;
  bool ran, ended;
  Chunk *chunks;
  bool ok;
  Result result;
  Error error;
};

typedef exports_golem_exec_pull_streaming_event_stream_t Stream;

static Stream *new_stream(Deferred call) {
  Stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) __builtin_trap();
  stream->call = call;
  return stream;
}

bool exports_golem_exec_pull_streaming_method_event_stream_next(
    exports_golem_exec_pull_streaming_borrow_event_stream_t self,
    exports_golem_exec_pull_streaming_exec_event_t *ret) {
  if (!self->ran) {
    self->ran = true;
    self->ok = deferred_run(&self->call, &self->result, &self->error);
    self->chunks = stdio_take_chunks();
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
  deferred_free(&stream->call);
  free(stream);
}

exports_golem_exec_pull_streaming_own_event_stream_t exports_golem_exec_pull_streaming_run(
    exports_golem_exec_pull_streaming_language_t *lang, exports_golem_exec_pull_streaming_list_file_t *files,
    exec_javascript_string_t *maybe_stdin_, exec_javascript_list_string_t *args,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_pull_streaming_limits_t *maybe_constraints) {
  Deferred call = deferred_new(args, maybe_stdin_, env, maybe_constraints);
  call.kind = lang->kind;
  call.of_files = true;
  call.files = (exports_golem_exec_executor_list_file_t){files->ptr, files->len};
  exec_javascript_option_string_free(&lang->version);
  return exports_golem_exec_pull_streaming_event_stream_new(new_stream(call));
}

exports_golem_exec_pull_streaming_own_event_stream_t exports_golem_exec_pull_streaming_session_run(
    exports_golem_exec_pull_streaming_borrow_session_t session, exec_javascript_string_t *entrypoint,
    exec_javascript_list_string_t *args, exec_javascript_string_t *maybe_stdin_,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_pull_streaming_limits_t *maybe_constraints) {
  Deferred call = deferred_new(args, maybe_stdin_, env, maybe_constraints);
  call.session = session_id(session);
  call.entrypoint = *entrypoint;
  return exports_golem_exec_pull_streaming_event_stream_new(new_stream(call));
}
