// Clocks, entropy and configuration over WASI 0.2, and answers to the few WASI preview 1 calls that libc makes:
// with them no adapter module is needed, and all state of the component is in one memory.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

bool platform_freezing;

uint64_t clock_monotonic_ns(void) { return platform_freezing ? 0 : wasi_clocks_monotonic_clock_now(); }

double clock_wall_ms(void) {
  if (platform_freezing) return 0;
  wasi_clocks_wall_clock_datetime_t now;
  wasi_clocks_wall_clock_now(&now);
  return (double)now.seconds * 1e3 + (double)now.nanoseconds / 1e6;
}

void clock_wait_until(uint64_t instant_ns) {
  wasi_io_poll_own_pollable_t timer = wasi_clocks_monotonic_clock_subscribe_instant(instant_ns);
  wasi_io_poll_method_pollable_block(wasi_io_poll_borrow_pollable(timer));
  wasi_io_poll_pollable_drop_own(timer);
}

void random_fill(uint8_t *into, size_t size) {
  while (size > 0) {
    size_t part = size < 4096 ? size : 4096;
    exec_javascript_list_u8_t bytes;
    wasi_random_random_get_random_bytes(part, &bytes);
    if (bytes.len > part) bytes.len = part;
    memcpy(into, bytes.ptr, bytes.len);
    into += bytes.len;
    size -= bytes.len;
    exec_javascript_list_u8_free(&bytes);
  }
}

// ---- configuration

static bool equals(Text text, const char *other) {
  return text.len == strlen(other) && memcmp(text.ptr, other, text.len) == 0;
}

bool config_is_own_name(Text name) {
  return equals(name, "EXEC_TIMEOUT_MS") || equals(name, "EXEC_MEMORY_LIMIT_MB") || equals(name, "EXEC_STDIO") ||
         equals(name, "EXEC_PERSIST") || equals(name, "EXEC_EVALUATE");
}

static bool positive_integer(Text text, uint64_t *value) {
  // 15 digits stay far from overflow in nanoseconds and in bytes.
  if (text.len == 0 || text.len > 12) return false;
  uint64_t number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    number = number * 10 + (text.ptr[i] - '0');
  }
  *value = number;
  return number > 0;
}

void config_read(Config *config) {
  *config = (Config){.timeout_ms = 5000, .memory_limit = UINT64_MAX};
  exec_javascript_list_tuple2_string_string_t environment;
  wasi_cli_environment_get_environment(&environment);
  for (size_t i = 0; i < environment.len; i++) {
    Text name = environment.ptr[i].f0, value = environment.ptr[i].f1;
    if (equals(name, "EXEC_STDIO")) {
      config->inherit_stdio = equals(value, "inherit");
    } else if (equals(name, "EXEC_EVALUATE")) {
      config->evaluate = equals(value, "1");
    } else if (equals(name, "EXEC_PERSIST")) {
      config->keep_heap = equals(value, "heap");
      config->keep_globals = equals(value, "globals");
    } else if (equals(name, "EXEC_TIMEOUT_MS") && value.len > 0) {
      if (!positive_integer(value, &config->timeout_ms))
        config->problem = "EXEC_TIMEOUT_MS must be a positive whole number of milliseconds";
    } else if (equals(name, "EXEC_MEMORY_LIMIT_MB") && value.len > 0) {
      uint64_t megabytes = 0;
      if (!positive_integer(value, &megabytes))
        config->problem = "EXEC_MEMORY_LIMIT_MB must be a positive whole number of megabytes";
      config->memory_limit = megabytes << 20;
    }
  }
  exec_javascript_list_tuple2_string_string_free(&environment);
}

// ---- WASI preview 1, as far as libc refers to it

#define PREVIEW1(name) __imported_wasi_snapshot_preview1_##name
enum { PREVIEW1_OK = 0, PREVIEW1_BADF = 8, PREVIEW1_CLOCK_REALTIME = 0 };

/// In place of libc's, which brings its own table of preopened directories along.
int close(int fd) {
  (void)fd;
  return -1;
}

int32_t PREVIEW1(fd_fdstat_get)(int32_t fd, int32_t stat) {
  (void)fd, (void)stat;
  return PREVIEW1_BADF;
}

int32_t PREVIEW1(fd_seek)(int32_t fd, int64_t offset, int32_t whence, int32_t result) {
  (void)fd, (void)offset, (void)whence, (void)result;
  return PREVIEW1_BADF;
}

int32_t PREVIEW1(fd_write)(int32_t fd, int32_t vectors, int32_t count, int32_t written) {
  (void)fd, (void)vectors, (void)count, (void)written;
  return PREVIEW1_BADF;
}

int32_t PREVIEW1(clock_time_get)(int32_t clock, int64_t precision, int32_t result) {
  (void)precision;
  *(uint64_t *)(uintptr_t)result =
      clock == PREVIEW1_CLOCK_REALTIME ? (uint64_t)(clock_wall_ms() * 1e6) : clock_monotonic_ns();
  return PREVIEW1_OK;
}
