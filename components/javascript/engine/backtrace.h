// Included into quickjs.c by the build (build/quickjs.ts): how stack traces are written.
//
// The runtime's functions carry no file name, because its bytecode is stripped of it; a program's always do. So a
// function without one is the runtime's, and is hidden.

/// Flag of build_backtrace: frames above `filter_func` are left out; the first line is made when the program looks.
#define EXEC_BACKTRACE_FROM (1 << 5)

/// The value of a plain string property on the object or its prototypes; no code of the program runs.
static JSValue exec_plain_string(JSContext *ctx, JSValueConst object, JSAtom name) {
  JSValueConst at = object;
  if (JS_GetClassID(object) == JS_CLASS_DOM_EXCEPTION) {
    // Its name and message are accessors of the engine's own.
    JSValue value = JS_GetProperty(ctx, object, name);
    if (!JS_IsException(value)) return value;
    JS_FreeValue(ctx, JS_GetException(ctx));
    return JS_UNDEFINED;
  }
  // Prototype chains of errors are short; a longer one is not worth following.
  for (int depth = 0; depth < 16 && JS_VALUE_GET_TAG(at) == JS_TAG_OBJECT; depth++) {
    JSObject *p = JS_VALUE_GET_OBJ(at);
    JSProperty *property;
    if (p->is_exotic) break;
    JSShapeProperty *shape = find_own_property(&property, p, name);
    if (shape != NULL) {
      bool plain = (shape->flags & JS_PROP_TMASK) == JS_PROP_NORMAL && JS_IsString(property->u.value);
      return plain ? js_dup(property->u.value) : JS_UNDEFINED;
    }
    if (p->shape->proto == NULL) break;
    at = JS_MKPTR(JS_TAG_OBJECT, p->shape->proto);
  }
  return JS_UNDEFINED;
}

/// The frames, without the newline after the last.
static JSValue exec_backtrace_text(JSContext *ctx, DynBuf *frames) {
  size_t size = frames->size;
  if (size > 0 && frames->buf[size - 1] == '\n') size--;
  return JS_NewStringLen(ctx, (char *)frames->buf, size);
}

static bool exec_put_string(JSContext *ctx, DynBuf *out, JSValue string) {
  size_t size = 0;
  const char *text = JS_IsString(string) ? JS_ToCStringLen(ctx, &size, string) : NULL;
  if (size > 0) dbuf_put(out, (const uint8_t *)text, size);
  JS_FreeCString(ctx, text);
  JS_FreeValue(ctx, string);
  return size > 0;
}

/// "Name: message"
static void exec_backtrace_header(JSContext *ctx, DynBuf *out, JSValueConst error) {
  JSValue name = exec_plain_string(ctx, error, JS_ATOM_name);
  JSValue message = exec_plain_string(ctx, error, JS_ATOM_message);
  bool named = true;
  if (JS_IsString(name))
    named = exec_put_string(ctx, out, name);
  else
    dbuf_putstr(out, "Error");
  if (named && JS_IsString(message) && !JS_IsEmptyString(message)) dbuf_putstr(out, ": ");
  exec_put_string(ctx, out, message);
}

/// Puts the header before frames; other values (what Error.prepareStackTrace gave) stay as they are. Takes `frames`.
static JSValue exec_backtrace_complete(JSContext *ctx, JSValueConst error, JSValue frames) {
  size_t size;
  if (!JS_IsString(frames) || !JS_IsObject(error)) return frames;
  const char *text = JS_ToCStringLen(ctx, &size, frames);
  if (text == NULL) return frames;
  if (size > 0 && strncmp(text, "    at ", 7) != 0) {
    JS_FreeCString(ctx, text);
    return frames;
  }
  DynBuf out;
  js_dbuf_init(ctx, &out);
  exec_backtrace_header(ctx, &out, error);
  if (size > 0) dbuf_putc(&out, '\n');
  dbuf_put(&out, (const uint8_t *)text, size);
  JS_FreeCString(ctx, text);
  if (!dbuf_error(&out)) {
    JS_FreeValue(ctx, frames);
    frames = JS_NewStringLen(ctx, (char *)out.buf, out.size);
  }
  dbuf_free(&out);
  return frames;
}

static const JSFunctionBytecode *exec_bytecode(const JSStackFrame *frame) {
  const JSObject *p = JS_VALUE_GET_OBJ(frame->cur_func);
  return js_class_has_bytecode(p->class_id) ? p->u.func.function_bytecode : NULL;
}

/// Frames of the runtime, and of native functions that the runtime or C called.
static bool exec_backtrace_hides(const JSStackFrame *frame) {
  for (; frame != NULL; frame = frame->prev_frame) {
    const JSFunctionBytecode *b = exec_bytecode(frame);
    if (b != NULL) return b->filename == JS_ATOM_NULL;
  }
  return true;
}

/// Writes the frame of a function without a name as V8 does, by its place alone. False for all others.
static bool exec_backtrace_frame(JSContext *ctx, DynBuf *out, JSStackFrame *frame, JSFunctionBytecode *b) {
  if (b == NULL || frame->cur_pc == NULL) return false;
  const char *name = get_func_name(ctx, frame->cur_func);
  bool anonymous = name == NULL || name[0] == '\0' || strcmp(name, "<eval>") == 0;
  JS_FreeCString(ctx, name);
  if (!anonymous) return false;
  int column;
  int line = find_line_num(ctx, b, (uint32_t)(frame->cur_pc - b->byte_code_buf - 1), &column);
  const char *file = JS_AtomToCString(ctx, b->filename);
  dbuf_printf(out, "    at %s:%d:%d\n", file ? file : "<anonymous>", line, column);
  JS_FreeCString(ctx, file);
  return true;
}
