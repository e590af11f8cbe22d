// What the parts of the JavaScript component's C glue share. One section per file.
#ifndef EXEC_ENGINE_H
#define EXEC_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The component for WASI 0.3 exports more: its bindings are those of the same world with the feature `streaming`.
#ifdef EXEC_STREAMING
#include "bindings-streaming/exec_javascript.h"
#else
#include "bindings/exec_javascript.h"
#endif
#include "quickjs.h"

/// UTF-8 text with a length; not NUL-terminated. The component model's string.
typedef exec_javascript_string_t Text;

static inline Text text_of(const char *nul_terminated) {
  return (Text){(uint8_t *)nul_terminated, __builtin_strlen(nul_terminated)};
}

// ---- memory.c: the engine's allocator, with the program's memory limit

extern const JSMallocFunctions memory_functions;

/// Sets the limit (bytes of image and heap together) for the run that begins, and forgets earlier refusals.
void memory_begin(uint64_t limit);
/// Whether an allocation of the current run was refused, by the limit or by the host.
bool memory_was_refused(void);
/// Whether `size` more bytes could be had for data that a host call is about to hand over.
bool memory_has_room(size_t size);
/// Bytes of the instance's whole linear memory.
uint64_t memory_linear_bytes(void);
/// Gives up the count of a block from `memory_functions`, which then belongs to malloc alone.
void memory_disown(void *block);
/// Bytes that image and heap take.
uint64_t memory_used_bytes(void);

// ---- platform.c: clocks, entropy, configuration

/// While true nothing may be asked of the host: the image is being pre-initialised.
extern bool platform_freezing;

uint64_t clock_monotonic_ns(void);
double clock_wall_ms(void);
/// Waits until the monotonic clock reaches `instant_ns`.
void clock_wait_until(uint64_t instant_ns);
void random_fill(uint8_t *into, size_t size);

/// The component's own configuration (wasi:cli/environment), read at every exported call.
typedef struct {
  bool inherit_stdio;
  /// The interpreter lives on between the runs of a session (EXEC_PERSIST=heap).
  bool keep_heap;
  /// `_state` is kept in a file of the workspace between the runs of a session (EXEC_PERSIST=globals).
  bool keep_globals;
  /// The run answers with the value of the program's last expression in place of captured output (EXEC_EVALUATE).
  bool evaluate;
  uint64_t timeout_ms;
  /// Bytes; UINT64_MAX when there is no limit.
  uint64_t memory_limit;
  /// A message when a variable holds something else than a positive integer, else NULL.
  const char *problem;
} Config;

void config_read(Config *config);
/// Whether the name is one of the component's own, which programs do not see.
bool config_is_own_name(Text name);

// ---- text.c: UTF-8, base64, hex

/// Length of the longest valid UTF-8 prefix: `size` when all of it is valid.
size_t utf8_valid_prefix(const uint8_t *bytes, size_t size);
/// Copies as UTF-8 with each invalid sequence replaced by U+FFFD. Allocated with malloc; NULL without memory.
uint8_t *utf8_repaired(const uint8_t *bytes, size_t size, size_t *repaired_size);
/// Decodes in place, strictly. Returns false and the offset of the first bad byte.
bool base64_decode(uint8_t *bytes, size_t *size, size_t *bad_offset);
bool hex_decode(uint8_t *bytes, size_t *size, size_t *bad_offset);

// ---- stdio.c: the program's three standard streams

/// How output is kept when it is not passed on: a sequence of pieces in the order they were written.
typedef struct Chunk {
  struct Chunk *next;
  int fd;
  size_t size, capacity;
  uint8_t data[];
} Chunk;

/// Begins a run: output is passed on (`inherit`) or captured; stdin is `given`, or read from the host
/// (`given` NULL and `host_stdin`), or empty.
void stdio_begin(bool inherit, const Text *given, bool host_stdin);
/// Passes everything written so far on to the host.
void stdio_flush(void);
/// Flushes and gives the host's streams back. Captured output stays until `stdio_forget`.
void stdio_end(void);
void stdio_forget(void);
void stdio_write(int fd, const uint8_t *bytes, size_t size);
void stdio_print(int fd, const char *text);
/// Is given what is written, as it is written; `context` is passed back to it.
typedef void StdioListener(void *context, int fd, const uint8_t *bytes, size_t size);
/// Output that is captured goes to `listener` as well; NULL ends that.
void stdio_listen(StdioListener *listener, void *context);
/// Reads at most `size` bytes of stdin; 0 means its end.
size_t stdio_read(uint8_t *into, size_t size);
/// The captured pieces, oldest first; the caller owns them afterwards.
Chunk *stdio_take_chunks(void);
/// Captured text of one stream, as the component model's string (freed by its receiver).
void stdio_captured(int fd, Text *text);

// ---- files.c: files below the preopened directories

typedef wasi_filesystem_types_error_code_t FileError;

/// A file given with a request, importable even where no directory is preopened.
typedef struct {
  Text path;
  const uint8_t *content;
  size_t size;
} MemoryFile;

void files_begin(uint64_t file_size_limit);
/// Whether a size limit stopped something that the current run wrote.
bool files_met_quota(void);
/// Closes what the program left open and gives the preopened directories back.
/// With `keep_numbers` no number of a descriptor is given out again.
void files_end(bool keep_numbers);
void files_set_memory(const MemoryFile *files, size_t count);
/// Whether an absolute path lies below a preopened directory.
bool files_has_preopen(Text path);
bool files_stat(Text path, bool follow, wasi_filesystem_types_descriptor_stat_t *stat, FileError *error);
/// Whole content, allocated with `memory_functions`.
bool files_read_all(Text path, uint8_t **bytes, size_t *size, FileError *error);
bool files_write_all(Text path, const uint8_t *bytes, size_t size, FileError *error);
bool files_make_directory(Text path, FileError *error);
bool files_remove(Text path, bool directory, FileError *error);
/// Names of a directory's entries, sorted by bytes; allocated with malloc.
bool files_list(Text path, exec_javascript_list_string_t *names, FileError *error);
const char *files_error_text(FileError error);
/// Adds the file functions to the natives object.
int files_add_natives(JSContext *ctx, JSValueConst natives);

// ---- engine.c: life of the JavaScript runtime

typedef enum { HALT_NONE, HALT_EXIT, HALT_TIMEOUT } Halt;

typedef struct {
  JSRuntime *runtime;
  JSContext *context;
  /// The functions that the TypeScript runtime answers with; see `runtime/hooks.ts`.
  JSValue hooks;
  uint64_t deadline_ns;
  /// Why no more of the program's code may run; natives do nothing from then on.
  Halt halt;
  int exit_code;
  bool link_failed;
} Engine;

extern Engine engine;

/// A pristine runtime: the pre-initialised one the first time, a new one afterwards. False without memory.
bool engine_fresh(void);
/// Goes on with the runtime of the last run that kept its heap; a fresh one if there is none. False as above.
bool engine_continue(void);
/// Sets stack limits for the caller's position on the stack.
void engine_enter(size_t stack_bytes);
/// Stops the program at once: throws what no program can catch.
JSValue engine_halt(Halt why);
/// Calls a hook; takes ownership of no argument.
JSValue engine_call(const char *hook, int count, JSValueConst *arguments);
/// The function that a part of the TypeScript runtime is (runtime/parts.ts); the number is one of ours.
JSValue engine_part(JSContext *ctx, uint32_t index);

// ---- parts.c: the bytecode of the runtime's parts

/// Copies `size` bytes of it, from the offset `from`, into the memory.
void parts_read(void *into, uint32_t from, uint32_t size);

// ---- natives.c: what the TypeScript runtime is given

JSValue natives_new(JSContext *ctx);
/// UTF-8 of a JavaScript value's string, lone surrogates as U+FFFD (the component model refuses them).
/// Free with JS_FreeCString. NULL with an exception pending.
const char *native_text(JSContext *ctx, JSValueConst value, Text *text);

// ---- modules.c: ES modules

void modules_install(JSRuntime *runtime);
/// compileModule(source, id) → a function that links and evaluates it, returning its promise.
JSValue native_compile_module(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv);
JSValue native_compile_script(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv);

// ---- program.c: one run of one program

typedef struct {
  Text entrypoint;
  /// When set, the program's text, and `entrypoint` its name only.
  const Text *source;
  Text working_dir;
  exec_javascript_list_string_t args;
  exec_javascript_list_tuple2_string_string_t env;
  bool has_stdin;
  Text stdin_text;
  /// stdin comes from the host where none is given, even when output is captured.
  bool host_stdin;
  /// Output is captured, or passed on, whatever the configuration says.
  bool capture, inherit;
  /// The program is one of a session.
  bool in_session;
  uint64_t time_ms, memory_bytes, file_size_bytes;
} Program;

typedef enum {
  OUTCOME_OK,
  OUTCOME_COMPILATION_FAILED,
  OUTCOME_RUNTIME_FAILED,
  OUTCOME_TIMEOUT,
  OUTCOME_RESOURCE_EXCEEDED,
  OUTCOME_INTERNAL,
} OutcomeKind;

typedef struct {
  OutcomeKind kind;
  int exit_code;
  uint64_t time_ms;
  /// For OUTCOME_INTERNAL; static text.
  const char *message;
  /// The value of the program as JSON, where it was asked for and there is one; allocated with malloc.
  Text value;
} Outcome;

void program_run(const Program *program, const Config *config, Outcome *outcome);
/// Whether a program waits while a call enters the instance, which only the streaming component lets happen.
bool program_is_running(void);

// ---- request.c: what callers ask for, checked

typedef exports_golem_exec_executor_error_t Error;
typedef exports_golem_exec_executor_result_t Result;
typedef golem_exec_types_file_t File;
typedef golem_exec_types_limits_t Limits;

void error_internal(Error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/// A failure of the working directory or of an upload, as the program's own stage would show it.
void error_stage(Error *error, uint8_t tag, const char *format, ...) __attribute__((format(printf, 3, 4)));
/// `base` joined with `path`, `.` and `..` resolved; allocated with malloc.
Text path_resolve(Text base, Text path);
bool path_is_below_app(Text path);
/// Checks a file's name and decodes its content in place. `field` names it in messages.
bool request_file(File *file, Text base, const char *field, Text *path, Error *error);
/// Checks arguments and environment of the program, and fills in its limits.
bool request_input(const Limits *limits, const Config *config, Program *program, Error *error);
/// Turns an outcome and the captured output into what the exported functions return. The output stays captured.
bool request_answer(const Outcome *outcome, Result *result, Error *error);

/// One call of executor.run: the files are written, the first is run, what was created is removed.
bool executor_run_files(exports_golem_exec_executor_list_file_t *files, Program *program, const Config *config,
                        Outcome *outcome, Error *error);

// ---- session.c

typedef struct exports_golem_exec_sessions_session_t Session;

/// NULL when no session is open.
Session *session_open(void);
/// A name for the session that outlives it.
uint64_t session_id(const Session *session);
/// NULL when the session's handle was dropped.
Session *session_of_id(uint64_t id);
/// Claims the instance for the session. False with the reason when that is not possible.
bool session_enter(Session *session, Error *error);
Text session_working_dir(const Session *session);

// ---- deferred.c: calls whose program runs after they have returned

typedef struct {
  golem_exec_types_language_kind_t kind;
  /// The program is the first of `files`; else it is the session's file `entrypoint`.
  bool of_files;
  exports_golem_exec_executor_list_file_t files;
  uint64_t session;
  Text entrypoint;
  Program program;
  bool has_limits;
  Limits limits;
} Deferred;

/// Takes over what the call was given; what says which program it is remains to be set.
Deferred deferred_new(const exec_javascript_list_string_t *args, const exec_javascript_string_t *stdin_text,
                      const exec_javascript_list_tuple2_string_string_t *env, const Limits *limits);
/// Runs the program; fills `result`, or `error` when it answers false. The output stays captured.
bool deferred_run(Deferred *call, Result *result, Error *error);
/// A session was closed or dropped: its program, if one runs in a stream, ends with `internal`.
void deferred_session_closed(uint64_t id);
/// Whether that has happened to the program that runs: nothing that it prints is wanted any more.
bool deferred_session_is_closed(void);
void deferred_free(Deferred *call);

#endif
