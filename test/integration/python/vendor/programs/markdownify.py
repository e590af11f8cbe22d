# Lists, tables, code, pictures, options and a converter of one's own.
from markdownify import MarkdownConverter, markdownify

html = "<h2>T</h2><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=3><li>x</li></ol><pre><code class='language-py'>a_b = 1\n</code></pre><blockquote>q<br>r</blockquote><img src='i.png' alt='I'><table><tr><th>h</th></tr><tr><td>1|2</td></tr></table>"
print(markdownify(html, heading_style="ATX", bullets="-*", code_language_callback=lambda el: el.code["class"][0].removeprefix("language-")).strip())

class Short(MarkdownConverter):
    def convert_img(self, el, text, parent_tags):
        return f"[picture {el['alt']}]"

print(Short().convert("<p>see <img alt='Map' src='m'></p>").strip(), markdownify("<a href='/x'>y</a> <b>z</b> 2*3", strip=["a"]), markdownify("<p>a_b</p>", escape_underscores=False).strip())

#> ## T
#>
#> - a
#>   * b
#> - c
#>
#> 3. x
#>
#> ```py
#> a_b = 1
#> ```
#>
#> > q  
#> > r
#>
#> ![I](i.png)
#>
#> | h |
#> | --- |
#> | 1|2 |
#> see [picture Map] y **z** 2\*3 a_b
