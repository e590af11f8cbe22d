# Extensions, a table of contents, fenced code with classes, footnotes, metadata and an extension of one's own.
import markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor

class Strike(markdown.extensions.Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.*?)~~", "del"), "del", 175)

text = """Title: Été
Tags: a
      b

# One

Some *text* ~~gone~~ with a note[^1] and `code <b>`.

```python
x = 1 < 2
```

## Two {#second}

Term
:   Meaning

- [x] item

a | b
:-|-:
1 | 2

[^1]: The note.
"""
md = markdown.Markdown(extensions=["extra", "meta", "toc", "sane_lists", Strike()])
html = md.convert(text)
print(md.Meta)
print([(t["id"], t["name"]) for t in md.toc_tokens[0]["children"]], md.toc_tokens[0]["id"])
for piece in ("<em>text</em> <del>gone</del>", '<sup id="fnref:1">', "<code>code &lt;b&gt;</code>", '<pre><code class="language-python">x = 1 &lt; 2', '<h2 id="second">', "<dd>Meaning</dd>", '<td style="text-align: right;">2</td>'):
    print(piece in html, end=" ")
print(markdown.markdown("a\nb", extensions=["nl2br"]), markdown.markdown("[x](javascript:alert(1)) <b>", output_format="html"))

#> {'title': ['Été'], 'tags': ['a', 'b']}
#> [('second', 'Two')] one
#> True True True True True True True <p>a<br />
#> b</p> <p><a href="javascript:alert(1)">x</a> <b></p>
