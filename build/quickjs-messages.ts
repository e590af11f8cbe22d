import type { Patch } from './quickjs.ts';

const name = 'JS_AtomGetStr(ctx, exec_name, sizeof(exec_name), ';
const declared = (atom: string): string =>
  `({ char exec_name[ATOM_GET_STR_BUF_SIZE]; js_parse_error(s, "Identifier '%s' has already been declared", ${name}${atom})); })`;

/** A text of the engine, by the text that V8 has in its place. */
const words: readonly (readonly [engine: string, v8: string, times?: number])[] = [
  [`'%s' is a reserved identifier`, `Unexpected reserved word '%s'`],
  ['BigInt division by zero', 'Division by zero'],
  ['BigInt negative exponent', 'Exponent must be positive'],
  ['BigInt operands are forbidden for >>>', 'BigInts have no unsigned right shift, use >> instead'],
  ['BigInt are forbidden in JSON.stringify', 'Do not know how to serialize a BigInt'],
  ['cannot convert BigInt to number', 'Cannot convert a BigInt value to a number'],
  ['cannot convert symbol to number', 'Cannot convert a Symbol value to a number'],
  ['cannot convert symbol to string', 'Cannot convert a Symbol value to a string'],
  [`operand 'prototype' property is not an object`, 'Function has non-object prototype in instanceof check'],
  [`regexp must have the 'g' flag`, 'matchAll and replaceAll need a regular expression with the flag g'],
  ['Date value is NaN', 'Invalid time value'],
  ['bad normalization form', 'The normalization form should be one of NFC, NFD, NFKC, NFKD.'],
  ['circular prototype chain', 'Cyclic __proto__ value'],
  ['empty array', 'Reduce of empty array with no initial value'],
  ['expecting hex digit', 'URI malformed'],
  ['expecting %%', 'URI malformed'],
  ['invalid array length', 'Invalid array length', 4],
  ['invalid code point', 'Invalid code point'],
  ['bigint argument with unary +', 'Cannot convert a BigInt value to a number', 2],
  ['invalid string length', 'Invalid string length', 6],
  ['revoked proxy', 'Cannot perform an operation on a proxy that has been revoked'],
  ['expecting surrogate pair', 'URI malformed', 2],
  ['malformed UTF-8', 'URI malformed'],
  ['invalid number of digits', 'digits argument must be between 0 and 100', 3],
  ['invalid regular expression flags', 'Invalid regular expression flags', 2],
  ['invalid assignment left-hand side', 'Invalid left-hand side in assignment'],
  ['invalid increment/decrement operand', 'Invalid left-hand side expression in postfix operation'],
  ['missing initializer for variable', 'Missing initializer in const declaration'],
  ['return not in a function', 'Illegal return statement'],
  ['break must be inside loop or switch', 'Illegal break statement'],
  ['continue must be inside loop', 'Illegal continue statement: no surrounding iteration statement'],
  ['break/continue label not found', 'Undefined label'],
  ['invalid number literal', 'Invalid or unexpected token'],
  ['unexpected end of string', 'Invalid or unexpected token', 2],
  ['unexpected end of regexp', 'Invalid regular expression: missing /'],
  [`unexpected 'await' keyword`, 'await is only valid in async functions and the top level bodies of modules'],
  [`redeclaration of '%s'`, `Identifier '%s' has already been declared`],
];

const wordPatches: readonly Patch[] = words.map(([engine, v8, times = 1]) => ({
  why: `errors say what V8 says: ${v8}`,
  find: `"${engine}"`,
  replace: `"${v8}"`,
  times,
}));

/**
 * Errors in V8's words. Programs, and those who mend them, know these: "obj.list.nope is not a function" tells where to
 * look, "not a function" does not.
 */
export const messagePatches: readonly Patch[] = [
  {
    why: 'errors name the expression that caused them: what messages.h defines below, where the instructions are known',
    find: '#include "backtrace.h"\n',
    replace:
      '#include "backtrace.h"\n' +
      'static JSValue exec_throw_not_callable(JSContext *, JSValueConst, bool, const char *);\n' +
      'static JSValue exec_throw_not_iterable(JSContext *, JSValueConst);\n' +
      'static JSValue exec_throw_not_object(JSContext *, JSValueConst);\n' +
      'static JSValue exec_throw_of_nullish(JSContext *, const char *, JSAtom);\n' +
      'static JSValue exec_throw_about(JSContext *, const char *, JSValueConst, const char *);\n' +
      'static JSValue exec_throw_class_call(JSContext *, JSValueConst);\n' +
      'static int exec_operand(JSContext *, double *, JSValue);\n' +
      'static int exec_bits(JSContext *, int32_t *, JSValue);\n' +
      'static void exec_throw_cycle(JSContext *, JSValueConst, JSValueConst);\n' +
      'static int exec_refuse(JSContext *, int, const char *, JSAtom, const char *, JSValueConst, const char *);\n\n',
  },
  {
    why: 'the same: the definitions',
    find: '/* compute the maximum stack size needed by the function */\n',
    replace: '#include "messages.h"\n\n/* compute the maximum stack size needed by the function */\n',
  },
  {
    why: 'what is called and is no function is named',
    find: '            return JS_ThrowTypeErrorNotAFunction(caller_ctx);\n',
    replace: '            return exec_throw_not_callable(caller_ctx, func_obj, true, "function");\n',
  },
  {
    why: 'the same for new, with something that is no object',
    find: '        not_a_function:\n            return JS_ThrowTypeErrorNotAFunction(ctx);\n',
    replace:
      '        not_a_function:\n            return exec_throw_not_callable(ctx, func_obj, true, "constructor");\n',
  },
  {
    why: 'the same for new, with a function that is no class',
    find:
      '    if (unlikely(!p->is_constructor))\n        return JS_ThrowTypeErrorNotAConstructor(ctx, func_obj);\n' +
      '    if (unlikely(p->class_id',
    replace:
      '    if (unlikely(!p->is_constructor))\n        return exec_throw_not_callable(ctx, func_obj, true, "constructor");\n' +
      '    if (unlikely(p->class_id',
  },
  {
    why: 'what was given as a function and is none is shown',
    find: '    JS_ThrowTypeErrorNotAFunction(ctx);\n    return -1;\n',
    replace: '    exec_throw_not_callable(ctx, obj, false, "function");\n    return -1;\n',
  },
  {
    why: 'what is iterated and cannot be is named',
    find:
      '    if (!JS_IsFunction(ctx, method)) {\n        JS_FreeValue(ctx, method);\n' +
      '        return JS_ThrowTypeError(ctx, "value is not iterable");\n',
    replace:
      '    if (!JS_IsFunction(ctx, method)) {\n        JS_FreeValue(ctx, method);\n' +
      '        return exec_throw_not_iterable(ctx, obj);\n',
  },
  {
    why: 'the same for undefined and null, which have no properties to look at',
    find: '    JSValue method, ret, sync_iter;\n\n    if (is_async) {\n',
    replace:
      '    JSValue method, ret, sync_iter;\n\n    if (JS_IsUndefined(obj) || JS_IsNull(obj))\n' +
      '        return exec_throw_not_iterable(ctx, obj);\n    if (is_async) {\n',
  },
  {
    why: 'the same for what cannot be iterated asynchronously either',
    find: '            sync_iter = JS_GetIterator2(ctx, obj, method);\n            JS_FreeValue(ctx, method);\n',
    replace:
      '            if (!JS_IsFunction(ctx, method)) {\n                JS_FreeValue(ctx, method);\n' +
      '                return exec_throw_not_iterable(ctx, obj);\n            }\n' +
      '            sync_iter = JS_GetIterator2(ctx, obj, method);\n            JS_FreeValue(ctx, method);\n',
  },
  {
    why: 'the same for a spread argument or element',
    find: '    iterator = JS_GetProperty(ctx, sp[-1], JS_ATOM_Symbol_iterator);\n    if (JS_IsException(iterator))\n        return -1;\n    /* Used',
    replace:
      '    if (JS_IsUndefined(sp[-1]) || JS_IsNull(sp[-1])) {\n        exec_throw_not_iterable(ctx, sp[-1]);\n        return -1;\n    }\n' +
      '    iterator = JS_GetProperty(ctx, sp[-1], JS_ATOM_Symbol_iterator);\n    if (JS_IsException(iterator))\n        return -1;\n    /* Used',
  },
  {
    why: 'what is destructured and has no properties is named',
    find: '        return JS_ThrowTypeError(ctx, "Cannot convert undefined or null to object");\n    case JS_TAG_OBJECT:\n',
    replace: '        return exec_throw_not_object(ctx, val);\n    case JS_TAG_OBJECT:\n',
  },
  ...(['null', 'undefined'] as const).flatMap((nullish): Patch[] => [
    {
      why: `errors say what V8 says: reading of ${nullish}, of a name in the program`,
      find: `return JS_ThrowTypeErrorAtom(ctx, "cannot read property '%s' of ${nullish}", prop);`,
      replace: `return exec_throw_of_nullish(ctx, "Cannot read properties of ${nullish} (reading '%s')", prop);`,
    },
    {
      why: `the same: reading of ${nullish}, of a computed name`,
      find: `JS_ThrowTypeErrorAtom(ctx, "cannot read property '%s' of ${nullish}", atom);`,
      replace: `exec_throw_of_nullish(ctx, "Cannot read properties of ${nullish} (reading '%s')", atom);`,
    },
    {
      why: `the same: writing to ${nullish}`,
      find: `JS_ThrowTypeErrorAtom(ctx, "cannot set property '%s' of ${nullish}", prop);`,
      replace: `exec_throw_of_nullish(ctx, "Cannot set properties of ${nullish} (setting '%s')", prop);`,
    },
  ]),
  {
    why: 'assignment to a constant says so',
    find: '                    JS_ThrowTypeErrorReadOnly(ctx, JS_PROP_THROW, atom);\n',
    replace: '                    JS_ThrowTypeError(ctx, "Assignment to constant variable.");\n',
  },
  {
    why: 'what is read too early is named, and `this` before super() is told',
    find:
      '    return JS_ThrowReferenceError(ctx, "%s is not initialized",\n' +
      '                                  name == JS_ATOM_NULL ? "lexical variable" :\n',
    replace:
      '    if (name == JS_ATOM_this)\n' +
      '        return JS_ThrowReferenceError(ctx, "Must call super constructor in derived class before accessing " ' +
      `"'this' or returning from derived constructor");\n` +
      `    return JS_ThrowReferenceError(ctx, "Cannot access '%s' before initialization",\n` +
      '                                  name == JS_ATOM_NULL ? "lexical variable" :\n',
  },
  {
    why: 'a property that cannot be written is named with its object',
    find: '            ret = JS_ThrowTypeErrorReadOnly(ctx, flags, prop);\n',
    replace:
      `            ret = exec_refuse(ctx, flags, "Cannot assign to read only property '", prop,\n` +
      `                              JS_IsObject(this_obj) ? "' of object '" : "' of '", this_obj, "'");\n`,
  },
  {
    why: 'a property that only has a getter is named with its object',
    find: '\n            return call_setter(ctx, pr->u.getset.setter, this_obj, val, flags);\n',
    replace:
      '\n            if (unlikely(pr->u.getset.setter == NULL)) {\n                JS_FreeValue(ctx, val);\n' +
      '                return exec_refuse(ctx, flags, "Cannot set property ", prop, " of ", this_obj, " which has only a getter");\n' +
      '            }\n            return call_setter(ctx, pr->u.getset.setter, this_obj, val, flags);\n',
  },
  {
    why: 'the same where a prototype has the getter',
    find: '\n                return call_setter(ctx, pr->u.getset.setter, this_obj, val, flags);\n',
    replace:
      '\n                if (unlikely(pr->u.getset.setter == NULL)) {\n                    JS_FreeValue(ctx, val);\n' +
      '                    return exec_refuse(ctx, flags, "Cannot set property ", prop, " of ", this_obj, " which has only a getter");\n' +
      '                }\n                return call_setter(ctx, pr->u.getset.setter, this_obj, val, flags);\n',
  },
  {
    why: 'a property that cannot be added is named',
    find: '            ret = JS_ThrowTypeErrorOrFalse(ctx, flags, "object is not extensible");\n',
    replace:
      '            ret = exec_refuse(ctx, flags, "Cannot add property ", prop, ", object is not extensible", JS_UNDEFINED, "");\n',
    times: 2,
  },
  {
    why: 'the same for one that is defined',
    find: '        return JS_ThrowTypeErrorOrFalse(ctx, flags, "object is not extensible");\n',
    replace:
      '        return exec_refuse(ctx, flags, "Cannot define property ", prop, ", object is not extensible", JS_UNDEFINED, "");\n',
  },
  {
    why: 'a primitive value that was to get a property is shown',
    find: '        ret = JS_ThrowTypeErrorOrFalse(ctx, flags, "not an object");\n',
    replace: `        ret = exec_refuse(ctx, flags, "Cannot create property '", prop, "' on ", this_obj, "");\n`,
  },
  {
    why: 'a property that cannot be defined anew is named',
    find: '\n            return JS_ThrowTypeErrorOrFalse(ctx, flags, "property is not configurable");\n',
    replace:
      '\n            return exec_refuse(ctx, flags, "Cannot redefine property: ", prop, "", JS_UNDEFINED, "");\n',
  },
  {
    why: 'a property that cannot be deleted is named with its object',
    find: '        JS_ThrowTypeError(ctx, "could not delete property");\n        return -1;\n',
    replace: `        return exec_refuse(ctx, flags, "Cannot delete property '", prop, "' of ", obj, "");\n`,
  },
  {
    why: 'a private name is told as one',
    find: `    return JS_ThrowTypeErrorAtom(ctx, "private class field '%s' does not exist",\n`,
    replace:
      '    return JS_ThrowTypeErrorAtom(ctx, "Cannot access private member %s of an object whose class did not declare it",\n',
  },
  {
    why: 'BigInt and numbers do not mix: arithmetic',
    find: '        if (JS_ToFloat64Free(ctx, &d1, op1)) {\n',
    replace: '        if (exec_operand(ctx, &d1, op1)) {\n',
    times: 2,
  },
  {
    why: 'the same: the right side',
    find: '        if (JS_ToFloat64Free(ctx, &d2, op2))\n',
    replace: '        if (exec_operand(ctx, &d2, op2))\n',
    times: 2,
  },
  {
    why: 'the same: bits',
    find: 'JS_ToInt32Free(ctx, (int32_t *)&v1, op1)',
    replace: 'exec_bits(ctx, (int32_t *)&v1, op1)',
  },
  {
    why: 'the same: bits on the right side',
    find: 'JS_ToInt32Free(ctx, (int32_t *)&v2, op2)',
    replace: 'exec_bits(ctx, (int32_t *)&v2, op2)',
  },
  {
    why: 'what is no BigInt is shown: a text',
    find:
      '    val = JS_StringToBigInt(ctx, val);\n    if (JS_VALUE_IS_NAN(val))\n' +
      '        return JS_ThrowSyntaxError(ctx, "invalid BigInt literal");\n    return val;\n',
    replace:
      '    const char *exec_text = JS_ToCString(ctx, val);\n    val = JS_StringToBigInt(ctx, val);\n' +
      '    if (JS_VALUE_IS_NAN(val))\n' +
      '        val = JS_ThrowSyntaxError(ctx, "Cannot convert %.200s to a BigInt", exec_text ? exec_text : "");\n' +
      '    JS_FreeCString(ctx, exec_text);\n    return val;\n',
  },
  {
    why: 'the same: a number',
    find: 'val = JS_ThrowRangeError(ctx, "cannot convert to BigInt: not an integer");',
    replace:
      'val = JS_ThrowRangeError(ctx, "The number %.17g cannot be converted to a BigInt because it is not an integer", d);',
  },
  {
    why: 'the same: all other values',
    find: '        JS_FreeValue(ctx, val);\n        return JS_ThrowTypeError(ctx, "cannot convert to BigInt");\n',
    replace:
      '        exec_throw_about(ctx, "Cannot convert ", val, " to a BigInt");\n        JS_FreeValue(ctx, val);\n' +
      '        return JS_EXCEPTION;\n',
  },
  {
    why: 'the right side of `in` is shown',
    find: `    if (JS_VALUE_GET_TAG(op2) != JS_TAG_OBJECT) {\n        JS_ThrowTypeError(ctx, "invalid 'in' operand");\n`,
    replace: `    if (JS_VALUE_GET_TAG(op2) != JS_TAG_OBJECT) {\n        exec_throw_about(ctx, "Cannot use 'in' operator to search for a property in ", op2, "");\n`,
  },
  {
    why: 'the right side of instanceof is told',
    find: `        JS_ThrowTypeError(ctx, "invalid 'instanceof' right operand");\n`,
    replace: `        JS_ThrowTypeError(ctx, JS_IsObject(obj) ? "Right-hand side of 'instanceof' is not callable"\n                                                : "Right-hand side of 'instanceof' is not an object");\n`,
  },
  {
    why: 'what a class extends and cannot is shown',
    find: '                JS_ThrowTypeError(ctx, "parent class must be constructor");\n',
    replace:
      '                exec_throw_about(ctx, "Class extends value ", parent_class, " is not a constructor or null");\n',
  },
  {
    why: 'a built-in class that is called without new is named',
    find: '                ret_val = JS_ThrowTypeError(ctx, "must be called with new");\n',
    replace: `                ret_val = exec_throw_about(ctx, "Constructor ", func_obj, " requires 'new'");\n`,
  },
  {
    why: 'a class that is called without new is named',
    find: `                JS_ThrowTypeError(ctx, "class constructors must be invoked with 'new'");\n`,
    replace: '                exec_throw_class_call(ctx, sf->cur_func);\n',
  },
  {
    why: 'JSON.stringify tells where the circle is',
    find: '            JS_ThrowTypeError(ctx, "circular reference");\n            goto exception;\n',
    replace: '            exec_throw_cycle(ctx, jsc->stack, val);\n            goto exception;\n',
  },
  {
    why: 'a regular expression that is none is shown',
    find: '    re_bytecode_buf = lre_compile(&re_bytecode_len, error_msg,\n                                  sizeof(error_msg), str, len, re_flags, ctx);\n    JS_FreeCString(ctx, str);\n    if (!re_bytecode_buf) {\n        JS_ThrowSyntaxError(ctx, "%s", error_msg);\n',
    replace:
      '    re_bytecode_buf = lre_compile(&re_bytecode_len, error_msg,\n                                  sizeof(error_msg), str, len, re_flags, ctx);\n    if (!re_bytecode_buf) {\n' +
      '        JS_ThrowSyntaxError(ctx, "Invalid regular expression: /%.120s/: %s", str, exec_pattern_error(str, error_msg));\n' +
      '        JS_FreeCString(ctx, str);\n',
  },
  {
    why: 'the same: the string is kept until then',
    find: '        return JS_EXCEPTION;\n    }\n\n    ret = js_new_string8_len(ctx, (void *)&re_bytecode_buf,\n',
    replace:
      '        return JS_EXCEPTION;\n    }\n    JS_FreeCString(ctx, str);\n\n    ret = js_new_string8_len(ctx, (void *)&re_bytecode_buf,\n',
  },
  {
    why: 'a missing semicolon is told as what stands there',
    find: `        return js_parse_error(s, "expecting '%c'", ';');\n    }\n    return next_token(s);\n`,
    replace:
      '        if (s->last_ptr - s->buf_start >= 5 && !memcmp(s->last_ptr - 5, "await", 5))\n' +
      '            return js_parse_error(s, "await is only valid in async functions and the top level bodies of modules");\n' +
      '        return js_parse_expect(s, 0);\n    }\n    return next_token(s);\n',
  },
  {
    why: 'the same for a variable without a name',
    find: 'return js_parse_error(s, "variable name expected");',
    replace: 'return js_parse_expect(s, 0);',
    times: 2,
  },
  {
    why: 'the same for a class without a name',
    find: 'js_parse_error(s, "class statement requires a name");',
    replace: 'js_parse_expect(s, 0);',
  },
  {
    why: 'the same for a property without a name',
    find: 'js_parse_error(s, "invalid property name");',
    replace: 'js_parse_expect(s, 0);',
  },
  {
    why: 'the same for what begins no expression',
    find: `        return js_parse_error(s, "unexpected token in expression: '%.*s'",\n`,
    replace: `        return js_parse_error(s, "Unexpected token '%.*s'",\n`,
  },
  ...[
    'invalid redefinition of lexical identifier',
    'invalid redefinition of parameter name',
    'invalid redefinition of a variable',
    'invalid redefinition of global identifier',
  ].map((text) => ({
    why: `what is declared twice is named (${text})`,
    find: `return js_parse_error(s, "${text}");`,
    replace: `return ${declared('name')};`,
    ...(text.endsWith('lexical identifier') ? { times: 2 } : {}),
  })),
  ...['invalid redefinition of global identifier in module code', 'invalid redefinition of global identifier'].map(
    (text) => ({
      why: `the same for functions (${text})`,
      find: `js_parse_error(s, "${text}");`,
      replace: `${declared('func_name')};`,
    }),
  ),
  {
    why: 'JSON.parse tells what it did not expect, and where',
    find:
      `            js_parse_error(s, "unexpected token: '%.*s'",\n` +
      '                           (int)(s->buf_ptr - s->token.ptr), s->token.ptr);\n',
    replace: '            exec_json_unexpected(s);\n',
  },
  {
    why: 'the same: its declaration; and one of its errors ends otherwise',
    find: 'static int json_parse_error(JSParseState *s, const uint8_t *curp, const char *msg)\n',
    replace:
      'static int exec_json_unexpected(JSParseState *s);\n\n' +
      'static int json_parse_error(JSParseState *s, const uint8_t *curp, const char *msg)\n',
  },
  {
    why: 'the same: what follows the value',
    find: 'if (js_parse_error(s, "unexpected data at the end")) {',
    replace: 'if (json_parse_error(s, s->token.ptr, "Unexpected non-whitespace character after JSON")) {',
  },
  {
    why: 'the same: its text',
    find: '    return js_parse_error(s, "%s in JSON at position %d (line %d column %d)",\n                          msg, position',
    replace:
      '    return js_parse_error(s, "%s%s at position %d (line %d column %d)",\n' +
      '                          msg, strstr(msg, "JSON") ? "" : " in JSON", position',
  },
  {
    why: 'the same: a comma before the brace',
    find: `json_parse_error(s, s->token.ptr, "Expected property name or '}'");`,
    replace:
      'json_parse_error(s, s->token.ptr, JS_VALUE_GET_OBJ(val)->shape->prop_count > 0\n' +
      `                             ? "Expected double-quoted property name" : "Expected property name or '}'");`,
  },
  {
    why: 'a promise without a function to run shows what it got',
    find: '    executor = argv[0];\n    if (check_function(ctx, executor))\n        return JS_EXCEPTION;\n    obj = js_promise_new',
    replace:
      '    executor = argv[0];\n    if (!JS_IsFunction(ctx, executor))\n' +
      '        return exec_throw_about(ctx, "Promise resolver ", executor, " is not a function");\n    obj = js_promise_new',
  },
  {
    why: 'what a module lacks is told as by V8',
    find:
      `        JS_ThrowSyntaxError(ctx, "Could not find export '%s' in module '%s'",\n` +
      '                            JS_AtomGetStr(ctx, buf1, sizeof(buf1), export_name),\n' +
      '                            JS_AtomGetStr(ctx, buf2, sizeof(buf2), m->module_name));\n',
    replace:
      `        JS_ThrowSyntaxError(ctx, "The requested module '%s' does not provide an export named '%s'",\n` +
      '                            JS_AtomGetStr(ctx, buf2, sizeof(buf2), m->module_name),\n' +
      '                            JS_AtomGetStr(ctx, buf1, sizeof(buf1), export_name));\n',
  },
  {
    why: 'how often a text cannot be repeated is shown',
    find: '        JS_ThrowRangeError(ctx, "invalid repeat count");\n',
    replace:
      '        if (val == INT64_MAX) JS_ThrowRangeError(ctx, "Invalid count value: Infinity");\n' +
      '        else JS_ThrowRangeError(ctx, "Invalid count value: %lld", (long long)val);\n',
  },
  {
    why: 'an object that cannot get another prototype is shown',
    find: '        if (throw_flag) {\n            JS_ThrowTypeError(ctx, "object is not extensible");\n            return -1;\n',
    replace:
      '        if (throw_flag) {\n            exec_throw_about(ctx, "", obj, " is not extensible");\n            return -1;\n',
  },
  {
    why: 'functions that make no objects are named',
    find: 'fini:\n    return JS_ThrowTypeError(ctx, "not a constructor");\n',
    replace: 'fini:\n    return exec_throw_not_callable(ctx, func_obj, false, "constructor");\n',
  },
  ...wordPatches,
];
