// One run of one program: compile, evaluate, turn the event loop until nothing is left to wait for, and say how it
// ended.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum {
  EXIT_UNCAUGHT = 1,
  EXIT_FAILED_HANDLER = 7, // Node's "Internal Exception Handler Run-Time Failure"
  EXIT_UNSETTLED_AWAIT = 13, // Node's "Unsettled Top-Level Await"
};

// Bytes of C stack that programs may use. V8's own stack takes up to 16 times as much, so that the larger one needs
// a worker with at least 16 MiB; a bare Wasmtime traps at 512 KiB of native stack, which the smaller one stays below.
enum { STACK_HOSTED = 1 << 20, STACK_BARE = 128 << 10 };

/// Whether the failure of the program's own promise was dealt with.
static bool main_rejected;
static bool running;

bool program_is_running(void) { return running; }

/// Longest run in nanoseconds (about 30 years), far from overflow when added to an instant.
static const uint64_t LONGEST_RUN_NS = 1000000000ull * 1000000000ull;

typedef enum {
  ERROR_FATAL = 0,
  ERROR_HANDLED = 1, // by the program's own 'uncaughtException' listener
  ERROR_QUOTA = 2,   // fatal, and of the kind that a size limit causes
  ERROR_HANDLER = 3, // fatal, thrown by the program's own listener
} Verdict;

static bool is_out_of_memory(JSContext *ctx, JSValueConst error) {
  // Without memory for an error object the engine throws null.
  if (JS_IsNull(error)) return true;
  if (!JS_IsError(error)) return false;
  JSValue message = JS_GetPropertyStr(ctx, error, "message");
  const char *text = JS_IsString(message) ? JS_ToCString(ctx, message) : NULL;
  bool matches = text != NULL && strcmp(text, "out of memory") == 0;
  JS_FreeCString(ctx, text);
  JS_FreeValue(ctx, message);
  if (JS_HasException(ctx)) JS_FreeValue(ctx, JS_GetException(ctx));
  return matches || (text == NULL && memory_was_refused());
}

static void out_of_memory(Outcome *outcome) {
  stdio_print(2, "out of memory: the program needed more than its memory limit\n");
  outcome->kind = OUTCOME_RESOURCE_EXCEEDED;
}

/// Whether the program was stopped on purpose; fills the outcome if so.
static bool halted(Outcome *outcome) {
  if (engine.halt == HALT_EXIT) {
    // An exit asked for while a failure was being reported keeps the failure, with the code asked for.
    outcome->exit_code = engine.exit_code & 0xff;
  } else if (engine.halt == HALT_TIMEOUT) {
    outcome->kind = OUTCOME_TIMEOUT;
  }
  return engine.halt != HALT_NONE;
}

/// Deals with the pending exception. Returns whether the program goes on.
static bool survive(Outcome *outcome) {
  JSContext *ctx = engine.context;
  JSValue error = JS_GetException(ctx);
  if (halted(outcome)) {
    JS_FreeValue(ctx, error);
    return false;
  }
  if (memory_was_refused() && is_out_of_memory(ctx, error)) {
    JS_FreeValue(ctx, error);
    out_of_memory(outcome);
    return false;
  }
  outcome->kind = OUTCOME_RUNTIME_FAILED;
  outcome->exit_code = EXIT_UNCAUGHT;
  JSValueConst arguments[] = {error};
  JSValue verdict = engine_call("uncaught", 1, arguments);
  JS_FreeValue(ctx, error);
  if (JS_IsException(verdict)) {
    JS_FreeValue(ctx, JS_GetException(ctx));
    if (halted(outcome)) {
      if (engine.halt == HALT_EXIT) outcome->kind = OUTCOME_OK;
    } else if (memory_was_refused()) {
      out_of_memory(outcome);
    } else {
      stdio_print(2, "Uncaught exception (it could not be printed)\n");
    }
    return false;
  }
  int32_t answer = JS_VALUE_GET_TAG(verdict) == JS_TAG_INT ? JS_VALUE_GET_INT(verdict) : ERROR_FATAL;
  JS_FreeValue(ctx, verdict);
  if (answer == ERROR_HANDLED) {
    outcome->kind = OUTCOME_OK;
    outcome->exit_code = 0;
    return true;
  }
  if (answer == ERROR_HANDLER) outcome->exit_code = EXIT_FAILED_HANDLER;
  if (answer == ERROR_QUOTA && (files_met_quota() || memory_was_refused())) outcome->kind = OUTCOME_RESOURCE_EXCEEDED;
  return false;
}

/// Calls a hook that answers with a number. Where the hook failed and the program goes on all the same, `*answer` stays
/// as it was. False when the program is over.
static bool ask(const char *hook, double *answer, Outcome *outcome) {
  JSValue value = engine_call(hook, 0, NULL);
  bool failed = JS_IsException(value) || JS_ToFloat64(engine.context, answer, value) != 0;
  JS_FreeValue(engine.context, value);
  return failed ? survive(outcome) : true;
}

/// Runs promise jobs until there are none. False when the program is over.
static bool run_jobs(bool *ran, Outcome *outcome) {
  JSContext *ctx;
  int status;
  *ran = false;
  while ((status = JS_ExecutePendingJob(engine.runtime, &ctx)) != 0) {
    *ran = true;
    if (status < 0 && !survive(outcome)) return false;
    if (halted(outcome)) return false;
  }
  return true;
}

/// Runs ticks and promise jobs until there are none. `main` is the program's promise: that it failed goes before
/// what else was rejected. False when the program is over.
static bool drain(JSValueConst main, bool jobs_first, Outcome *outcome) {
  for (;; jobs_first = false) {
    double ticks = -1, rejected = 1;
    bool ran;
    if (!jobs_first && !ask("runTicks", &ticks, outcome)) return false;
    // A tick failed, and the program goes on: the other ticks are next.
    if (!jobs_first && ticks < 0) continue;
    if (!run_jobs(&ran, outcome)) return false;
    if (JS_PromiseState(engine.context, main) == JS_PROMISE_REJECTED && !main_rejected) {
      main_rejected = true;
      JSValue reason = JS_PromiseResult(engine.context, main);
      if (memory_was_refused() && is_out_of_memory(engine.context, reason)) {
        JS_FreeValue(engine.context, reason);
        out_of_memory(outcome);
        return false;
      }
      JSValueConst arguments[] = {reason};
      JSValue error = engine_call("mainRejection", 1, arguments);
      JS_FreeValue(engine.context, reason);
      if (!JS_IsException(error)) JS_Throw(engine.context, error);
      if (!survive(outcome)) return false;
    }
    // Jobs may have asked for ticks, which go before the reports.
    if (ran || jobs_first) continue;
    if (!ask("reportRejections", &rejected, outcome)) return false;
    if (!JS_IsJobPending(engine.runtime) && ticks == 0 && rejected == 0) return true;
  }
}

/// Waits until the next timer, or the deadline.
static bool wait_for(double milliseconds, Outcome *outcome) {
  stdio_flush();
  uint64_t now = clock_monotonic_ns(), until = engine.deadline_ns;
  if (milliseconds < 1e12 && now + (uint64_t)(milliseconds * 1e6) < until) until = now + (uint64_t)(milliseconds * 1e6);
  if (until > now) clock_wait_until(until);
  if (clock_monotonic_ns() < engine.deadline_ns) return true;
  engine.halt = HALT_TIMEOUT;
  halted(outcome);
  return false;
}

/// The event loop, until nothing is left. False when the program is over before that. As in Node, a module is itself a
/// promise job, so that other jobs go before its ticks.
static bool turn_until_idle(JSValueConst main_promise, bool is_module, Outcome *outcome) {
  for (;; is_module = false) {
    if (!drain(main_promise, is_module, outcome)) return false;
    double wait = 0;
    if (!ask("turn", &wait, outcome)) return false;
    if (wait < 0) return true;
    if (wait > 0 && !wait_for(wait, outcome)) return false;
  }
}

static JSValue strings(JSContext *ctx, const Text *texts, size_t count) {
  JSValue array = JS_NewArray(ctx);
  for (size_t i = 0; i < count; i++)
    JS_DefinePropertyValueUint32(ctx, array, (uint32_t)i,
                                 JS_NewStringLen(ctx, (const char *)texts[i].ptr, texts[i].len), JS_PROP_C_W_E);
  return array;
}

static JSValue string(JSContext *ctx, Text text) { return JS_NewStringLen(ctx, (const char *)text.ptr, text.len); }

/// Compiles the program. Returns a function that runs it; undefined when it could not be had.
static JSValue compile(const Program *program, const Config *config, uint64_t began, Outcome *outcome) {
  JSContext *ctx = engine.context;
  // See `start` in runtime/hooks.ts.
  JSValue arguments[] = {
      JS_NewFloat64(ctx, (double)began / 1e6),
      JS_NewBool(ctx, config->keep_heap),
      JS_NewBool(ctx, config->evaluate && program->in_session),
      JS_NewBool(ctx, config->keep_globals && program->in_session),
      string(ctx, program->entrypoint),
      program->source == NULL ? JS_UNDEFINED : string(ctx, *program->source),
      string(ctx, program->working_dir),
      strings(ctx, program->args.ptr, program->args.len),
      // Name, value, name, value: a list of pairs lies in memory just so.
      strings(ctx, (const Text *)program->env.ptr, program->env.len * 2),
  };
  enum { COUNT = sizeof arguments / sizeof *arguments };
  bool complete = true;
  for (int i = 0; i < COUNT; i++) complete = complete && !JS_IsException(arguments[i]);
  JSValue main = complete ? engine_call("start", COUNT, arguments) : JS_EXCEPTION;
  for (int i = 0; i < COUNT; i++) JS_FreeValue(ctx, arguments[i]);
  if (!JS_IsException(main)) return main;
  survive(outcome);
  return JS_UNDEFINED;
}

/// Before the program ran: what failed is its compilation, unless the error is not one of syntax (a missing file).
static void blame_syntax(Outcome *outcome) {
  double syntax = 0;
  if (outcome->kind == OUTCOME_RUNTIME_FAILED && ask("syntaxFailed", &syntax, outcome) && syntax != 0)
    outcome->kind = OUTCOME_COMPILATION_FAILED;
}

static void run(const Program *program, const Config *config, uint64_t began, Outcome *outcome) {
  JSContext *ctx = engine.context;
  JSValue main = compile(program, config, began, outcome);
  if (JS_IsUndefined(main)) return blame_syntax(outcome);
  double is_module = 0;
  if (!ask("mainIsModule", &is_module, outcome)) return JS_FreeValue(ctx, main);
  engine.link_failed = false;
  JSValue promise = JS_Call(ctx, main, JS_UNDEFINED, 0, NULL);
  JS_FreeValue(ctx, main);
  bool goes_on = true;
  if (JS_IsException(promise)) {
    bool link_failed = is_module != 0 && engine.link_failed;
    goes_on = survive(outcome);
    if (link_failed) {
      blame_syntax(outcome);
      goes_on = false;
    }
    promise = JS_UNDEFINED;
  }
  // Its rejection is the program's failure, not an unhandled one.
  if (JS_IsPromise(promise)) JS_PromiseMarkAsHandled(ctx, promise);
  while (goes_on && turn_until_idle(promise, is_module != 0, outcome)) {
    double ignored, idle = 0;
    is_module = 0;
    if (!ask("beforeExit", &ignored, outcome) || !drain(promise, false, outcome) || !ask("isIdle", &idle, outcome)) break;
    if (idle == 0) continue;
    if (JS_PromiseState(ctx, promise) == JS_PROMISE_PENDING) {
      double code = 0;
      outcome->kind = OUTCOME_RUNTIME_FAILED;
      outcome->exit_code = EXIT_UNSETTLED_AWAIT;
      if (ask("unsettled", &code, outcome) && code != 0) outcome->exit_code = (int)code & 0xff;
    }
    break;
  }
  JS_FreeValue(ctx, promise);
}

/// Runs the listeners of 'exit', which may still set another exit code.
static void leave(Outcome *outcome) {
  JSValueConst arguments[] = {JS_NewInt32(engine.context, outcome->exit_code),
                              JS_NewBool(engine.context, outcome->kind != OUTCOME_OK)};
  JSValue code = engine_call("leave", 2, arguments);
  int32_t number;
  if (JS_IsException(code))
    survive(outcome);
  else if (JS_ToInt32(engine.context, &number, code) == 0)
    outcome->exit_code = number & 0xff;
  JS_FreeValue(engine.context, code);
  // What the listeners asked for at once still runs; no timer and no tick.
  bool ran;
  if (engine.halt == HALT_NONE) run_jobs(&ran, outcome);
}

/// Takes the value of the program's last expression, if it came to that.
static void take_value(Outcome *outcome) {
  JSContext *ctx = engine.context;
  JSValue text = engine_call("evaluated", 0, NULL);
  size_t size;
  const char *bytes = JS_IsString(text) ? JS_ToCStringLen(ctx, &size, text) : NULL;
  if (bytes != NULL) {
    outcome->value = (Text){malloc(size), size};
    if (outcome->value.ptr == NULL)
      out_of_memory(outcome);
    else
      memcpy(outcome->value.ptr, bytes, size);
  }
  JS_FreeCString(ctx, bytes);
  JS_FreeValue(ctx, text);
  if (JS_HasException(ctx)) {
    JS_FreeValue(ctx, JS_GetException(ctx));
    out_of_memory(outcome);
  }
}

#define NOT_SAVED "golem-exec: /app/.session_state.json: the state of this run is not saved: "

/// Keeps `_state` for the next run of the session. A program that exited is not to run again, but the runtime may.
static void save_state(Outcome *outcome) {
  engine.halt = HALT_NONE;
  JSValue done = engine_call("saveState", 0, NULL);
  if (JS_IsException(done)) {
    JS_FreeValue(engine.context, JS_GetException(engine.context));
    if (engine.halt == HALT_TIMEOUT)
      outcome->kind = OUTCOME_TIMEOUT;
    else
      stdio_print(2, memory_was_refused() ? NOT_SAVED "out of memory\n" : NOT_SAVED "an error of the runtime\n");
  }
  JS_FreeValue(engine.context, done);
}

void program_run(const Program *program, const Config *config, Outcome *outcome) {
  uint64_t began = clock_monotonic_ns();
  *outcome = (Outcome){.kind = OUTCOME_OK};
  main_rejected = false;
  running = true;
  memory_begin(program->memory_bytes);
  stdio_begin((config->inherit_stdio && !program->capture) || program->inherit, program->has_stdin ? &program->stdin_text : NULL,
              config->inherit_stdio || program->host_stdin);
  files_begin(program->file_size_bytes);
  if (memory_used_bytes() > program->memory_bytes || !(config->keep_heap ? engine_continue() : engine_fresh())) {
    out_of_memory(outcome);
  } else {
    uint64_t limit_ns = program->time_ms < LONGEST_RUN_NS / 1000000 ? program->time_ms * 1000000 : LONGEST_RUN_NS;
    engine.deadline_ns = began + limit_ns;
    engine_enter(config->inherit_stdio ? STACK_HOSTED : STACK_BARE);
    run(program, config, began, outcome);
    if (!config->keep_heap && engine.halt == HALT_NONE && outcome->kind <= OUTCOME_RUNTIME_FAILED) leave(outcome);
    if (config->evaluate && program->in_session && engine.halt == HALT_NONE && outcome->kind == OUTCOME_OK)
      take_value(outcome);
    if (config->keep_globals && program->in_session && outcome->kind == OUTCOME_OK) save_state(outcome);
  }
  // The interrupt handler looks at the clock every so many steps only.
  if (outcome->kind == OUTCOME_OK && clock_monotonic_ns() >= engine.deadline_ns) outcome->kind = OUTCOME_TIMEOUT;
  stdio_end();
  running = false;
  files_end(config->keep_heap);
  outcome->time_ms = (clock_monotonic_ns() - began) / 1000000;
}
