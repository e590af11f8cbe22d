// Requests of callers, checked before anything of them reaches the program, and answers to them.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

static Text formatted(const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  char *buffer = malloc((size_t)length + 1);
  if (buffer != NULL) vsnprintf(buffer, (size_t)length + 1, format, again);
  va_end(again);
  return (Text){(uint8_t *)buffer, buffer ? (size_t)length : 0};
}

void error_internal(Error *error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  error->tag = GOLEM_EXEC_TYPES_ERROR_INTERNAL;
  error->val.internal = formatted(format, arguments);
  va_end(arguments);
}

void error_stage(Error *error, uint8_t tag, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  *error = (Error){.tag = tag};
  error->val.runtime_failed.stderr_ = formatted(format, arguments);
  error->val.runtime_failed.exit_code = (exec_javascript_option_s32_t){true, 1};
  va_end(arguments);
}

// ---- paths

Text path_resolve(Text base, Text path) {
  bool absolute = path.len > 0 && path.ptr[0] == '/';
  size_t base_length = absolute ? 0 : base.len, size = base_length + 1 + path.len;
  uint8_t *joined = malloc(size), *resolved = malloc(size + 1);
  if (joined == NULL || resolved == NULL) __builtin_trap();
  memcpy(joined, base.ptr, base_length);
  joined[base_length] = '/';
  memcpy(joined + base_length + 1, path.ptr, path.len);
  size_t length = 0;
  for (size_t at = 0; at < size;) {
    size_t end = at;
    while (end < size && joined[end] != '/') end++;
    size_t segment = end - at;
    if (segment == 2 && joined[at] == '.' && joined[at + 1] == '.') {
      while (length > 0 && resolved[--length] != '/') continue;
    } else if (segment > 0 && !(segment == 1 && joined[at] == '.')) {
      resolved[length++] = '/';
      memcpy(resolved + length, joined + at, segment);
      length += segment;
    }
    at = end + 1;
  }
  if (length == 0) resolved[length++] = '/';
  free(joined);
  return (Text){resolved, length};
}

bool path_is_below_app(Text path) { return path.len > 5 && memcmp(path.ptr, "/app/", 5) == 0; }

// ---- requests

/// Whether the last segment is empty, `.` or `..`.
static bool names_directory(Text name) {
  size_t dots = 0;
  while (dots < name.len && dots < 2 && name.ptr[name.len - 1 - dots] == '.') dots++;
  return dots == name.len || name.ptr[name.len - 1 - dots] == '/';
}

bool request_file(File *file, Text base, const char *field, Text *path, Error *error) {
  Text name = file->name;
  const char *problem = NULL;
  if (name.len == 0) problem = "must not be empty";
  else if (memchr(name.ptr, 0, name.len)) problem = "must not hold a NUL character";
  else if (memchr(name.ptr, '\\', name.len)) problem = "must not hold a backslash; directories are separated by /";
  else if (names_directory(name)) problem = "must name a file, not a directory";
  if (problem == NULL) {
    *path = path_resolve(base, name);
    if (path_is_below_app(*path)) {
      size_t bad = 0;
      const char *encoding = "UTF-8";
      bool valid = true;
      switch (file->encoding.is_some ? file->encoding.val : GOLEM_EXEC_TYPES_ENCODING_UTF8) {
      case GOLEM_EXEC_TYPES_ENCODING_BASE64:
        encoding = "base64";
        valid = base64_decode(file->content.ptr, &file->content.len, &bad);
        break;
      case GOLEM_EXEC_TYPES_ENCODING_HEX:
        encoding = "hex";
        valid = hex_decode(file->content.ptr, &file->content.len, &bad);
        break;
      default:
        bad = utf8_valid_prefix(file->content.ptr, file->content.len);
        valid = bad == file->content.len;
      }
      if (valid) return true;
      error_stage(error, GOLEM_EXEC_TYPES_ERROR_COMPILATION_FAILED, "%.*s: not valid %s at offset %zu\n",
                  (int)name.len, name.ptr, encoding, bad);
      free(path->ptr);
      return false;
    }
    free(path->ptr);
    problem = "must stay below /app";
  }
  error_internal(error, "invalid request: %s.name %s", field, problem);
  return false;
}

static bool limit(const exec_javascript_option_u64_t *given, uint64_t otherwise, const char *name, uint64_t *value,
                  Error *error) {
  *value = given != NULL && given->is_some ? given->val : otherwise;
  if (*value > 0) return true;
  error_internal(error, "invalid request: constraints.%s must be a positive integer", name);
  return false;
}

static bool holds(Text text, char c) { return text.len > 0 && memchr(text.ptr, c, text.len) != NULL; }

/// Arguments and variables that no program could be given.
static bool texts(const Program *program, Error *error) {
  for (size_t i = 0; i < program->args.len; i++) {
    if (!holds(program->args.ptr[i], 0)) continue;
    error_internal(error, "invalid request: args[%zu] must not hold a NUL character", i);
    return false;
  }
  for (size_t i = 0; i < program->env.len; i++) {
    Text name = program->env.ptr[i].f0, value = program->env.ptr[i].f1;
    if (name.len > 0 && !holds(name, 0) && !holds(name, '=') && !holds(value, 0)) continue;
    error_internal(error, "invalid request: env[%zu] must have a name, without =, and no NUL character", i);
    return false;
  }
  return true;
}

bool request_input(const Limits *limits, const Config *config, Program *program, Error *error) {
  if (config->problem != NULL) {
    error_internal(error, "invalid configuration: %s", config->problem);
    return false;
  }
  if (limits != NULL && limits->max_processes.is_some && limits->max_processes.val == 0) {
    error_internal(error, "invalid request: constraints.max-processes must be a positive integer");
    return false;
  }
  return texts(program, error) &&
         limit(limits ? &limits->time_ms : NULL, config->timeout_ms, "time-ms", &program->time_ms, error) &&
         limit(limits ? &limits->memory_bytes : NULL, config->memory_limit, "memory-bytes", &program->memory_bytes,
               error) &&
         limit(limits ? &limits->file_size_bytes : NULL, UINT64_MAX, "file-size-bytes", &program->file_size_bytes,
               error);
}

// ---- answers

static void captured_stage(golem_exec_types_stage_result_t *stage, int exit_code) {
  *stage = (golem_exec_types_stage_result_t){.exit_code = {true, exit_code}};
  stdio_captured(1, &stage->stdout_);
  stdio_captured(2, &stage->stderr_);
}

bool request_answer(const Outcome *outcome, Result *result, Error *error) {
  bool ok = outcome->kind == OUTCOME_OK;
  *error = (Error){0};
  switch (outcome->kind) {
  case OUTCOME_OK:
    *result = (Result){
        .compile = {true, {.exit_code = {true, 0}}},
        .time_ms = {true, outcome->time_ms},
        .memory_bytes = {true, memory_linear_bytes()},
    };
    captured_stage(&result->run, outcome->exit_code);
    if (outcome->value.ptr != NULL) {
      free(result->run.stdout_.ptr);
      result->run.stdout_ = outcome->value;
    }
    break;
  case OUTCOME_COMPILATION_FAILED:
    error->tag = GOLEM_EXEC_TYPES_ERROR_COMPILATION_FAILED;
    captured_stage(&error->val.compilation_failed, outcome->exit_code);
    break;
  case OUTCOME_RUNTIME_FAILED:
    error->tag = GOLEM_EXEC_TYPES_ERROR_RUNTIME_FAILED;
    captured_stage(&error->val.runtime_failed, outcome->exit_code);
    break;
  case OUTCOME_TIMEOUT: error->tag = GOLEM_EXEC_TYPES_ERROR_TIMEOUT; break;
  case OUTCOME_RESOURCE_EXCEEDED: error->tag = GOLEM_EXEC_TYPES_ERROR_RESOURCE_EXCEEDED; break;
  case OUTCOME_INTERNAL: error_internal(error, "%s", outcome->message); break;
  }
  return ok;
}
