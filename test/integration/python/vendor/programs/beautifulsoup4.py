# A broken page is searched, changed and written with both parsers; what is asked for in CSS and by functions.
import re
from bs4 import BeautifulSoup, Comment, NavigableString, SoupStrainer

page = """<html><head><title>Shop</title><body><div id=main class="a b"><p>One<p>Two <b>bold</b><!-- note --></div>
<table><tr><th>n<th>v<tr><td>x<td>1,5<tr><td>y<td>2</table><a href="/a?x=1&amp;y=2">A</a><a href="https://e.org/b">B</a><img src=i.png></body>"""
for parser in ("html.parser", "html5lib"):
    soup = BeautifulSoup(page, parser)
    print(parser, soup.title.string, [p.get_text(" ", strip=True) for p in soup.find_all("p")], soup.select_one("#main.a")["class"])
rows = [[cell.get_text(strip=True) for cell in row.find_all(["td", "th"])] for row in soup.select("table tr")]
print(rows, [a["href"] for a in soup.find_all("a", href=re.compile("^https"))], soup.select("a[href*=x] , img")[0].name)
print(soup.find(string=lambda s: isinstance(s, Comment)), soup.b.parent.name, soup.b.find_previous_sibling(), [s.name for s in soup.table.find_all_next("a")])
soup.b.replace_with(NavigableString("plain"))
tag = soup.new_tag("a", href="/é", attrs={"data-x": "1"})
tag.string = "<new>"
soup.body.insert(0, tag)
soup.table.decompose()
print(soup.body.decode_contents()[:60], soup.find("table"), len(BeautifulSoup(page, "html.parser", parse_only=SoupStrainer("a")).find_all()))
print(BeautifulSoup("<p>caf\xe9</p>".encode("latin-1"), "html.parser", from_encoding="latin-1").p.text, BeautifulSoup("<a>1<b>2</b></a>", "html.parser").prettify().splitlines())

#> html.parser Shop ['One Two bold', 'Two bold'] ['a', 'b']
#> html5lib Shop ['One', 'Two bold'] ['a', 'b']
#> [['n', 'v'], ['x', '1,5'], ['y', '2']] ['https://e.org/b'] a
#>  note  p None ['a', 'a']
#> <a data-x="1" href="/é">&lt;new&gt;</a><div class="a b" id=" None 2
#> café ['<a>', ' 1', ' <b>', '  2', ' </b>', '</a>']
