# Lexers for many languages, formatters, styles, filters, guesses, and a lexer of one's own.
from pygments import highlight, lex
from pygments.formatters import HtmlFormatter, NullFormatter, RawTokenFormatter, SvgFormatter, Terminal256Formatter
from pygments.lexer import RegexLexer
from pygments.lexers import get_all_lexers, get_lexer_by_name, get_lexer_for_filename, guess_lexer
from pygments.token import Keyword, Name, Text, Token
from pygments.util import ClassNotFound

for name, code in {"python": "def f(x: int) -> str: return f'{x}'", "javascript": "let x = `a${1}`;", "sql": "SELECT * FROM t -- c", "json": '{"a": 1}', "html": "<b>x</b>", "rust": "fn main() {}", "yaml": "a: [1]"}.items():
    tokens = [(str(kind).removeprefix("Token."), text) for kind, text in lex(code, get_lexer_by_name(name)) if text.strip()]
    print(name, tokens[:3], highlight(code, get_lexer_by_name(name), NullFormatter()).strip() == code)

class Todo(RegexLexer):
    tokens = {"root": [(r"TODO\b", Keyword), (r"\w+", Name), (r"\W+", Text)]}

print(list(Todo().get_tokens("TODO this"))[0], get_lexer_for_filename("x.tsx").name, guess_lexer("#!/usr/bin/python\nx = 1").name, len(list(get_all_lexers())) > 400)
html = highlight("x = 1", get_lexer_by_name("py"), HtmlFormatter(linenos="inline", full=True, style="monokai", cssclass="code"))
print("<html>" in html, "monokai" in html or "#f8f8f2" in html, repr(highlight("1", get_lexer_by_name("py"), Terminal256Formatter()))[:22], "<svg" in highlight("1", get_lexer_by_name("py"), SvgFormatter()))
try:
    get_lexer_by_name("no-such-language")
except ClassNotFound as error:
    print(error)

#> python [('Keyword', 'def'), ('Name.Function', 'f'), ('Punctuation', '(')] True
#> javascript [('Keyword.Declaration', 'let'), ('Name.Other', 'x'), ('Operator', '=')] True
#> sql [('Keyword', 'SELECT'), ('Operator', '*'), ('Keyword', 'FROM')] True
#> json [('Punctuation', '{'), ('Name.Tag', '"a"'), ('Punctuation', ':')] True
#> html [('Punctuation', '<'), ('Name.Tag', 'b'), ('Punctuation', '>')] True
#> rust [('Keyword', 'fn'), ('Name.Function', 'main'), ('Punctuation', '(')] True
#> yaml [('Name.Tag', 'a'), ('Punctuation', ':'), ('Punctuation.Indicator', '[')] True
#> (Token.Keyword, 'TODO') TSX Python True
#> True False '\x1b[38;5;241m1\x1b[3 True
#> no lexer for alias 'no-such-language' found
