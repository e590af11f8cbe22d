// ES modules. What a specifier means and what a module holds is decided by the TypeScript runtime (hooks `resolve`,
// `load` and `meta`); here its answers become the engine's modules.
#include "engine.h"

/// The value of the import attribute `type`, or undefined.
static JSValue attribute_type(JSContext *ctx, JSValueConst attributes) {
  return JS_IsObject(attributes) ? JS_GetPropertyStr(ctx, attributes, "type") : JS_UNDEFINED;
}

static char *normalize(JSContext *ctx, const char *base, const char *specifier, JSValueConst attributes, void *opaque) {
  (void)opaque;
  JSValue arguments[] = {JS_NewString(ctx, base), JS_NewString(ctx, specifier), JS_DupValue(ctx, attributes)};
  JSValue id = engine_call("resolve", 3, arguments);
  for (int i = 0; i < 3; i++) JS_FreeValue(ctx, arguments[i]);
  if (JS_IsException(id)) return NULL;
  const char *text = JS_ToCString(ctx, id);
  char *copy = text ? js_strdup(ctx, text) : NULL;
  JS_FreeCString(ctx, text);
  JS_FreeValue(ctx, id);
  return copy;
}

// ---- modules with JavaScript source

static JSValue compile(JSContext *ctx, const char *source, size_t size, const char *id) {
  return JS_Eval(ctx, source, size, id, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
}

/// Called by the engine when a module first asks for its import.meta (build/quickjs.ts). Negative with an exception.
int exec_fill_import_meta(JSContext *ctx, JSModuleDef *module, JSValueConst meta) {
  JSAtom name = JS_GetModuleName(ctx, module);
  JSValue id = JS_AtomToString(ctx, name);
  JS_FreeAtom(ctx, name);
  JSValueConst arguments[] = {meta, id};
  JSValue done = JS_IsException(id) ? JS_EXCEPTION : engine_call("meta", 2, arguments);
  JS_FreeValue(ctx, id);
  JS_FreeValue(ctx, done);
  return JS_IsException(done) ? -1 : 0;
}

static JSValue evaluate(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv, int magic, JSValueConst *data) {
  JSValue promise = JS_EvalFunction(ctx, JS_DupValue(ctx, data[0]));
  // An exception here comes from linking: what the module's code throws rejects the promise.
  engine.link_failed = JS_IsException(promise);
  return promise;
}

/// A script of the global scope, in which `await` may stand: its variables outlive it.
static JSValue compile_script(JSContext *ctx, const char *source, size_t size, const char *id) {
  return JS_Eval(ctx, source, size, id, JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_ASYNC | JS_EVAL_FLAG_COMPILE_ONLY);
}

static JSValue compiled(JSContext *ctx, JSValueConst *argv,
                        JSValue compiler(JSContext *ctx, const char *source, size_t size, const char *id)) {
  size_t size;
  const char *source = JS_ToCStringLen(ctx, &size, argv[0]);
  const char *id = source ? JS_ToCString(ctx, argv[1]) : NULL;
  JSValue result = JS_EXCEPTION;
  if (id != NULL) {
    JSValue code = compiler(ctx, source, size, id);
    JSValueConst data[] = {code};
    if (!JS_IsException(code)) result = JS_NewCFunctionData(ctx, evaluate, 0, 0, 1, data);
    JS_FreeValue(ctx, code);
  }
  JS_FreeCString(ctx, source);
  JS_FreeCString(ctx, id);
  return result;
}

JSValue native_compile_module(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return compiled(ctx, argv, compile);
}

JSValue native_compile_script(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return compiled(ctx, argv, compile_script);
}

// ---- modules made of values: built-in, JSON, CommonJS
//
// `load` answers [names, function]; the function is called when the module is evaluated and returns the values,
// in the order of the names.

static int64_t length_of(JSContext *ctx, JSValueConst array) {
  int64_t length = -1;
  return JS_GetLength(ctx, array, &length) < 0 ? -1 : length;
}

static int evaluate_values(JSContext *ctx, JSModuleDef *module) {
  JSValue recipe = JS_GetModulePrivateValue(ctx, module);
  JSValue names = JS_GetPropertyUint32(ctx, recipe, 0);
  JSValue function = JS_GetPropertyUint32(ctx, recipe, 1);
  JSValue values = JS_Call(ctx, function, JS_UNDEFINED, 0, NULL);
  int status = JS_IsException(values) ? -1 : 0;
  int64_t count = length_of(ctx, names);
  for (uint32_t i = 0; status == 0 && i < count; i++) {
    JSValue name = JS_GetPropertyUint32(ctx, names, i);
    const char *text = JS_ToCString(ctx, name);
    status = text ? JS_SetModuleExport(ctx, module, text, JS_GetPropertyUint32(ctx, values, i)) : -1;
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, name);
  }
  JS_FreeValue(ctx, values);
  JS_FreeValue(ctx, function);
  JS_FreeValue(ctx, names);
  JS_FreeValue(ctx, recipe);
  return status;
}

static JSModuleDef *module_of_values(JSContext *ctx, const char *id, JSValueConst recipe) {
  JSModuleDef *module = JS_NewCModule(ctx, id, evaluate_values);
  if (module == NULL) return NULL;
  JSValue names = JS_GetPropertyUint32(ctx, recipe, 0);
  int64_t count = length_of(ctx, names);
  int status = count < 0 ? -1 : 0;
  for (uint32_t i = 0; status == 0 && i < count; i++) {
    JSValue name = JS_GetPropertyUint32(ctx, names, i);
    const char *text = JS_ToCString(ctx, name);
    status = text ? JS_AddModuleExport(ctx, module, text) : -1;
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, name);
  }
  JS_FreeValue(ctx, names);
  if (status < 0) return NULL;
  JS_SetModulePrivateValue(ctx, module, JS_DupValue(ctx, recipe));
  return module;
}

static JSModuleDef *load(JSContext *ctx, const char *id, void *opaque, JSValueConst attributes) {
  (void)opaque;
  JSValue arguments[] = {JS_NewString(ctx, id), attribute_type(ctx, attributes)};
  JSValue loaded = engine_call("load", 2, arguments);
  for (int i = 0; i < 2; i++) JS_FreeValue(ctx, arguments[i]);
  JSModuleDef *module = NULL;
  if (JS_IsString(loaded)) {
    size_t size;
    const char *source = JS_ToCStringLen(ctx, &size, loaded);
    if (source != NULL) {
      JSValue compiled = compile(ctx, source, size, id);
      if (!JS_IsException(compiled)) module = JS_VALUE_GET_PTR(compiled);
      // The engine's list of modules keeps it.
      JS_FreeValue(ctx, compiled);
      JS_FreeCString(ctx, source);
    }
  } else if (!JS_IsException(loaded)) {
    module = module_of_values(ctx, id, loaded);
  }
  JS_FreeValue(ctx, loaded);
  return module;
}

void modules_install(JSRuntime *runtime) {
  JS_SetModuleLoaderFunc2(runtime, NULL, load, NULL, NULL);
  JS_SetModuleNormalizeFunc2(runtime, normalize);
}
