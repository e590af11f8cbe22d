# Escaping through every operation of text, formatting with it, and taking tags away.
from markupsafe import Markup, escape, escape_silent

class Badge:
    def __html__(self):
        return "<i>7</i>"

print(escape("<a href='x'>\"&\""), escape(Badge()), escape_silent(None) == "", escape(Markup("<b>")))
text = Markup("<p>%s</p>") % "<script>"
print(text, text + "<b>", "<" + Markup(">"), Markup("{0} {x}").format("<", x=Badge()), Markup(", ").join(["<", Markup("<br>")]))
print(Markup("<p>a &amp; <b>b</b> <!-- c --></p>").striptags(), Markup("&lt;&eacute;").unescape(), Markup("ab").upper().__class__.__name__, Markup("<b>") * 2)
print([type(part).__name__ for part in Markup("a b").split()], f"{Markup('<'):>3}", Markup("%(a)s") % {"a": "&"})

#> &lt;a href=&#39;x&#39;&gt;&#34;&amp;&#34; <i>7</i> True <b>
#> <p>&lt;script&gt;</p> <p>&lt;script&gt;</p>&lt;b&gt; &lt;> &lt; &lt;i&gt;7&lt;/i&gt; &lt;, <br>
#> a & b <é Markup <b><b>
#> ['Markup', 'Markup']   < &amp;
