# Escapes, code pages, Unicode, tables, links and hidden parts of a document.
from striprtf.striprtf import rtf_to_text

document = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator hidden;}{\info{\title Secret}}
\pard Caf\'e9 \u8364? 5\par {\b Bold} and {\i slanted}\line next\tab tab\par
\trowd\cellx1000\cellx2000 a\cell b\cell\row
{\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt site}}\par \{braces\} \\ \emdash \~end}"""
print(rtf_to_text(document))
print(repr(rtf_to_text(r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}")), repr(rtf_to_text("")))

#> Café € 5
#> Bold and slanted
#> next	tab
#> a|b|
#> site("https://example.org")
#> {braces} \ — end
#> 'При' ''
