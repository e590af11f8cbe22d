// Life of the JavaScript runtime: the first is made while the component is built and frozen into its image, with
// the TypeScript runtime evaluated; each later run in the same instance gets a new one from the same bytecode.
#include <string.h>

#include "engine.h"

Engine engine;

enum { GC_HEADROOM_BYTES = 1 << 20 };

static bool pristine;
/// Whether the runtime is that of a session which keeps its heap.
static bool kept;

/// The bundle of `runtime/`, one function expression, compiled by compiler.c while the component is built. It is the first
/// of the parts, too, from which it is taken once the image is made: there it is zero.
static uint8_t runtime_bytecode[] = {
#embed "runtime.bytecode"
};
enum { RUNTIME_PART, FIRST_LAZY_PART };

static int on_interrupt(JSRuntime *runtime, void *opaque) {
  (void)runtime, (void)opaque;
  if (engine.halt == HALT_NONE && clock_monotonic_ns() >= engine.deadline_ns) engine.halt = HALT_TIMEOUT;
  return engine.halt != HALT_NONE;
}

static void on_rejection(JSContext *ctx, JSValueConst promise, JSValueConst reason, bool is_handled, void *opaque) {
  (void)opaque;
  JSValueConst arguments[] = {promise, reason, JS_NewBool(ctx, is_handled)};
  JSValue done = engine_call("rejection", 3, arguments);
  // Without memory or stack the rejection goes unnoticed; the program's own failure shows all the same.
  if (JS_IsException(done)) JS_FreeValue(ctx, JS_GetException(ctx));
  JS_FreeValue(ctx, done);
}

JSValue engine_call(const char *hook, int count, JSValueConst *arguments) {
  JSValue function = JS_GetPropertyStr(engine.context, engine.hooks, hook);
  if (JS_IsException(function)) return function;
  JSValue result = JS_Call(engine.context, function, JS_UNDEFINED, count, arguments);
  JS_FreeValue(engine.context, function);
  return result;
}

JSValue engine_halt(Halt why) {
  engine.halt = why;
  JS_ThrowInternalError(engine.context, "halted");
  JSValue error = JS_GetException(engine.context);
  JS_SetUncatchableError(engine.context, error);
  return JS_Throw(engine.context, error);
}

/// The value of a script that was compiled while the component was built.
static JSValue evaluate_bytecode(JSContext *ctx, const uint8_t *bytecode, size_t size) {
  JSValue compiled = JS_ReadObject(ctx, bytecode, size, JS_READ_OBJ_BYTECODE);
  return JS_IsException(compiled) ? compiled : JS_EvalFunction(ctx, compiled);
}

static JSValue evaluate_part(JSContext *ctx, uint32_t number) {
  uint32_t bounds[2];
  parts_read(bounds, number * sizeof *bounds, sizeof bounds);
  uint32_t size = bounds[1] - bounds[0];
  uint8_t *bytecode = js_malloc(ctx, size);
  if (bytecode == NULL) return JS_EXCEPTION;
  parts_read(bytecode, bounds[0], size);
  JSValue value = evaluate_bytecode(ctx, bytecode, size);
  js_free(ctx, bytecode);
  return value;
}

JSValue engine_part(JSContext *ctx, uint32_t index) { return evaluate_part(ctx, FIRST_LAZY_PART + index); }

static bool evaluate_runtime(JSContext *ctx) {
  JSValue setup = platform_freezing ? evaluate_bytecode(ctx, runtime_bytecode, sizeof runtime_bytecode)
                                    : evaluate_part(ctx, RUNTIME_PART);
  if (JS_IsException(setup)) return false;
  JSValue natives = natives_new(ctx);
  JSValueConst arguments[] = {natives};
  engine.hooks = JS_Call(ctx, setup, JS_UNDEFINED, 1, arguments);
  JS_FreeValue(ctx, natives);
  JS_FreeValue(ctx, setup);
  return !JS_IsException(engine.hooks);
}

static void dispose(void) {
  if (engine.runtime == NULL) return;
  engine.halt = HALT_NONE;
  engine.deadline_ns = UINT64_MAX;
  if (engine.context != NULL) {
    JS_FreeValue(engine.context, engine.hooks);
    JS_FreeContext(engine.context);
  }
  JS_FreeRuntime(engine.runtime);
  engine = (Engine){0};
}

static bool create(void) {
  engine = (Engine){.deadline_ns = UINT64_MAX, .hooks = JS_UNDEFINED};
  engine.runtime = JS_NewRuntime2(&memory_functions, NULL);
  if (engine.runtime == NULL) return false;
  JS_SetInterruptHandler(engine.runtime, on_interrupt, NULL);
  JS_SetHostPromiseRejectionTracker(engine.runtime, on_rejection, NULL);
  modules_install(engine.runtime);
  engine.context = JS_NewContext(engine.runtime);
  if (engine.context == NULL || !evaluate_runtime(engine.context)) return false;
  // Short programs end before the first collection, which would look through all of the runtime.
  JS_SetGCThreshold(engine.runtime, (size_t)memory_used_bytes() + GC_HEADROOM_BYTES);
  return true;
}

bool engine_fresh(void) {
  if (!pristine) {
    dispose();
    if (!create()) {
      dispose();
      return false;
    }
  }
  pristine = kept = false;
  return true;
}

bool engine_continue(void) {
  if (!kept && !engine_fresh()) return false;
  kept = true;
  engine.halt = HALT_NONE;
  return true;
}

void engine_enter(size_t stack_bytes) {
  JS_SetMaxStackSize(engine.runtime, stack_bytes);
  JS_UpdateStackTop(engine.runtime);
}

/// Called once by the pre-initialiser while the component is built.
__attribute__((export_name("wizer-initialize"))) void initialize_image(void) {
  platform_freezing = true;
  if (!create()) __builtin_trap();
  JS_RunGC(engine.runtime);
  memset(runtime_bytecode, 0, sizeof runtime_bytecode);
  pristine = true;
  platform_freezing = false;
}
