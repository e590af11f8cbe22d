# Plugins, a renderer of one's own, the tree of a document, and HTML that is escaped.
import mistune

class Links(mistune.HTMLRenderer):
    def link(self, text, url, title=None):
        return f"{text} <{url}>"

md = mistune.create_markdown(renderer=Links(escape=True), plugins=["table", "strikethrough", "task_lists", "footnotes", "url"])
print(md("~~old~~ [site](https://a.b 'T') <script>\n\n- [x] done\n\n|a|b|\n|-|-:|\n|1|2|\n\nsee[^n]\n\n[^n]: note").strip())
tree = mistune.create_markdown(renderer="ast")("# A *b*\n\n> quote\n\n1. one\n2. two\n\n```js\nx\n```")
print([(node["type"], node.get("attrs")) for node in tree if node["type"] != "blank_line"])
print(tree[0]["children"][1]["children"][0]["raw"], mistune.html("[x](javascript:alert(1))").strip())

#> <p><del>old</del> site <https://a.b> &lt;script&gt;</p>
#> <ul>
#> <li class="task-list-item"><input class="task-list-item-checkbox" type="checkbox" disabled checked/>done</li>
#> </ul>
#> <table>
#> <thead>
#> <tr>
#>   <th>a</th>
#>   <th style="text-align:right">b</th>
#> </tr>
#> </thead>
#> <tbody>
#> <tr>
#>   <td>1</td>
#>   <td style="text-align:right">2</td>
#> </tr>
#> </tbody>
#> </table>
#> <p>see<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup></p>
#> <section class="footnotes">
#> <ol>
#> <li id="fn-1"><p>note<a href="#fnref-1" class="footnote">&#8617;</a></p></li>
#> </ol>
#> </section>
#> [('heading', {'level': 1}), ('block_quote', None), ('list', {'depth': 0, 'ordered': True}), ('block_code', {'info': 'js'})]
#> b <p><a href="#harmful-link">x</a></p>
