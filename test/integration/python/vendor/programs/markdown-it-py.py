# CommonMark, tables, rules of one's own, tokens with their lines, and options.
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

md = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "strikethrough", "replacements", "smartquotes"])
print(md.render('# "Quoted"...\n\n| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n\n<b>raw</b>').strip())
tokens = md.parse("para\n\n* one\n* two\n\n    code")
print([(t.type, t.map) for t in tokens if t.map and t.nesting >= 0][:6])
root = SyntaxTreeNode(md.parse("## A\n\n[x](https://y.z)"))
print([node.type for node in root.walk()], [n.attrs["href"] for n in root.walk() if n.type == "link"])

def render_em(self, tokens, idx, options, env):
    return "<i>"

md.add_render_rule("em_open", render_em)
print(md.renderInline("*a* **b** `c`"), md.render("[x](javascript:1)").strip())

#> <h1>“Quoted”…</h1>
#> <table>
#> <thead>
#> <tr>
#> <th>a</th>
#> <th style="text-align:right">b</th>
#> </tr>
#> </thead>
#> <tbody>
#> <tr>
#> <td>1</td>
#> <td style="text-align:right"><s>2</s></td>
#> </tr>
#> </tbody>
#> </table>
#> <p>&lt;b&gt;raw&lt;/b&gt;</p>
#> [('paragraph_open', [0, 1]), ('inline', [0, 1]), ('bullet_list_open', [2, 6]), ('list_item_open', [2, 3]), ('paragraph_open', [2, 3]), ('inline', [2, 3])]
#> ['root', 'heading', 'inline', 'text', 'paragraph', 'inline', 'link', 'text'] ['https://y.z']
#> <i>a</em> <strong>b</strong> <code>c</code> <p>[x](javascript:1)</p>
