// wasi:cli/run: one program, as a command. The first argument after the component's own name is the script; without
// one, or with `-`, the program is read from stdin.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

static bool read_program(Text *source) {
  size_t capacity = 0;
  stdio_begin(true, NULL, true);
  for (;;) {
    if (source->len == capacity) {
      capacity = capacity ? capacity * 2 : 64 << 10;
      uint8_t *grown = realloc(source->ptr, capacity);
      if (grown == NULL) return false;
      source->ptr = grown;
    }
    size_t got = stdio_read(source->ptr + source->len, capacity - source->len);
    if (got == 0) break;
    source->len += got;
  }
  stdio_end();
  return true;
}

/// The environment without the component's own configuration.
static void program_environment(exec_javascript_list_tuple2_string_string_t *environment) {
  wasi_cli_environment_get_environment(environment);
  size_t kept = 0;
  for (size_t i = 0; i < environment->len; i++) {
    if (config_is_own_name(environment->ptr[i].f0))
      exec_javascript_tuple2_string_string_free(&environment->ptr[i]);
    else
      environment->ptr[kept++] = environment->ptr[i];
  }
  environment->len = kept;
}

static void complain(const Error *error) {
  if (error->tag == GOLEM_EXEC_TYPES_ERROR_INTERNAL)
    stdio_write(2, error->val.internal.ptr, error->val.internal.len);
  stdio_print(2, "\n");
}

bool exports_wasi_cli_run_run(void) {
  Config config;
  Error error;
  Outcome outcome = {.kind = OUTCOME_INTERNAL};
  Program program = {.host_stdin = true, .inherit = true, .working_dir = text_of("/app")};
  Text source = {0};
  exec_javascript_list_string_t arguments;
  wasi_cli_environment_get_arguments(&arguments);
  program_environment(&program.env);
  config_read(&config);
  bool from_stdin = arguments.len < 2 || (arguments.ptr[1].len == 1 && arguments.ptr[1].ptr[0] == '-');
  if (arguments.len > 2) program.args = (exec_javascript_list_string_t){arguments.ptr + 2, arguments.len - 2};
  if (!request_input(NULL, &config, &program, &error)) {
    stdio_begin(true, NULL, false);
    complain(&error);
    stdio_end();
    golem_exec_types_error_free(&error);
  } else if (session_open() == NULL && (!from_stdin || read_program(&source))) {
    program.entrypoint = from_stdin ? text_of("[stdin]") : arguments.ptr[1];
    if (from_stdin) program.source = &source;
    program_run(&program, &config, &outcome);
  }
  free(source.ptr);
  exec_javascript_list_string_free(&arguments);
  exec_javascript_list_tuple2_string_string_free(&program.env);
  bool succeeded = outcome.kind == OUTCOME_OK && outcome.exit_code == 0;
  if (!succeeded && outcome.kind <= OUTCOME_RUNTIME_FAILED)
    wasi_cli_exit_exit_with_code((uint8_t)outcome.exit_code);
  return succeeded;
}
