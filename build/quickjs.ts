import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from './lib/log.ts';
import { paths } from './lib/paths.ts';
import { run } from './lib/process.ts';
import { runStep } from './lib/step.ts';
import { messagePatches } from './quickjs-messages.ts';
import type { Toolchain } from './toolchain.ts';

const engine = join(paths.root, 'components/javascript/engine');
const work = join(paths.cache, 'javascript');
/** The released source with our changes applied. */
export const quickjsSource = join(work, 'quickjs');

/** One replacement in a released file; its text must be there exactly as often as `times` says (once). */
export interface Patch {
  readonly why: string;
  readonly find: string;
  readonly replace: string;
  readonly times?: number;
}

/** Where the parser recurses, with the bytes of measured stack that a call is to take. */
const parserFunctions = [
  { signature: 'static __exception int js_parse_assign_expr2(JSParseState *s, int parse_flags)', stack: 512 },
  { signature: 'static __exception int js_parse_unary(JSParseState *s, int parse_flags)', stack: 256 },
  { signature: 'static __exception int js_parse_postfix_expr(JSParseState *s, int parse_flags)', stack: 256 },
  {
    signature:
      'static __exception int js_parse_statement_or_decl(JSParseState *s,\n                                                  int decl_mask)',
    stack: 512,
  },
  {
    signature:
      '                                          bool allow_initializer,\n                                          bool export_flag)',
    stack: 512,
  },
] as const;

const patches: readonly Patch[] = [
  {
    why: 'a switch in a loop runs up to 1.5 times as fast on V8 as computed goto',
    find: '#define DIRECT_DISPATCH  1\n',
    replace: '#define DIRECT_DISPATCH  0\n',
  },
  {
    why: 'recursive C functions hardly use the stack that is measured, and would run over the one that is not',
    find: 'js_check_stack_overflow(ctx->rt, 0)',
    replace: '(exec_use_stack(384), js_check_stack_overflow(ctx->rt, 0))',
    times: 12,
  },
  {
    why: 'the same for the serialiser',
    find: 'js_check_stack_overflow(s->ctx->rt, 0)',
    replace: '(exec_use_stack(384), js_check_stack_overflow(s->ctx->rt, 0))',
  },
  ...parserFunctions.map(({ signature, stack }) => ({
    why: `the same for the parser, which checks at each token only (${signature})`,
    find: `${signature}\n{\n`,
    replace: `${signature}\n{\n    exec_use_stack(${stack});\n`,
  })),
  {
    why: 'what the patches above use',
    find: 'static inline bool js_check_stack_overflow(JSRuntime *rt, size_t alloca_size)\n',
    replace:
      '/* Makes the frame of the function that it stands in `size` bytes larger. */\n' +
      '#define exec_use_stack(size) \\\n' +
      '    ({ char exec_pad[size]; __asm__ volatile("" : : "r"(exec_pad) : "memory"); })\n\n' +
      'static inline bool js_check_stack_overflow(JSRuntime *rt, size_t alloca_size)\n',
  },
  {
    why: 'settling an async function can fail near the stack limit and without memory: an exception, not an abort',
    find: '                    abort(); /* BUG */\n                }\n            }\n            JS_FreeValue(ctx, ret2);\n        }\n        js_async_function_terminate',
    replace:
      '                    is_success = false;\n                }\n            }\n            JS_FreeValue(ctx, ret2);\n        }\n        js_async_function_terminate',
  },
  {
    why: 'a module specifier ends where it ends, not at a NUL: import(name)',
    find: '    filename = JS_ToCString(ctx, specifier);\n    if (!filename)\n        goto exception;\n',
    replace:
      '    size_t filename_size;\n    filename = JS_ToCStringLen(ctx, &filename_size, specifier);\n    if (!filename)\n        goto exception;\n' +
      '    if (strlen(filename) != filename_size) {\n        JS_FreeCString(ctx, filename);\n' +
      '        JS_ThrowTypeError(ctx, "a module specifier must not hold a NUL character");\n        goto exception;\n    }\n',
  },
  {
    why: 'the same for declarations',
    find: '    cname = JS_AtomToCString(ctx, module_name1);\n    if (!cname) {\n',
    replace:
      '    size_t cname_size;\n    cname = JS_AtomToCStringLen(ctx, &cname_size, module_name1);\n' +
      '    if (cname && strlen(cname) != cname_size) {\n        JS_FreeCString(ctx, cname);\n        cname = NULL;\n' +
      '        JS_ThrowTypeError(ctx, "a module specifier must not hold a NUL character");\n    }\n    if (!cname) {\n',
  },
  {
    why: 'text that ends too early says so; its last token has no text to show',
    find: '        return js_parse_error(s, "unexpected token in expression: \'%.*s\'",\n',
    replace:
      '        if (s->token.val == TOK_EOF)\n            return js_parse_error(s, "Unexpected end of input");\n' +
      '        return js_parse_error(s, "unexpected token in expression: \'%.*s\'",\n',
  },
  {
    why: 'template literals are the language, not a method call that programs can redirect: concat under a hidden name',
    find: '                    emit_op(s, OP_get_field2);\n                    emit_atom(s, JS_ATOM_concat);\n',
    replace:
      '                    emit_op(s, OP_get_field2);\n                    emit_atom(s, JS_ATOM_Private_brand);\n',
  },
  {
    why: 'the hidden name of concat, for the patch above',
    find: '    if (JS_SetObjectData(ctx, ctx->class_proto[JS_CLASS_STRING], js_empty_string(ctx->rt)))\n',
    replace:
      '    if (JS_DefinePropertyValue(ctx, ctx->class_proto[JS_CLASS_STRING], JS_ATOM_Private_brand,\n' +
      '                               JS_NewCFunction(ctx, js_string_concat, "concat", 1), 0) < 0)\n        return -1;\n' +
      '    if (JS_SetObjectData(ctx, ctx->class_proto[JS_CLASS_STRING], js_empty_string(ctx->rt)))\n',
  },
  {
    why: 'spreading a string in an object literal copies its characters (ECMA-262, CopyDataProperties)',
    find: '    if (JS_VALUE_GET_TAG(source) != JS_TAG_OBJECT)\n        return 0;\n\n    if (JS_VALUE_GET_TAG(excluded)',
    replace:
      '    if (JS_IsString(source)) {\n' +
      '        val = JS_ToObject(ctx, source);\n' +
      '        if (JS_IsException(val))\n            return -1;\n' +
      '        ret = JS_CopyDataProperties(ctx, target, val, excluded, setprop);\n' +
      '        JS_FreeValue(ctx, val);\n        return ret;\n    }\n' +
      '    if (JS_VALUE_GET_TAG(source) != JS_TAG_OBJECT)\n        return 0;\n\n    if (JS_VALUE_GET_TAG(excluded)',
  },
  {
    why: 'a date as text names its time zone, as in V8; it is always UTC (the next patch makes room)',
    find: '            /* XXX: tack the time zone code? */\n',
    replace: '            pos += snprintf(buf + pos, sizeof(buf) - pos, " (Coordinated Universal Time)");\n',
  },
  {
    why: 'for the patch above',
    find: '    // _string(obj, fmt, part)\n    char buf[64];\n',
    replace: '    // _string(obj, fmt, part)\n    char buf[96];\n',
  },
  {
    why: 'the value of an asynchronous script is no assignment, which a setter of a polluted prototype would take',
    find:
      '                emit_op(s, OP_object);\n                emit_op(s, OP_dup);\n' +
      '                emit_op(s, OP_get_loc);\n                emit_u16(s, fd->eval_ret_idx);\n' +
      '                emit_op(s, OP_put_field);\n',
    replace:
      '                emit_op(s, OP_object);\n' +
      '                emit_op(s, OP_get_loc);\n                emit_u16(s, fd->eval_ret_idx);\n' +
      '                emit_op(s, OP_define_field);\n',
    times: 2,
  },
  {
    why: 'columns of the first line begin at 1, as those of all others',
    find: '    js_parse_init(ctx, s, input, input_len, filename, line);\n',
    replace: '    js_parse_init(ctx, s, input, input_len, filename, line);\n    s->eol--;\n',
  },
  {
    why: 'a call has the place of its function, not that of the last call in its arguments: the place is kept',
    find: '    FuncCallType call_type;\n    int optional_chaining_label;\n',
    replace:
      '    FuncCallType call_type;\n    int optional_chaining_label;\n' +
      '    int call_line = s->token.line_num, call_col = s->token.col_num;\n',
  },
  {
    why: 'the same for methods, whose place is their name; and what is read of undefined has a place',
    find: '        parse_property:\n            if (s->token.val == TOK_PRIVATE_NAME) {\n',
    replace:
      '        parse_property:\n            call_line = s->token.line_num;\n            call_col = s->token.col_num;\n' +
      '            emit_source_loc(s);\n            if (s->token.val == TOK_PRIVATE_NAME) {\n',
  },
  {
    why: 'the same: the call is given the place',
    find: '            emit_func_call:\n                switch(opcode) {\n',
    replace:
      '            emit_func_call:\n                emit_source_loc_at(s, call_line, call_col);\n' +
      '                switch(opcode) {\n',
  },
  {
    why: 'the same for a call with a spread argument',
    find: '                /* apply function call */\n                switch(opcode) {\n',
    replace:
      '                /* apply function call */\n                emit_source_loc_at(s, call_line, call_col);\n' +
      '                switch(opcode) {\n',
  },
  {
    why: 'the same for new without arguments',
    find: '                emit_op(s, OP_dup);\n                emit_op(s, OP_call_constructor);\n',
    replace:
      '                emit_op(s, OP_dup);\n                emit_source_loc_at(s, call_line, call_col);\n' +
      '                emit_op(s, OP_call_constructor);\n',
  },
  {
    why: "a stack trace begins where a program's own class of errors is made, not in its constructor, as in V8",
    find: '    build_backtrace(ctx, obj, JS_UNDEFINED, NULL, 0, 0, JS_BACKTRACE_FLAG_SKIP_FIRST_LEVEL);\n    return obj;\n exception:\n',
    replace:
      '    build_backtrace(ctx, obj, new_target, NULL, 0, 0, JS_BACKTRACE_FLAG_SKIP_FIRST_LEVEL | EXEC_BACKTRACE_FROM);\n' +
      '    return obj;\n exception:\n',
  },
  {
    why: 'the same: what EXEC_BACKTRACE_FROM means',
    find: '    if (has_filter_func) {\n        for (sf = sf_start;',
    replace: '    if (has_filter_func || (backtrace_flags & EXEC_BACKTRACE_FROM)) {\n        for (sf = sf_start;',
  },
  {
    why: 'what Promise.any rejects with says so, as in V8',
    find: '    JS_DefinePropertyValueConst(ctx, obj, JS_ATOM_errors, errors,\n',
    replace:
      '    JS_DefinePropertyValue(ctx, obj, JS_ATOM_message, JS_NewString(ctx, "All promises were rejected"),\n' +
      '                           JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);\n' +
      '    JS_DefinePropertyValueConst(ctx, obj, JS_ATOM_errors, errors,\n',
  },
  {
    why: 'JSON.stringify looks for cycles at every level: deep data takes long, and must not outlive the deadline',
    find: '        v = js_array_includes(ctx, jsc->stack, 1, vc(&val));\n',
    replace:
      '        if (js_poll_interrupts(ctx))\n            goto exception;\n' +
      '        v = js_array_includes(ctx, jsc->stack, 1, vc(&val));\n',
  },
  {
    why: 'what import.meta holds is made at its first use, by modules.c; the compiler of the runtime has none',
    find: '    return JS_GetImportMeta(ctx, m);\n',
    replace:
      '    if (!JS_IsUndefined(m->meta_obj))\n        return js_dup(m->meta_obj);\n' +
      '    JSValue meta = JS_GetImportMeta(ctx, m);\n' +
      '    if (!JS_IsException(meta) && exec_fill_import_meta(ctx, m, meta) < 0) {\n' +
      '        JS_FreeValue(ctx, m->meta_obj);\n        m->meta_obj = JS_UNDEFINED;\n' +
      '        JS_FreeValue(ctx, meta);\n        return JS_EXCEPTION;\n    }\n    return meta;\n',
  },
  {
    why: 'for the patch above',
    find: 'static JSValue js_import_meta(JSContext *ctx)\n{\n',
    replace:
      '__attribute__((weak)) int exec_fill_import_meta(JSContext *ctx, JSModuleDef *m, JSValueConst meta)\n{\n    return 0;\n}\n\n' +
      'static JSValue js_import_meta(JSContext *ctx)\n{\n',
  },
  {
    why: 'stack traces begin with the error itself, as those of V8 do, and leave the runtime out',
    find: '/* if filename != NULL, an additional level is added with the filename\n',
    replace: '#include "backtrace.h"\n\n/* if filename != NULL, an additional level is added with the filename\n',
  },
  {
    why: 'a stack trace ends without a newline; where it becomes a plain property it gets its first line at once',
    find: '            stack = JS_NewStringLen(ctx, (char *)dbuf.buf, dbuf.size);\n        dbuf_free(&dbuf);\n    }\n',
    replace:
      '            stack = exec_backtrace_text(ctx, &dbuf);\n        dbuf_free(&dbuf);\n' +
      '        if (has_filter_func || !can_store_error_stack(error_obj))\n' +
      '            stack = exec_backtrace_complete(ctx, error_obj, stack);\n    }\n',
  },
  {
    why: 'the first line of a stack trace tells what the error is when the program looks',
    find: '    if (p->class_id != JS_CLASS_ERROR)\n        return JS_UNDEFINED;\n    return js_dup(p->u.object_data);\n',
    replace:
      '    if (p->class_id != JS_CLASS_ERROR)\n        return JS_UNDEFINED;\n' +
      '    return exec_backtrace_complete(ctx, this_val, js_dup(p->u.object_data));\n',
  },
  {
    why: 'programs may set `stack` to anything, as in V8',
    find: '    if (!JS_IsString(value))\n        return JS_ThrowTypeError(ctx, "Error.prototype.stack setter expects a string");\n',
    replace: '',
  },
  {
    why: 'a `stack` that was set is not enumerable, as in V8',
    find: 'JS_ATOM_stack, js_dup(value),\n                                   JS_PROP_C_W_E | JS_PROP_THROW) < 0)',
    replace:
      'JS_ATOM_stack, js_dup(value),\n                                   JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE | JS_PROP_THROW) < 0)',
  },
  {
    why: 'frames of the runtime are not shown, nor handed to Error.prepareStackTrace',
    find: '        if (has_prepare) {\n            js_new_callsite_data(ctx, &csd[i], sf);\n        } else {\n',
    replace:
      '        if (exec_backtrace_hides(sf)) {\n            continue;\n        } else if (has_prepare) {\n            js_new_callsite_data(ctx, &csd[i], sf);\n        } else if (exec_backtrace_frame(ctx, &dbuf, sf, b)) {\n        } else {\n',
  },
  ...messagePatches,
];

/** Our own C that is included into quickjs.c. */
const included = ['backtrace.h', 'messages.h'];

const flags = [
  ...['cc', '-target', 'wasm32-wasi', '-O2', '-g0', '-std=gnu23', '-DNDEBUG', '-D_GNU_SOURCE', '-funsigned-char'],
  // Nothing of this machine in the output, and no undefined-behaviour traps, which zig adds by default.
  ...['-ffile-prefix-map=..=.', '-fno-sanitize=undefined', '-Wno-everything'],
];

/** Runs `zig` in `cwd`, with its caches inside the build's own folder. */
export async function zig(toolchain: Toolchain, cwd: string, args: readonly string[]): Promise<void> {
  const cache = join(paths.cache, 'zig');
  await run(toolchain.zig, args, { cwd, env: { ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache } });
}

/** Compiles C files, two at a time, to `<file>.o` in `output`; returns the objects. */
export async function compileC(
  toolchain: Toolchain,
  cwd: string,
  sources: readonly string[],
  extra: readonly string[],
  output: string,
): Promise<string[]> {
  await mkdir(output, { recursive: true });
  const queue = [...sources];
  const worker = async (): Promise<void> => {
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      await zig(toolchain, cwd, [...flags, ...extra, '-c', source, '-o', objectOf(source, output)]);
    }
  };
  await Promise.all([worker(), worker()]);
  return sources.map((source) => objectOf(source, output));
}

function objectOf(source: string, output: string): string {
  return join(output, source.replaceAll('/', '_').replace(/\.c$/, '.o'));
}

async function patchSource(released: string): Promise<void> {
  await rm(quickjsSource, { recursive: true, force: true });
  await cp(released, quickjsSource, { recursive: true });
  for (const header of included) await cp(join(engine, header), join(quickjsSource, header));
  const file = join(quickjsSource, 'quickjs.c');
  let text = await readFile(file, 'utf8');
  for (const { why, find, replace, times = 1 } of patches) {
    const parts = text.split(find);
    if (parts.length !== times + 1) {
      throw new BuildError(
        `QuickJS-ng's quickjs.c holds ${parts.length - 1} times, not ${times}, the text to change because: ${why}. ` +
          'The source is not the one that build/quickjs.ts was written for.',
      );
    }
    text = parts.join(replace);
  }
  await writeFile(file, text);
}

/** Builds the engine. Returns its object files and a hash for later steps. */
export async function buildQuickjs(toolchain: Toolchain): Promise<{ objects: string[]; hash: string }> {
  const output = join(work, 'quickjs-objects');
  const sources = ['quickjs.c', 'libregexp.c', 'libunicode.c', 'dtoa.c'];
  const objects = sources.map((source) => objectOf(source, output));
  const hash = await runStep({
    name: 'compile QuickJS-ng',
    inputs: [toolchain.quickjs, ...included.map((header) => join(engine, header))],
    values: [toolchain.versions, ...flags, JSON.stringify(patches)],
    outputs: objects,
    build: async () => {
      await patchSource(toolchain.quickjs);
      await compileC(toolchain, quickjsSource, sources, [], output);
    },
  });
  return { objects, hash };
}
