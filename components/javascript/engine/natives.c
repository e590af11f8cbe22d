// What the TypeScript runtime is given besides files: streams, clocks, entropy, evaluation, and a view behind
// objects that no program can fake. Programs never see this object.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

const char *native_text(JSContext *ctx, JSValueConst value, Text *text) {
  size_t size;
  const char *bytes = JS_ToCStringLen(ctx, &size, value);
  if (bytes == NULL) return NULL;
  // A lone surrogate comes as ED A0..BF xx, which is no UTF-8; U+FFFD takes three bytes as well. The copy is ours
  // alone only when it holds such a sequence (ASCII strings are shared with the engine).
  uint8_t *at = (uint8_t *)bytes;
  for (size_t i = 0; i + 2 < size; i++)
    if (at[i] == 0xed && at[i + 1] >= 0xa0) memcpy(at + i, "\xef\xbf\xbd", 3);
  *text = (Text){(uint8_t *)bytes, size};
  return bytes;
}

/// Bytes of a Uint8Array, or UTF-8 of a string (then `*text` is to be freed with JS_FreeCString).
static const uint8_t *bytes_of(JSContext *ctx, JSValueConst value, size_t *size, const char **text) {
  *text = NULL;
  if (!JS_IsString(value)) return JS_GetUint8Array(ctx, size, value);
  Text utf8;
  *text = native_text(ctx, value, &utf8);
  if (*text == NULL) return NULL;
  *size = utf8.len;
  return utf8.ptr;
}

// ---- streams

/// print(fd, text or bytes)
static JSValue native_print(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  int32_t fd;
  size_t size;
  const char *text;
  if (engine.halt) return engine_halt(engine.halt);
  if (JS_ToInt32(ctx, &fd, argv[0])) return JS_EXCEPTION;
  const uint8_t *bytes = bytes_of(ctx, argv[1], &size, &text);
  if (JS_HasException(ctx)) return JS_EXCEPTION;
  stdio_write(fd == 2 ? 2 : 1, bytes, size);
  JS_FreeCString(ctx, text);
  return JS_UNDEFINED;
}

/// readStdin(bytes): how many were read; 0 at the end.
static JSValue native_read_stdin(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  if (engine.halt) return engine_halt(engine.halt);
  uint8_t *into = JS_GetUint8Array(ctx, &size, argv[0]);
  if (into == NULL) return JS_EXCEPTION;
  return JS_NewInt64(ctx, (int64_t)stdio_read(into, size));
}

// ---- clocks, entropy, memory, end

static JSValue native_now(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_NewFloat64(ctx, (double)clock_monotonic_ns() / 1e6);
}

static JSValue native_now_ns(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_NewBigUint64(ctx, clock_monotonic_ns());
}

static JSValue native_wall_time(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_NewFloat64(ctx, clock_wall_ms());
}

/// sleep(milliseconds), never beyond the deadline.
static JSValue native_sleep(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  double milliseconds;
  if (JS_ToFloat64(ctx, &milliseconds, argv[0])) return JS_EXCEPTION;
  stdio_flush();
  uint64_t until = engine.deadline_ns, now = clock_monotonic_ns();
  if (!(milliseconds > 0)) return JS_UNDEFINED;
  if (milliseconds < 1e12 && now + (uint64_t)(milliseconds * 1e6) < until) until = now + (uint64_t)(milliseconds * 1e6);
  if (until > now) clock_wait_until(until);
  return clock_monotonic_ns() >= engine.deadline_ns ? engine_halt(HALT_TIMEOUT) : JS_UNDEFINED;
}

static JSValue native_random(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  uint8_t *into = JS_GetUint8Array(ctx, &size, argv[0]);
  if (into == NULL) return JS_EXCEPTION;
  random_fill(into, size);
  return JS_UNDEFINED;
}

/// [bytes of the linear memory, bytes in use]
static JSValue native_memory(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  JSValue fields[] = {JS_NewInt64(ctx, (int64_t)memory_linear_bytes()), JS_NewInt64(ctx, (int64_t)memory_used_bytes())};
  return JS_NewArrayFrom(ctx, 2, fields);
}

static JSValue native_collect_garbage(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  JS_RunGC(JS_GetRuntime(ctx));
  return JS_UNDEFINED;
}

static JSValue native_exit(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  if (engine.halt == HALT_NONE && JS_ToInt32(ctx, &engine.exit_code, argv[0])) return JS_EXCEPTION;
  return engine_halt(engine.halt == HALT_NONE ? HALT_EXIT : engine.halt);
}

// ---- evaluation

/// evaluate(text, file name, number of the first line)
static JSValue native_evaluate(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  int32_t line;
  if (JS_ToInt32(ctx, &line, argv[2])) return JS_EXCEPTION;
  const char *text = JS_ToCStringLen(ctx, &size, argv[0]);
  const char *name = text ? JS_ToCString(ctx, argv[1]) : NULL;
  JSValue result = JS_EXCEPTION;
  if (name != NULL) {
    JSEvalOptions options = {
        .version = JS_EVAL_OPTIONS_VERSION, .eval_flags = JS_EVAL_TYPE_GLOBAL, .filename = name, .line_num = line};
    result = JS_Eval2(ctx, text, size, &options);
  }
  JS_FreeCString(ctx, text);
  JS_FreeCString(ctx, name);
  return result;
}

/// A deep copy of what the engine's own serialiser takes: plain data, collections, dates, buffers, cycles.
static JSValue native_clone(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  uint8_t *written = JS_WriteObject(ctx, &size, argv[0], JS_WRITE_OBJ_REFERENCE);
  if (written == NULL) return JS_EXCEPTION;
  JSValue copy = JS_ReadObject(ctx, written, size, JS_READ_OBJ_REFERENCE);
  js_free(ctx, written);
  return copy;
}

/// loadPart(number): the function that a part of the runtime is.
static JSValue native_load_part(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  uint32_t index;
  if (JS_ToUint32(ctx, &index, argv[0])) return JS_EXCEPTION;
  return engine_part(ctx, index);
}

// ---- text

static JSValue native_encode(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  Text text;
  const char *bytes = native_text(ctx, argv[0], &text);
  if (bytes == NULL) return JS_EXCEPTION;
  JSValue result = JS_NewUint8ArrayCopy(ctx, text.ptr, text.len);
  JS_FreeCString(ctx, bytes);
  return result;
}

/// decode(bytes): UTF-8 to a string, invalid sequences replaced.
static JSValue native_decode(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size, repaired_size;
  const uint8_t *bytes = JS_GetUint8Array(ctx, &size, argv[0]);
  if (bytes == NULL && JS_HasException(ctx)) return JS_EXCEPTION;
  if (utf8_valid_prefix(bytes, size) == size) return JS_NewStringLen(ctx, (const char *)bytes, size);
  uint8_t *repaired = memory_has_room(size) ? utf8_repaired(bytes, size, &repaired_size) : NULL;
  if (repaired == NULL) return JS_ThrowOutOfMemory(ctx);
  JSValue result = JS_NewStringLen(ctx, (const char *)repaired, repaired_size);
  free(repaired);
  return result;
}

/// decodeStrictly(bytes): the string, or the offset of the first byte that is not valid UTF-8.
static JSValue native_decode_strictly(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  const uint8_t *bytes = JS_GetUint8Array(ctx, &size, argv[0]);
  if (bytes == NULL && JS_HasException(ctx)) return JS_EXCEPTION;
  size_t valid = utf8_valid_prefix(bytes, size);
  return valid == size ? JS_NewStringLen(ctx, (const char *)bytes, size) : JS_NewInt64(ctx, (int64_t)valid);
}

/// validPrefix(bytes): length of the longest valid UTF-8 prefix.
static JSValue native_valid_prefix(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  size_t size;
  const uint8_t *bytes = JS_GetUint8Array(ctx, &size, argv[0]);
  if (bytes == NULL && JS_HasException(ctx)) return JS_EXCEPTION;
  return JS_NewInt64(ctx, (int64_t)utf8_valid_prefix(bytes, size));
}

// ---- properties and methods

enum { PLAIN_PROPERTY = JS_PROP_CONFIGURABLE | JS_PROP_WRITABLE };

/// define(target, key, value, enumerable)
static JSValue native_define(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  JSAtom key = JS_ValueToAtom(ctx, argv[1]);
  if (key == JS_ATOM_NULL) return JS_EXCEPTION;
  int flags = PLAIN_PROPERTY | (JS_ToBool(ctx, argv[3]) ? JS_PROP_ENUMERABLE : 0);
  int done = JS_DefinePropertyValue(ctx, argv[0], key, JS_DupValue(ctx, argv[2]), flags);
  JS_FreeAtom(ctx, key);
  return done < 0 ? JS_EXCEPTION : JS_NewBool(ctx, done);
}

/// append(list, value)
static JSValue native_append(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  int64_t length;
  if (JS_GetLength(ctx, argv[0], &length) < 0) return JS_EXCEPTION;
  int done = JS_DefinePropertyValueUint32(ctx, argv[0], (uint32_t)length, JS_DupValue(ctx, argv[1]), JS_PROP_C_W_E);
  return done < 0 ? JS_EXCEPTION : JS_NewBool(ctx, done);
}

static JSValue call_method(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv, int magic,
                           JSValueConst *method) {
  return JS_Call(ctx, method[0], argv[0], argc > 0 ? argc - 1 : 0, argv + 1);
}

/// uncurry(method): a function that calls it on its first argument, with the others.
static JSValue native_uncurry(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_NewCFunctionData(ctx, call_method, 1, 0, 1, argv);
}

// ---- behind objects

/// The engine's own class name of an object ('Object', 'Map', 'Promise', 'Proxy', …); '' for other values.
static JSValue native_class_of(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  JSClassID id = JS_GetClassID(argv[0]);
  if (id == JS_INVALID_CLASS_ID) return JS_NewStringLen(ctx, "", 0);
  JSAtom name = JS_GetClassName(JS_GetRuntime(ctx), id);
  JSValue result = JS_AtomToString(ctx, name);
  JS_FreeAtom(ctx, name);
  return result;
}

/// [0 pending | 1 fulfilled | 2 rejected, value]
static JSValue native_promise_state(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  JSPromiseStateEnum state = JS_PromiseState(ctx, argv[0]);
  JSValue fields[] = {JS_NewInt32(ctx, state), state > JS_PROMISE_PENDING ? JS_PromiseResult(ctx, argv[0]) : JS_UNDEFINED};
  return JS_NewArrayFrom(ctx, 2, fields);
}

/// The target of a proxy, without a trap of its handler being run.
static JSValue native_proxy_target(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_IsProxy(argv[0]) ? JS_GetProxyTarget(ctx, argv[0]) : JS_UNDEFINED;
}

static JSValue native_proxy_handler(JSContext *ctx, JSValueConst self, int argc, JSValueConst *argv) {
  return JS_IsProxy(argv[0]) ? JS_GetProxyHandler(ctx, argv[0]) : JS_UNDEFINED;
}

static const JSCFunctionListEntry natives[] = {
    JS_CFUNC_DEF("print", 2, native_print),
    JS_CFUNC_DEF("readStdin", 1, native_read_stdin),
    JS_CFUNC_DEF("now", 0, native_now),
    JS_CFUNC_DEF("nowNanoseconds", 0, native_now_ns),
    JS_CFUNC_DEF("wallTime", 0, native_wall_time),
    JS_CFUNC_DEF("sleep", 1, native_sleep),
    JS_CFUNC_DEF("random", 1, native_random),
    JS_CFUNC_DEF("memory", 0, native_memory),
    JS_CFUNC_DEF("collectGarbage", 0, native_collect_garbage),
    JS_CFUNC_DEF("exit", 1, native_exit),
    JS_CFUNC_DEF("evaluate", 3, native_evaluate),
    JS_CFUNC_DEF("compileModule", 2, native_compile_module),
    JS_CFUNC_DEF("compileScript", 2, native_compile_script),
    JS_CFUNC_DEF("clone", 1, native_clone),
    JS_CFUNC_DEF("loadPart", 1, native_load_part),
    JS_CFUNC_DEF("encode", 1, native_encode),
    JS_CFUNC_DEF("decode", 1, native_decode),
    JS_CFUNC_DEF("decodeStrictly", 1, native_decode_strictly),
    JS_CFUNC_DEF("validPrefix", 1, native_valid_prefix),
    JS_CFUNC_DEF("define", 4, native_define),
    JS_CFUNC_DEF("append", 2, native_append),
    JS_CFUNC_DEF("uncurry", 1, native_uncurry),
    JS_CFUNC_DEF("classOf", 1, native_class_of),
    JS_CFUNC_DEF("promiseState", 1, native_promise_state),
    JS_CFUNC_DEF("proxyTarget", 1, native_proxy_target),
    JS_CFUNC_DEF("proxyHandler", 1, native_proxy_handler),
};

JSValue natives_new(JSContext *ctx) {
  JSValue object = JS_NewObjectProto(ctx, JS_NULL);
  if (JS_SetPropertyFunctionList(ctx, object, natives, sizeof natives / sizeof *natives) < 0 ||
      files_add_natives(ctx, object) < 0) {
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
  }
  JS_DefinePropertyValueStr(ctx, object, "version", JS_NewString(ctx, JS_GetVersion()), 0);
  return object;
}
