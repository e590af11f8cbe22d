// Included into quickjs.c by the build (build/quickjs-messages.ts): errors that name the expression of the program
// which caused them, in V8's words. Nothing here runs code of a program, and nothing is kept until an error is thrown.

/// Depths of the operand stack before each instruction are found for code up to this size, in bytes.
#define EXEC_CODE_MAX 65536
/// How many jumps are followed back to where a value came from; code of jumps alone would be followed for long.
#define EXEC_JUMPS_MAX 16
/// The depth is not known; and more than one way leads to the instruction.
#define EXEC_UNKNOWN 0xffff
#define EXEC_MERGED 0x8000

typedef struct {
  JSContext *ctx;
  const JSFunctionBytecode *b;
  uint16_t *levels;
  DynBuf *out;
} ExecExpression;

static int exec_pops(const JSFunctionBytecode *b, int pc) {
  const uint8_t *code = b->byte_code_buf + pc;
  const JSOpCode *info = &short_opcode_info(*code);
  if (info->fmt == OP_FMT_npop || info->fmt == OP_FMT_npop_u16) return info->n_pop + get_u16(code + 1);
  if (info->fmt == OP_FMT_npopx) return info->n_pop + *code - OP_call0;
  return info->n_pop;
}

/// Where the instruction jumps to, or -1.
static int exec_jump(const uint8_t *code, int pc) {
  switch (code[pc]) {
    case OP_goto:
    case OP_if_true:
    case OP_if_false:
    case OP_gosub:
    case OP_catch:
      return pc + 1 + (int32_t)get_u32(code + pc + 1);
    case OP_goto16:
      return pc + 1 + (int16_t)get_u16(code + pc + 1);
    case OP_goto8:
    case OP_if_true8:
    case OP_if_false8:
      return pc + 1 + (int8_t)code[pc + 1];
    default:
      return -1;
  }
}

static bool exec_falls_through(int op) {
  switch (op) {
    case OP_goto:
    case OP_goto8:
    case OP_goto16:
    case OP_tail_call:
    case OP_tail_call_method:
    case OP_return:
    case OP_return_undef:
    case OP_return_async:
    case OP_throw:
    case OP_throw_error:
    case OP_ret:
    case OP_nip_catch:  // its depth is that of a catch: not followed
      return false;
    default:
      return true;
  }
}

/// Fills in the depths before all instructions; returns the one that ends at `end`, or -1.
static int exec_scan(const JSFunctionBytecode *b, uint16_t *levels, int end) {
  int found = -1, length = b->byte_code_len;
  for (int i = 0; i < length; i++) levels[i] = EXEC_UNKNOWN;
  levels[0] = 0;
  // Code that only later code jumps back to is known in the second pass.
  for (int pass = 0, again = 1; again && pass < 4; pass++) {
    again = 0;
    for (int pc = 0; pc < length;) {
      int op = b->byte_code_buf[pc], next = pc + short_opcode_info(op).size;
      if (next == end) found = pc;
      if (levels[pc] != EXEC_UNKNOWN) {
        int level = (levels[pc] & ~EXEC_MERGED) - exec_pops(b, pc) + short_opcode_info(op).n_push;
        int target = exec_jump(b->byte_code_buf, pc);
        if (level < 0 || level >= EXEC_MERGED - 1) return -1;
        if (target >= 0 && target < length) {
          if (levels[target] == EXEC_UNKNOWN && target <= pc) again = 1;
          levels[target] = (op == OP_gosub ? level + 1 : level) | EXEC_MERGED;
        }
        if (exec_falls_through(op) && next < length && levels[next] == EXEC_UNKNOWN) levels[next] = level;
      }
      pc = next;
    }
  }
  return found;
}

/// The known instruction before `pc`, or -1.
static int exec_before(const ExecExpression *e, int pc) {
  for (pc--; pc >= 0 && e->levels[pc] == EXEC_UNKNOWN; pc--) continue;
  return pc;
}

static void exec_put_atom(ExecExpression *e, JSAtom atom) {
  char name[ATOM_GET_STR_BUF_SIZE];
  dbuf_putstr(e->out, JS_AtomGetStr(e->ctx, name, sizeof(name), atom));
}

static bool exec_put_name(ExecExpression *e, JSAtom name) {
  if (name == JS_ATOM_NULL || __JS_AtomIsTaggedInt(name)) return false;
  JSAtomStruct *text = e->ctx->rt->atom_array[name];
  if (text->len == 0) return false;
  // Variables of the engine's own are named "<ret>" and the like.
  if (!text->is_wide_char && str8(text)[0] == '<') return false;
  exec_put_atom(e, name);
  return true;
}

static bool exec_put_slot(ExecExpression *e, int at, int slot, int depth);

/// A member: its object, and how it is reached.
static bool exec_put_owner(ExecExpression *e, int at, int slot, int depth) {
  if (!exec_put_slot(e, at, slot, depth)) dbuf_putstr(e->out, "(intermediate value)");
  return true;
}

static bool exec_put_local(ExecExpression *e, int index) {
  const JSFunctionBytecode *b = e->b;
  return b->vardefs != NULL && index < b->var_count && exec_put_name(e, b->vardefs[b->arg_count + index].var_name);
}

static bool exec_put_argument(ExecExpression *e, int index) {
  const JSFunctionBytecode *b = e->b;
  return b->vardefs != NULL && index < b->arg_count && exec_put_name(e, b->vardefs[index].var_name);
}

static bool exec_put_closed(ExecExpression *e, int index) {
  const JSFunctionBytecode *b = e->b;
  return b->closure_var != NULL && index < b->closure_var_count && exec_put_name(e, b->closure_var[index].var_name);
}

/// What the instruction at `pc` put into the slot, its `which`-th result.
static bool exec_put_result(ExecExpression *e, int pc, int which, int depth) {
  const uint8_t *code = e->b->byte_code_buf + pc;
  int op = *code, base = (e->levels[pc] & ~EXEC_MERGED) - exec_pops(e->b, pc);
  switch (op) {
    case OP_get_loc:
    case OP_set_loc:
    case OP_get_loc_check:
      return exec_put_local(e, get_u16(code + 1));
    case OP_get_loc8:
    case OP_set_loc8:
      return exec_put_local(e, code[1]);
    case OP_get_loc0_loc1:
      return exec_put_local(e, which);
    case OP_get_loc0 ... OP_get_loc3:
      return exec_put_local(e, op - OP_get_loc0);
    case OP_set_loc0 ... OP_set_loc3:
      return exec_put_local(e, op - OP_set_loc0);
    case OP_get_arg:
    case OP_set_arg:
      return exec_put_argument(e, get_u16(code + 1));
    case OP_get_arg0 ... OP_get_arg3:
      return exec_put_argument(e, op - OP_get_arg0);
    case OP_set_arg0 ... OP_set_arg3:
      return exec_put_argument(e, op - OP_set_arg0);
    case OP_get_var_ref:
    case OP_get_var_ref_check:
      return exec_put_closed(e, get_u16(code + 1));
    case OP_set_var_ref:
      return exec_put_closed(e, get_u16(code + 1));
    case OP_get_var_ref0 ... OP_get_var_ref3:
      return exec_put_closed(e, op - OP_get_var_ref0);
    case OP_set_var_ref0 ... OP_set_var_ref3:
      return exec_put_closed(e, op - OP_set_var_ref0);
    case OP_get_var:
    case OP_get_var_undef:
      return exec_put_name(e, get_u32(code + 1));
    case OP_get_field:
    case OP_get_field2:
      if (get_u32(code + 1) == JS_ATOM_Private_brand) return false;  // a template literal's concat
      exec_put_owner(e, pc, base, depth);
      if (op == OP_get_field2 && which == 0) return true;
      dbuf_putc(e->out, '.');
      exec_put_atom(e, get_u32(code + 1));
      return true;
    case OP_get_length:
      exec_put_owner(e, pc, base, depth);
      dbuf_putstr(e->out, ".length");
      return true;
    case OP_get_array_el:
    case OP_get_array_el2:
    case OP_get_private_field: {
      exec_put_owner(e, pc, base, depth);
      if (op == OP_get_array_el2 && which == 0) return true;
      int key = exec_before(e, pc);
      if (key >= 0 && e->b->byte_code_buf[key] == OP_push_atom_value && e->levels[key] == base + 1) {
        dbuf_putc(e->out, '.');
        exec_put_atom(e, get_u32(e->b->byte_code_buf + key + 1));
        return true;
      }
      dbuf_putstr(e->out, e->out->size > 0 && e->out->buf[e->out->size - 1] == '?' ? ".[" : "[");
      exec_put_owner(e, pc, base + 1, depth);
      dbuf_putc(e->out, ']');
      return true;
    }
    case OP_call:
    case OP_call0 ... OP_call3:
      exec_put_owner(e, pc, base, depth);
      dbuf_putstr(e->out, "(...)");
      return true;
    case OP_call_method:
      exec_put_owner(e, pc, base + 1, depth);
      dbuf_putstr(e->out, "(...)");
      return true;
    case OP_dup:
      return exec_put_slot(e, pc, base, depth);
    case OP_push_i32:
      dbuf_printf(e->out, "%d", (int32_t)get_u32(code + 1));
      return true;
    case OP_push_i16:
      dbuf_printf(e->out, "%d", (int16_t)get_u16(code + 1));
      return true;
    case OP_push_i8:
      dbuf_printf(e->out, "%d", (int8_t)code[1]);
      return true;
    case OP_push_minus1 ... OP_push_7:
      dbuf_printf(e->out, "%d", op - OP_push_0);
      return true;
    case OP_push_atom_value:
      dbuf_putc(e->out, '"');
      exec_put_atom(e, get_u32(code + 1));
      dbuf_putc(e->out, '"');
      return true;
    case OP_undefined:
      dbuf_putstr(e->out, "undefined");
      return true;
    case OP_null:
      dbuf_putstr(e->out, "null");
      return true;
    case OP_push_false:
      dbuf_putstr(e->out, "false");
      return true;
    case OP_push_true:
      dbuf_putstr(e->out, "true");
      return true;
    default:
      return false;
  }
}

/// Before a pattern of a declaration stands `undefined`, a test for it, and a jump to the initialiser, always taken.
static bool exec_before_pattern(const ExecExpression *e, int pc) {
  static const uint8_t expected[] = {OP_if_true8, OP_is_undefined, OP_dup, OP_undefined};
  for (int i = 0; i < 4; i++) {
    int op = e->b->byte_code_buf[pc];
    if (op != expected[i] && !(i == 0 && op == OP_if_true)) return false;
    if (i < 3 && (pc = exec_before(e, pc)) < 0) return false;
  }
  return true;
}

/// The one jump that leads to `pc` where nothing falls through to it; else -1.
static int exec_only_jump(const ExecExpression *e, int pc) {
  int only = -1, before = exec_before(e, pc);
  if (before >= 0 && exec_falls_through(e->b->byte_code_buf[before]) && !exec_before_pattern(e, before)) return -1;
  for (int at = 0; at < e->b->byte_code_len; at++) {
    if (e->levels[at] == EXEC_UNKNOWN || exec_jump(e->b->byte_code_buf, at) != pc) continue;
    if (only >= 0) return -1;
    only = at;
  }
  return only;
}

/// Writes the expression whose value is in a slot of the operand stack when the instruction at `pc` begins.
static bool exec_put_slot(ExecExpression *e, int pc, int slot, int depth) {
  const uint8_t *code = e->b->byte_code_buf;
  if (depth <= 0 || e->out->size > 200) return false;
  for (int jumps = 0; jumps < EXEC_JUMPS_MAX;) {
    if ((e->levels[pc] & EXEC_MERGED) != 0 && (e->levels[pc] & ~EXEC_MERGED) == slot + 1) {
      int jump = exec_only_jump(e, pc);
      if (jump < 0) return false;
      // `a?.b`: the branch for an `a` that is there.
      int test = exec_before(e, jump);
      if (test >= 0 && code[test] == OP_is_undefined_or_null) {
        if (!exec_put_slot(e, test, slot, depth - 1)) return false;
        dbuf_putc(e->out, '?');
        return true;
      }
      pc = jump;
      jumps++;
      continue;
    }
    int before = exec_before(e, pc);
    if (before < 0) return false;
    int base = (e->levels[before] & ~EXEC_MERGED) - exec_pops(e->b, before);
    int pushed = short_opcode_info(code[before]).n_push;
    if (base <= slot && slot < base + pushed) return exec_put_result(e, before, slot - base, depth - 1);
    if (base + pushed <= slot && exec_falls_through(code[before])) return false;
    pc = before;
  }
  return false;
}

/// The instruction that the innermost frame is at, if it is of a program; else NULL. `pc` is behind it.
static const JSFunctionBytecode *exec_instruction(JSContext *ctx, const uint8_t **pc) {
  const JSStackFrame *frame = ctx->rt->current_stack_frame;
  if (frame == NULL || frame->cur_pc == NULL) return NULL;
  const JSFunctionBytecode *b = exec_bytecode(frame);
  if (b == NULL || b->filename == JS_ATOM_NULL) return NULL;
  *pc = frame->cur_pc;
  return b;
}

/// What an instruction needs to be: the opcode ends where the frame is, and `below` says how deep the value is.
typedef int ExecBelow(const uint8_t *code);

static int exec_below_call(const uint8_t *code) {
  switch (*code) {
    case OP_call0 ... OP_call3:
      return *code - OP_call0 + 1;
    case OP_call:
    case OP_tail_call:
    case OP_call_method:
    case OP_tail_call_method:
      return get_u16(code + 1) + 1;
    case OP_call_constructor:
      return get_u16(code + 1) + 2;
    case OP_apply:
      return 3;
    default:
      return 0;
  }
}

static int exec_below_iteration(const uint8_t *code) {
  return *code == OP_for_of_start || *code == OP_for_await_of_start || *code == OP_append ? 1 : 0;
}

static int exec_below_object(const uint8_t *code) { return *code == OP_to_object ? 1 : 0; }

/// Writes the expression that the innermost frame's instruction takes. Sets `op` to its opcode, or to 0.
static bool exec_put_operand(JSContext *ctx, ExecBelow *below, DynBuf *out, int *op) {
  const uint8_t *end;
  const JSFunctionBytecode *b = exec_instruction(ctx, &end);
  *op = 0;
  if (b == NULL) return false;
  int size = (int)(end - b->byte_code_buf);
  if (size <= 0 || size > b->byte_code_len || b->byte_code_len > EXEC_CODE_MAX) return false;
  uint16_t *levels = js_malloc_rt(ctx->rt, b->byte_code_len * sizeof(*levels));
  if (levels == NULL) return false;
  bool written = false;
  int at = exec_scan(b, levels, size);
  if (at >= 0 && levels[at] != EXEC_UNKNOWN) {
    int depth = below(b->byte_code_buf + at), level = levels[at] & ~EXEC_MERGED;
    if (depth > 0) *op = b->byte_code_buf[at];
    if (depth > 0 && depth <= level) {
      ExecExpression e = {ctx, b, levels, out};
      size_t start = out->size;
      written = exec_put_slot(&e, at, level - depth, 12);
      if (!written) out->size = start;
      else if (out->size > start && out->buf[out->size - 1] == '?') out->size--; // `a?.()`
    }
  }
  js_free_rt(ctx->rt, levels);
  return written;
}

/// A value as V8 shows it in messages where it has no expression: `number 5`, `string "x"`, `object null`, `object`.
static void exec_put_value(JSContext *ctx, DynBuf *out, JSValueConst value) {
  switch (JS_VALUE_GET_NORM_TAG(value)) {
    case JS_TAG_UNDEFINED:
      dbuf_putstr(out, "undefined");
      return;
    case JS_TAG_NULL:
      dbuf_putstr(out, "object null");
      return;
    case JS_TAG_BOOL:
      dbuf_putstr(out, JS_VALUE_GET_BOOL(value) ? "boolean true" : "boolean false");
      return;
    case JS_TAG_INT:
      dbuf_printf(out, "number %d", JS_VALUE_GET_INT(value));
      return;
    case JS_TAG_SYMBOL:
      dbuf_putstr(out, "symbol");
      return;
    case JS_TAG_OBJECT:
      if (!JS_IsFunction(ctx, value))
        dbuf_putstr(out, "object");
      else if (!exec_put_string(ctx, out, exec_plain_string(ctx, value, JS_ATOM_name)))
        dbuf_putstr(out, "function");
      return;
    default: {
      bool quoted = JS_IsString(value);
      const char *text = JS_ToCString(ctx, value);
      if (text == NULL) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        dbuf_putstr(out, "value");
        return;
      }
      dbuf_printf(out, quoted ? "string \"%.100s\"" : JS_IsNumber(value) ? "number %.100s" : "bigint %.100s", text);
      JS_FreeCString(ctx, text);
    }
  }
}

/// The class of an object as V8 writes it: `#<Name>`, or `[object Array]`.
static void exec_put_class(JSContext *ctx, DynBuf *out, JSValueConst object) {
  if (JS_IsArray(object)) {
    dbuf_putstr(out, "[object Array]");
    return;
  }
  JSValue constructor = JS_UNDEFINED, name = JS_UNDEFINED;
  JSValueConst at = object;
  for (int depth = 0; depth < 16 && JS_VALUE_GET_TAG(at) == JS_TAG_OBJECT; depth++) {
    JSObject *p = JS_VALUE_GET_OBJ(at);
    JSProperty *property;
    if (p->class_id == JS_CLASS_PROXY) break;
    JSShapeProperty *shape = find_own_property(&property, p, JS_ATOM_constructor);
    if (shape != NULL) {
      if ((shape->flags & JS_PROP_TMASK) == JS_PROP_NORMAL) constructor = property->u.value;
      break;
    }
    if (p->shape->proto == NULL) break;
    at = JS_MKPTR(JS_TAG_OBJECT, p->shape->proto);
  }
  if (JS_IsObject(constructor)) name = exec_plain_string(ctx, constructor, JS_ATOM_name);
  dbuf_putstr(out, "#<");
  if (!exec_put_string(ctx, out, name)) dbuf_putstr(out, "Object");
  dbuf_putc(out, '>');
}

/// Throws a TypeError of what was written; frees it.
static JSValue exec_throw(JSContext *ctx, DynBuf *out) {
  // As JS_ThrowError, whose messages end at 256 bytes.
  const JSStackFrame *frame = ctx->rt->current_stack_frame;
  bool traced = !ctx->rt->in_out_of_memory && (frame == NULL || JS_GetFunctionBytecode(frame->cur_func) == NULL);
  dbuf_putc(out, 0);
  if (dbuf_error(out)) {
    dbuf_free(out);
    return JS_ThrowOutOfMemory(ctx);
  }
  JSValue error = JS_MakeError2(ctx, JS_TYPE_ERROR, traced, (char *)out->buf);
  JSValue thrown = JS_Throw(ctx, JS_IsException(error) ? JS_NULL : error);
  dbuf_free(out);
  return thrown;
}

/// `obj.method is not a function`; `value` is what was called.
static JSValue exec_throw_not_callable(JSContext *ctx, JSValueConst value, bool named, const char *what) {
  DynBuf out;
  int op = 0;
  js_dbuf_init(ctx, &out);
  if (!named || !exec_put_operand(ctx, exec_below_call, &out, &op)) {
    if (op != 0)
      dbuf_putstr(&out, "(intermediate value)");
    else
      exec_put_value(ctx, &out, value);
  }
  dbuf_printf(&out, " is not a %s", what);
  return exec_throw(ctx, &out);
}

/// `list is not iterable`
static JSValue exec_throw_not_iterable(JSContext *ctx, JSValueConst value) {
  DynBuf out;
  int op;
  js_dbuf_init(ctx, &out);
  if (exec_put_operand(ctx, exec_below_iteration, &out, &op)) {
    dbuf_putstr(&out, op == OP_for_await_of_start ? " is not async iterable" : " is not iterable");
  } else {
    exec_put_value(ctx, &out, value);
    dbuf_putstr(&out, " is not iterable (cannot read property Symbol(Symbol.iterator))");
  }
  return exec_throw(ctx, &out);
}

/// `Cannot destructure property 'a' of 'b' as it is undefined.`, or what ToObject says elsewhere.
static JSValue exec_throw_not_object(JSContext *ctx, JSValueConst value) {
  DynBuf source, out;
  int op;
  const uint8_t *next;
  js_dbuf_init(ctx, &source);
  bool written = exec_put_operand(ctx, exec_below_object, &source, &op);
  if (op == 0) {
    dbuf_free(&source);
    return JS_ThrowTypeError(ctx, "Cannot convert undefined or null to object");
  }
  const char *is = JS_IsNull(value) ? "null" : "undefined";
  if (!written) dbuf_putstr(&source, is);
  dbuf_putc(&source, 0);
  js_dbuf_init(ctx, &out);
  dbuf_putstr(&out, "Cannot destructure ");
  if (exec_instruction(ctx, &next) != NULL) {
    // The first property that is read of it.
    if (*next == OP_dup) next++;
    if (*next == OP_get_field || *next == OP_get_field2) {
      ExecExpression e = {ctx, NULL, NULL, &out};
      dbuf_putstr(&out, "property '");
      exec_put_atom(&e, get_u32(next + 1));
      dbuf_putstr(&out, "' of ");
    } else if (*next == OP_get_length) {
      dbuf_putstr(&out, "property 'length' of ");
    }
  }
  dbuf_printf(&out, "'%s' as it is %s.", dbuf_error(&source) ? is : (char *)source.buf, is);
  dbuf_free(&source);
  return exec_throw(ctx, &out);
}

/// `Cannot read properties of undefined (reading 'x')`; `format` takes the name as it is shown.
static JSValue exec_throw_of_nullish(JSContext *ctx, const char *format, JSAtom name) {
  char buffer[ATOM_GET_STR_BUF_SIZE], symbol[ATOM_GET_STR_BUF_SIZE + 8];
  const char *text = JS_AtomGetStr(ctx, buffer, sizeof(buffer), name);
  if (!__JS_AtomIsTaggedInt(name) && ctx->rt->atom_array[name]->atom_type >= JS_ATOM_TYPE_GLOBAL_SYMBOL) {
    snprintf(symbol, sizeof(symbol), "Symbol(%s)", text);
    text = symbol;
  }
  return JS_ThrowTypeError(ctx, format, text);
}

/// An operand of arithmetic that is no BigInt while the other is one, or the other way round, as a number.
static int exec_operand(JSContext *ctx, double *number, JSValue value) {
  if (JS_IsBigInt(value)) {
    JS_FreeValue(ctx, value);
    JS_ThrowTypeError(ctx, "Cannot mix BigInt and other types, use explicit conversions");
    return -1;
  }
  return JS_ToFloat64Free(ctx, number, value);
}

/// The same for bitwise arithmetic.
static int exec_bits(JSContext *ctx, int32_t *number, JSValue value) {
  double ignored;
  return JS_IsBigInt(value) ? exec_operand(ctx, &ignored, value) : JS_ToInt32Free(ctx, number, value);
}

/// Throws, where `flags` ask for it, that a property of an object cannot be changed.
static int exec_refuse(JSContext *ctx, int flags, const char *before, JSAtom name, const char *after,
                       JSValueConst object, const char *end) {
  if (!(flags & JS_PROP_THROW) && !((flags & JS_PROP_THROW_STRICT) && is_strict_mode(ctx))) return false;
  DynBuf out;
  js_dbuf_init(ctx, &out);
  ExecExpression e = {ctx, NULL, NULL, &out};
  dbuf_putstr(&out, before);
  exec_put_atom(&e, name);
  dbuf_putstr(&out, after);
  if (JS_IsObject(object))
    exec_put_class(ctx, &out, object);
  else if (!JS_IsUndefined(object))
    exec_put_value(ctx, &out, object);
  dbuf_putstr(&out, end);
  exec_throw(ctx, &out);
  return -1;
}

/// A primitive value where there had to be an object or a class, as String(value) shows it; objects by their class.
static void exec_put_plain(JSContext *ctx, DynBuf *out, JSValueConst value) {
  if (JS_IsFunction(ctx, value)) {
    if (!exec_put_string(ctx, out, exec_plain_string(ctx, value, JS_ATOM_name))) dbuf_putstr(out, "function");
  } else if (JS_IsObject(value)) {
    exec_put_class(ctx, out, value);
  } else if (!JS_IsSymbol(value)) {
    exec_put_string(ctx, out, JS_ToString(ctx, value));
  }
}

/// Throws a TypeError of two texts with a value between them.
static JSValue exec_throw_about(JSContext *ctx, const char *before, JSValueConst value, const char *after) {
  DynBuf out;
  js_dbuf_init(ctx, &out);
  dbuf_putstr(&out, before);
  exec_put_plain(ctx, &out, value);
  dbuf_putstr(&out, after);
  return exec_throw(ctx, &out);
}

/// `Class constructor A cannot be invoked without 'new'`
static JSValue exec_throw_class_call(JSContext *ctx, JSValueConst class) {
  return exec_throw_about(ctx, "Class constructor ", class, " cannot be invoked without 'new'");
}

/// The member of `object` that holds `member`, without running any code: `property 'a'`, or `index 0`.
static bool exec_put_member(JSContext *ctx, DynBuf *out, JSValueConst object, JSValueConst member) {
  JSObject *p = JS_VALUE_GET_OBJ(object);
  JSObject *wanted = JS_VALUE_GET_OBJ(member);
  if (p->fast_array && p->class_id == JS_CLASS_ARRAY) {
    for (uint32_t i = 0; i < p->u.array.count; i++) {
      JSValue value = p->u.array.u.values[i];
      if (JS_IsObject(value) && JS_VALUE_GET_OBJ(value) == wanted) {
        dbuf_printf(out, "index %u", i);
        return true;
      }
    }
    return false;
  }
  JSShapeProperty *shape = get_shape_prop(p->shape);
  for (int i = 0; i < p->shape->prop_count; i++, shape++) {
    JSValue value = p->prop[i].u.value;
    if (shape->atom == JS_ATOM_NULL || (shape->flags & JS_PROP_TMASK) != JS_PROP_NORMAL) continue;
    if (!JS_IsObject(value) || JS_VALUE_GET_OBJ(value) != wanted) continue;
    ExecExpression e = {ctx, NULL, NULL, out};
    dbuf_putstr(out, "property '");
    exec_put_atom(&e, shape->atom);
    dbuf_putc(out, '\'');
    return true;
  }
  return false;
}

static void exec_put_constructor(JSContext *ctx, DynBuf *out, JSValueConst object) {
  DynBuf class;
  js_dbuf_init(ctx, &class);
  exec_put_class(ctx, &class, object);
  dbuf_putstr(out, "object with constructor '");
  if (JS_IsArray(object))
    dbuf_putstr(out, "Array");
  else if (class.size > 3)
    dbuf_put(out, class.buf + 2, class.size - 3);
  dbuf_putc(out, '\'');
  dbuf_free(&class);
}

/// What JSON.stringify says of a cycle: where it begins, by what it goes on, and what closes it.
static void exec_throw_cycle(JSContext *ctx, JSValueConst stack, JSValueConst closing) {
  const JSObject *list = JS_VALUE_GET_OBJ(stack);
  uint32_t length = list->fast_array ? list->u.array.count : 0, first = 0;
  JSValue *values = list->u.array.u.values;
  DynBuf out;
  js_dbuf_init(ctx, &out);
  dbuf_putstr(&out, "Converting circular structure to JSON");
  while (first < length && JS_VALUE_GET_OBJ(values[first]) != JS_VALUE_GET_OBJ(closing)) first++;
  if (first < length) {
    dbuf_putstr(&out, "\n    --> starting at ");
    exec_put_constructor(ctx, &out, closing);
    for (uint32_t i = first; i + 1 < length; i++) {
      // V8 shows the first two steps and the last.
      if (i > first + 1 && i + 2 < length) {
        if (i == first + 2) dbuf_putstr(&out, "\n    |     ...");
        continue;
      }
      dbuf_putstr(&out, "\n    |     ");
      if (!exec_put_member(ctx, &out, values[i], values[i + 1])) dbuf_putstr(&out, "...");
      dbuf_putstr(&out, " -> ");
      exec_put_constructor(ctx, &out, values[i + 1]);
    }
    dbuf_putstr(&out, "\n    --- ");
    if (!exec_put_member(ctx, &out, values[length - 1], closing)) dbuf_putstr(&out, "a value of toJSON");
    dbuf_putstr(&out, " closes the circle");
  }
  exec_throw(ctx, &out);
}

/// What is wrong with a regular expression, in V8's words where they differ.
static const char *exec_pattern_error(const char *pattern, const char *error) {
  static const char *const words[][2] = {
      {"expecting ')'", "Unterminated group"},
      {"expecting ']'", "Unterminated character class"},
      {"nothing to repeat", "Nothing to repeat"},
      {"invalid class range", "Range out of order in character class"},
      {"invalid group name", "Invalid capture group name"},
      {"duplicate group name", "Duplicate capture group name"},
      {"invalid group", "Invalid group"},
      {"invalid repetition count", "numbers out of order in {} quantifier"},
      {"invalid escape sequence in regular expression", "Invalid escape"},
      {"extraneous characters at the end", "Unmatched ')'"},
  };
  size_t length = strlen(pattern);
  if (strcmp(error, "unexpected end") == 0)
    return length > 0 && pattern[length - 1] == '\\' ? "\\ at end of pattern" : "Unterminated character class";
  for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
    if (strcmp(error, words[i][0]) == 0) return words[i][1];
  return error;
}

/// What JSON.parse says of a text that begins as no value, with what stands around the place.
static int exec_json_unexpected(JSParseState *s) {
  static const char *const literals[] = {"true", "false", "null"};
  static const char *const special[] = {"undefined", "NaN", "Infinity", "[object Object]"};
  const uint8_t *at = s->token.ptr, *start = s->buf_start, *end = s->buf_end;
  int length = (int)(end - start), around = 10;
  for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
    if ((int)strlen(special[i]) == length && memcmp(special[i], start, length) == 0)
      return js_parse_error(s, "\"%s\" is not valid JSON", special[i]);
  for (size_t i = 0; i < 3; i++) {
    const char *literal = literals[i];
    if (*at != *literal) continue;
    while (at < end && *literal != 0 && *at == *literal) at++, literal++;
    break;
  }
  if (at >= end) return js_parse_error(s, "Unexpected end of JSON input");
  // Characters are of up to four bytes; the excerpt begins and ends between them.
  int size = 1;
  while (at + size < end && (at[size] & 0xc0) == 0x80) size++;
  const uint8_t *from = start, *to = end;
  if (length > 2 * around) {
    if (at - around > start) from = at - around;
    if (at + around < end) to = at + around;
    while (from > start && (*from & 0xc0) == 0x80) from--;
    while (to < end && (*to & 0xc0) == 0x80) to++;
  }
  return js_parse_error(s, "Unexpected token '%.*s', %s\"%.*s\"%s is not valid JSON", size, (const char *)at,
                        from > start ? "..." : "", (int)(to - from), (const char *)from, to < end ? "..." : "");
}
