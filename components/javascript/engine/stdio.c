// The program's standard streams: passed on to the host as they are written, or captured in pieces.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum {
  CHUNK_BYTES = 64 << 10,     // largest piece of captured output (pull-streaming's chunk)
  CAPTURE_BYTES = 2 << 20,    // captured per stream; what comes after is dropped
  STDIN_READ_BYTES = 64 << 10, // asked of the host at once
  SMALL_WRITE_BYTES = 4096     // wasi:io §blocking-write-and-flush takes no more; one call instead of three
};

typedef struct {
  bool acquired, closed, unflushed;
  wasi_io_streams_own_output_stream_t stream;
} Sink;

static bool inheriting;
static Sink sinks[2];
static Chunk *first_chunk, *last_chunk;
static size_t captured_bytes[2];
static StdioListener *listener;
static void *listener_context;

static const Text *stdin_given;
static size_t stdin_position;
static bool stdin_from_host, stdin_acquired, stdin_ended;
static wasi_io_streams_own_input_stream_t stdin_stream;

void stdio_begin(bool inherit, const Text *given, bool host_stdin) {
  stdio_forget();
  inheriting = inherit;
  stdin_given = given;
  stdin_position = 0;
  stdin_from_host = given == NULL && host_stdin;
  stdin_ended = false;
}

// ---- output

static void sink_failed(Sink *sink, wasi_io_streams_stream_error_t *error) {
  // A reader that went away is not the program's fault: like a shell's /dev/null from here on.
  sink->closed = true;
  wasi_io_streams_stream_error_free(error);
}

static void sink_write(Sink *sink, int fd, const uint8_t *bytes, size_t size) {
  if (!sink->acquired) {
    sink->stream = fd == 1 ? wasi_cli_stdout_get_stdout() : wasi_cli_stderr_get_stderr();
    sink->acquired = true;
  }
  wasi_io_streams_borrow_output_stream_t stream = wasi_io_streams_borrow_output_stream(sink->stream);
  wasi_io_streams_stream_error_t error;
  if (size > 0 && size <= SMALL_WRITE_BYTES && !sink->closed) {
    exec_javascript_list_u8_t contents = {(uint8_t *)bytes, size};
    if (!wasi_io_streams_method_output_stream_blocking_write_and_flush(stream, &contents, &error))
      sink_failed(sink, &error);
    return;
  }
  while (size > 0 && !sink->closed) {
    uint64_t permitted = 0;
    if (!wasi_io_streams_method_output_stream_check_write(stream, &permitted, &error)) {
      sink_failed(sink, &error);
      return;
    }
    if (permitted == 0) {
      wasi_io_streams_own_pollable_t ready = wasi_io_streams_method_output_stream_subscribe(stream);
      wasi_io_poll_method_pollable_block(wasi_io_poll_borrow_pollable(ready));
      wasi_io_poll_pollable_drop_own(ready);
      continue;
    }
    size_t part = permitted < size ? (size_t)permitted : size;
    exec_javascript_list_u8_t contents = {(uint8_t *)bytes, part};
    if (!wasi_io_streams_method_output_stream_write(stream, &contents, &error)) {
      sink_failed(sink, &error);
      return;
    }
    sink->unflushed = true;
    bytes += part;
    size -= part;
  }
}

static void capture(int fd, const uint8_t *bytes, size_t size) {
  size_t room = CAPTURE_BYTES - captured_bytes[fd - 1];
  if (size > room) size = room;
  captured_bytes[fd - 1] += size;
  while (size > 0) {
    Chunk *chunk = last_chunk;
    if (chunk == NULL || chunk->fd != fd || chunk->size == CHUNK_BYTES) {
      size_t capacity = size < 256 ? 256 : size < CHUNK_BYTES ? size : CHUNK_BYTES;
      chunk = malloc(sizeof *chunk + capacity);
      if (chunk == NULL) return;
      *chunk = (Chunk){.fd = fd, .capacity = capacity};
      *(last_chunk ? &last_chunk->next : &first_chunk) = chunk;
      last_chunk = chunk;
    } else if (chunk->size == chunk->capacity) {
      size_t capacity = chunk->capacity * 2 < CHUNK_BYTES ? chunk->capacity * 2 : CHUNK_BYTES;
      Chunk **link = &first_chunk;
      while (*link != chunk) link = &(*link)->next;
      chunk = realloc(chunk, sizeof *chunk + capacity);
      if (chunk == NULL) return;
      chunk->capacity = capacity;
      *link = last_chunk = chunk;
    }
    size_t part = chunk->capacity - chunk->size;
    if (part > size) part = size;
    memcpy(chunk->data + chunk->size, bytes, part);
    chunk->size += part;
    bytes += part;
    size -= part;
  }
}

void stdio_listen(StdioListener *to, void *context) {
  listener = to;
  listener_context = context;
}

void stdio_write(int fd, const uint8_t *bytes, size_t size) {
  if (inheriting) {
    sink_write(&sinks[fd - 1], fd, bytes, size);
    return;
  }
  capture(fd, bytes, size);
  if (listener != NULL) listener(listener_context, fd, bytes, size);
}

void stdio_print(int fd, const char *text) { stdio_write(fd, (const uint8_t *)text, strlen(text)); }

void stdio_flush(void) {
  for (int i = 0; i < 2; i++) {
    Sink *sink = &sinks[i];
    wasi_io_streams_stream_error_t error;
    if (!sink->unflushed || sink->closed) continue;
    sink->unflushed = false;
    if (!wasi_io_streams_method_output_stream_blocking_flush(wasi_io_streams_borrow_output_stream(sink->stream),
                                                             &error))
      sink_failed(sink, &error);
  }
}

void stdio_end(void) {
  stdio_flush();
  for (int i = 0; i < 2; i++) {
    if (sinks[i].acquired) wasi_io_streams_output_stream_drop_own(sinks[i].stream);
    sinks[i] = (Sink){0};
  }
  if (stdin_acquired) wasi_io_streams_input_stream_drop_own(stdin_stream);
  stdin_acquired = false;
  stdin_given = NULL;
}

static void free_chunks(Chunk *chunk) {
  while (chunk != NULL) {
    Chunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
}

void stdio_forget(void) {
  free_chunks(first_chunk);
  first_chunk = last_chunk = NULL;
  captured_bytes[0] = captured_bytes[1] = 0;
}

Chunk *stdio_take_chunks(void) {
  Chunk *chunks = first_chunk;
  first_chunk = last_chunk = NULL;
  captured_bytes[0] = captured_bytes[1] = 0;
  return chunks;
}

void stdio_captured(int fd, Text *text) {
  *text = (Text){NULL, 0};
  size_t size = 0;
  for (const Chunk *chunk = first_chunk; chunk != NULL; chunk = chunk->next)
    if (chunk->fd == fd) size += chunk->size;
  if (size == 0) return;
  uint8_t *joined = malloc(size), *to = joined;
  if (joined == NULL) return;
  for (const Chunk *chunk = first_chunk; chunk != NULL; chunk = chunk->next) {
    if (chunk->fd != fd) continue;
    memcpy(to, chunk->data, chunk->size);
    to += chunk->size;
  }
  text->ptr = utf8_repaired(joined, size, &text->len);
  free(joined);
}

// ---- input

static size_t read_host(uint8_t *into, size_t size) {
  if (stdin_ended) return 0;
  if (!stdin_acquired) {
    stdin_stream = wasi_cli_stdin_get_stdin();
    stdin_acquired = true;
  }
  stdio_flush();
  uint64_t asked = size < STDIN_READ_BYTES ? size : STDIN_READ_BYTES;
  if (!memory_has_room(asked)) return 0;
  for (;;) {
    exec_javascript_list_u8_t bytes;
    wasi_io_streams_stream_error_t error;
    if (!wasi_io_streams_method_input_stream_blocking_read(wasi_io_streams_borrow_input_stream(stdin_stream), asked,
                                                           &bytes, &error)) {
      wasi_io_streams_stream_error_free(&error);
      stdin_ended = true;
      return 0;
    }
    size_t got = bytes.len < size ? bytes.len : size;
    memcpy(into, bytes.ptr, got);
    exec_javascript_list_u8_free(&bytes);
    if (got > 0) return got;
  }
}

size_t stdio_read(uint8_t *into, size_t size) {
  if (size == 0) return 0;
  if (stdin_from_host) return read_host(into, size);
  if (stdin_given == NULL) return 0;
  size_t rest = stdin_given->len - stdin_position;
  size_t got = rest < size ? rest : size;
  memcpy(into, stdin_given->ptr + stdin_position, got);
  stdin_position += got;
  return got;
}
