// run-streaming of golem:exec/executor and golem:exec/sessions, for hosts with WASI 0.3. What the program writes is an
// event at once, and the program waits until it is read. The call itself only makes the stream and yields; the program
// runs in the callback, because a host may hand the stream on no sooner than the first call has left the instance.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum { EVENT_BYTES = 64 << 10 }; // largest piece of output in one event

typedef golem_exec_types_exec_event_t Event;

typedef struct {
  /// The stream's writable end, and the intrinsics of the function that it belongs to.
  uint32_t end;
  exec_javascript_waitable_status_t (*write)(uint32_t end, const Event *events, size_t count);
  void (*drop)(uint32_t end);
  exec_javascript_waitable_set_t waiting;
  /// Nobody reads any more.
  bool abandoned;
  Deferred call;
} Live;

static void send(Live *live, const Event *event) {
  uint32_t sent = 0;
  while (sent == 0 && !live->abandoned) {
    exec_javascript_waitable_status_t status = live->write(live->end, event, 1);
    if (status == EXEC_JAVASCRIPT_WAITABLE_STATUS_BLOCKED) {
      exec_javascript_event_t written;
      exec_javascript_waitable_join(live->end, live->waiting);
      exec_javascript_waitable_set_wait(live->waiting, &written);
      exec_javascript_waitable_join(live->end, 0);
      status = written.code;
    }
    sent = EXEC_JAVASCRIPT_WAITABLE_COUNT(status);
    live->abandoned = EXEC_JAVASCRIPT_WAITABLE_STATE(status) != EXEC_JAVASCRIPT_WAITABLE_COMPLETED;
  }
}

static void send_output(void *context, int fd, const uint8_t *bytes, size_t size) {
  Live *live = context;
  while (size > 0 && !live->abandoned && !deferred_session_is_closed()) {
    size_t part = size < EVENT_BYTES ? size : EVENT_BYTES;
    Event event = {.tag = fd == 1 ? GOLEM_EXEC_TYPES_EXEC_EVENT_STDOUT_CHUNK
                                  : GOLEM_EXEC_TYPES_EXEC_EVENT_STDERR_CHUNK};
    event.val.stdout_chunk = (exec_javascript_list_u8_t){(uint8_t *)bytes, part};
    send(live, &event);
    bytes += part;
    size -= part;
  }
  // Whoever gave up the stream gave up the program: it ends where its deadline would end it.
  if (live->abandoned) engine.deadline_ns = 0;
}

/// The task's only event: its turn after the yield.
static exec_javascript_callback_code_t run_and_report(void) {
  Live *live = exec_javascript_context_get_0();
  Result result;
  Error error;
  Event event;
  bool ok = false;
  live->waiting = exec_javascript_waitable_set_new();
  if (program_is_running()) {
    error_internal(&error, "a program is running in this instance: wait for its end, or use another instance");
  } else {
    stdio_listen(send_output, live);
    ok = deferred_run(&live->call, &result, &error);
    stdio_listen(NULL, NULL);
    stdio_forget();
  }
  if (ok) {
    event.tag = GOLEM_EXEC_TYPES_EXEC_EVENT_FINISHED;
    event.val.finished = result;
  } else {
    event.tag = GOLEM_EXEC_TYPES_EXEC_EVENT_FAILED;
    event.val.failed = error;
  }
  send(live, &event);
  golem_exec_types_exec_event_free(&event);
  live->drop(live->end);
  exec_javascript_waitable_set_drop(live->waiting);
  deferred_free(&live->call);
  free(live);
  return EXEC_JAVASCRIPT_CALLBACK_CODE_EXIT;
}

static Live *new_live(Deferred call) {
  Live *live = calloc(1, sizeof *live);
  if (live == NULL) __builtin_trap();
  live->call = call;
  exec_javascript_context_set_0(live);
  return live;
}

exec_javascript_callback_code_t exports_golem_exec_executor_run_streaming(
    exports_golem_exec_executor_language_t *lang, exports_golem_exec_executor_list_file_t *files,
    exec_javascript_string_t *maybe_stdin_, exec_javascript_list_string_t *args,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_executor_limits_t *maybe_constraints) {
  Live *live = new_live(deferred_new(args, maybe_stdin_, env, maybe_constraints));
  live->write = exports_golem_exec_executor_stream_exec_event_write;
  live->drop = exports_golem_exec_executor_stream_exec_event_drop_writable;
  live->call.kind = lang->kind;
  live->call.of_files = true;
  live->call.files = *files;
  exec_javascript_option_string_free(&lang->version);
  exports_golem_exec_executor_run_streaming_return(exports_golem_exec_executor_stream_exec_event_new(&live->end));
  return EXEC_JAVASCRIPT_CALLBACK_CODE_YIELD;
}

exec_javascript_callback_code_t
exports_golem_exec_executor_run_streaming_callback(exec_javascript_event_t *event) {
  (void)event;
  return run_and_report();
}

exec_javascript_callback_code_t exports_golem_exec_sessions_method_session_run_streaming(
    exports_golem_exec_sessions_borrow_session_t self, exec_javascript_string_t *entrypoint,
    exec_javascript_list_string_t *args, exec_javascript_string_t *maybe_stdin_,
    exec_javascript_list_tuple2_string_string_t *env, exports_golem_exec_sessions_limits_t *maybe_constraints) {
  Live *live = new_live(deferred_new(args, maybe_stdin_, env, maybe_constraints));
  live->write = exports_golem_exec_sessions_stream_exec_event_write;
  live->drop = exports_golem_exec_sessions_stream_exec_event_drop_writable;
  live->call.session = session_id(self);
  live->call.entrypoint = *entrypoint;
  exports_golem_exec_sessions_method_session_run_streaming_return(
      exports_golem_exec_sessions_stream_exec_event_new(&live->end));
  return EXEC_JAVASCRIPT_CALLBACK_CODE_YIELD;
}

exec_javascript_callback_code_t
exports_golem_exec_sessions_method_session_run_streaming_callback(exec_javascript_event_t *event) {
  (void)event;
  return run_and_report();
}
