// Calls that give a stream of events: the program runs when the stream is read, and all that it needs is kept till then.
#include <stdlib.h>

#include "engine.h"

Deferred deferred_new(const exec_javascript_list_string_t *args, const exec_javascript_string_t *stdin_text,
                      const exec_javascript_list_tuple2_string_string_t *env, const Limits *limits) {
  Deferred call = {.kind = GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT, .has_limits = limits != NULL};
  call.program = (Program){.args = *args, .env = *env, .has_stdin = stdin_text != NULL, .capture = true};
  if (stdin_text != NULL) call.program.stdin_text = *stdin_text;
  if (limits != NULL) call.limits = *limits;
  return call;
}

/// The session whose program runs in a stream, and whether it was closed meanwhile; 0 while none does.
static uint64_t running_session;
static bool closed_meanwhile;

void deferred_session_closed(uint64_t id) {
  if (id != running_session) return;
  closed_meanwhile = true;
  // The program ends where its deadline would end it.
  engine.deadline_ns = 0;
}

bool deferred_session_is_closed(void) { return closed_meanwhile; }

static bool run_in_session(Deferred *call, const Config *config, Outcome *outcome, Error *error) {
  Session *session = session_of_id(call->session);
  if (session == NULL) {
    error_internal(error, "session is closed");
    return false;
  }
  if (!session_enter(session, error)) return false;
  if (call->entrypoint.len == 0) {
    error_internal(error, "invalid request: entrypoint must not be empty");
    return false;
  }
  // A copy: the session may be dropped while the program waits.
  Text working_dir = path_resolve(session_working_dir(session), text_of("."));
  call->program.working_dir = working_dir;
  call->program.entrypoint = call->entrypoint;
  call->program.in_session = true;
  running_session = call->session;
  program_run(&call->program, config, outcome);
  running_session = 0;
  free(working_dir.ptr);
  return true;
}

bool deferred_run(Deferred *call, Result *result, Error *error) {
  Config config;
  Outcome outcome;
  config_read(&config);
  *error = (Error){.tag = GOLEM_EXEC_TYPES_ERROR_UNSUPPORTED_LANGUAGE};
  if (call->kind != GOLEM_EXEC_TYPES_LANGUAGE_KIND_JAVASCRIPT) return false;
  if (!request_input(call->has_limits ? &call->limits : NULL, &config, &call->program, error)) return false;
  bool ran = call->of_files ? executor_run_files(&call->files, &call->program, &config, &outcome, error)
                            : run_in_session(call, &config, &outcome, error);
  bool ok = ran && request_answer(&outcome, result, error);
  if (!closed_meanwhile) return ok;
  closed_meanwhile = false;
  if (ok) golem_exec_types_result_free(result);
  else golem_exec_types_error_free(error);
  error_internal(error, "session is closed");
  return false;
}

void deferred_free(Deferred *call) {
  exports_golem_exec_executor_list_file_free(&call->files);
  exec_javascript_string_free(&call->entrypoint);
  exec_javascript_list_string_free(&call->program.args);
  exec_javascript_list_tuple2_string_string_free(&call->program.env);
  exec_javascript_string_free(&call->program.stdin_text);
}
