# A calculator and JSON by grammar, with LALR and Earley, trees turned into values, and errors with their place.
from lark import Lark, Transformer, Tree, UnexpectedInput, v_args

@v_args(inline=True)
class Calculate(Transformer):
    from operator import add, mul, neg, sub, truediv as div
    number = float

    def __init__(self):
        self.names = {}

    def assign(self, name, value):
        self.names[name] = value
        return value

    def var(self, name):
        return self.names[name]

grammar = """
?start: sum | NAME "=" sum -> assign
?sum: product | sum "+" product -> add | sum "-" product -> sub
?product: atom | product "*" atom -> mul | product "/" atom -> div
?atom: NUMBER -> number | "-" atom -> neg | NAME -> var | "(" sum ")"
%import common.CNAME -> NAME
%import common.NUMBER
%import common.WS_INLINE
%ignore WS_INLINE
"""
calc = Lark(grammar, parser="lalr", transformer=Calculate())
print(calc.parse("x = 2 * (3 + 4)"), calc.parse("-x / 4 - 1"))
print(Lark(grammar, parser="earley").parse("1+2*3").pretty().split())
try:
    calc.parse("1 + * 2")
except UnexpectedInput as error:
    print(error.line, error.column, error.get_context("1 + * 2").splitlines()[0])
json_parser = Lark(r"""?value: object | list | ESCAPED_STRING | SIGNED_NUMBER | "true" | "null"
list: "[" [value ("," value)*] "]"
object: "{" [pair ("," pair)*] "}"
pair: ESCAPED_STRING ":" value
%import common (ESCAPED_STRING, SIGNED_NUMBER, WS)
%ignore WS""", start="value", parser="lalr")
tree = json_parser.parse('{"a": [1, true, {"b": null}]}')
print([t.data for t in tree.iter_subtrees()], len(list(tree.find_data("pair"))))

#> 14.0 -4.5
#> ['add', 'number', '1', 'mul', 'number', '2', 'number', '3']
#> 1 5 1 + * 2
#> [Token('RULE', 'value'), Token('RULE', 'pair'), Token('RULE', 'value'), Token('RULE', 'object'), Token('RULE', 'list'), Token('RULE', 'pair'), Token('RULE', 'object')] 2
