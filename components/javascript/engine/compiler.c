// A module of its own, used only while the component is built: turns the runtime's source into bytecode.
//
// The bytecode is without source and positions: `toString` of the runtime's functions shows native code, and stack
// traces leave them out (backtrace.h). Compiling in the component itself would leave the parser's garbage in its image.
#include <stdlib.h>

#include "engine.h"

static uint8_t *bytecode;
static size_t bytecode_size;
static const char *why;

__attribute__((export_name("allocate"))) char *allocate(size_t size) { return malloc(size); }

/// Compiles `source`, which is NUL-terminated at `size`. Returns the bytecode, or NULL.
__attribute__((export_name("compile"))) const void *compile(const char *source, size_t size) {
  JSRuntime *runtime = JS_NewRuntime();
  JSContext *ctx = JS_NewContext(runtime);
  bytecode = NULL;
  JSValue compiled = JS_Eval(ctx, source, size, "runtime", JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_COMPILE_ONLY);
  if (JS_IsException(compiled)) {
    why = JS_ToCString(ctx, JS_GetException(ctx));
  } else {
    bytecode = JS_WriteObject(ctx, &bytecode_size, compiled,
                              JS_WRITE_OBJ_BYTECODE | JS_WRITE_OBJ_STRIP_SOURCE | JS_WRITE_OBJ_STRIP_DEBUG);
  }
  return bytecode;
}

__attribute__((export_name("compiled_size"))) size_t compiled_size(void) { return bytecode_size; }

/// Why the last source did not compile; NUL-terminated.
__attribute__((export_name("failure"))) const char *failure(void) { return why; }
