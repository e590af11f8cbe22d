# Arithmetic with precedence, a configuration with names, actions, alternatives and errors with their place.
import pyparsing as pp

number = pp.common.number
expression = pp.infix_notation(number, [("-", 1, pp.OpAssoc.RIGHT), (pp.one_of("* /"), 2, pp.OpAssoc.LEFT), (pp.one_of("+ -"), 2, pp.OpAssoc.LEFT)])
print(expression.parse_string("1 + 2 * (3 - -4)", parse_all=True).as_list())
key = pp.Word(pp.alphas, pp.alphanums + "_")
value = pp.quoted_string.copy().set_parse_action(pp.remove_quotes) | pp.common.number | key
entry = pp.Group(key("key") + pp.Suppress("=") + pp.DelimitedList(value)("parts"))
section = pp.Group(pp.Suppress("[") + key("name") + pp.Suppress("]") + pp.ZeroOrMore(entry)("entries"))
config = pp.OneOrMore(section).ignore(pp.python_style_comment)
for found in config.parse_string('[a] # note\nx = 1, 2.5, "t u"\ny = z\n[b]\nq = -3'):
    print(found.name, [(e.key, e.parts.as_list()) for e in found.entries])
try:
    config.parse_string("[a\nx = 1", parse_all=True)
except pp.ParseException as error:
    print(error.lineno, error.col, error.msg)
print([t[0] for t, s, e in pp.common.ipv4_address.scan_string("from 10.0.0.1 to 10.0.0.2")], pp.nested_expr().parse_string("(a (b c) d)").as_list(), pp.Literal("a").set_whitespace_chars("")[...].transform_string("aab"))

#> [[1, '+', [2, '*', [3, '-', ['-', 4]]]]]
#> a [('x', [1, 2.5, 't u']), ('y', ['z'])]
#> b [('q', [-3])]
#> 2 1 Expected ']'
#> ['10.0.0.1', '10.0.0.2'] [['a', ['b', 'c'], 'd']] aab
