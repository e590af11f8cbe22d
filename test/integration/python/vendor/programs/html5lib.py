# Broken markup is mended as browsers do, walked, cleaned and written.
import html5lib
from html5lib.filters import sanitizer, whitespace
from html5lib.serializer import serialize

text = "<table><b>x</b><tr><td>1<td>2</table><p>a<p>b<i>c</p>d</i><svg><circle/></svg>&notit; &eacute"
tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
print([node.tag for node in tree.iter() if isinstance(node.tag, str)])
print(serialize(tree, tree="etree", omit_optional_tags=False)[25:95])
dom = html5lib.parse("<!doctype html><a b='1' c>t</a>", treebuilder="dom")
print(dom.getElementsByTagName("a")[0].getAttribute("b"), dom.documentElement.toxml()[:40])
parser = html5lib.HTMLParser(strict=False)
parser.parse("<p></b>")
print([code for _, code, _ in parser.errors][:2])
fragment = html5lib.parseFragment("<td>1 <b> x</b>", container="tr", namespaceHTMLElements=False)
walker = html5lib.getTreeWalker("etree")
print(serialize(fragment, tree="etree"), [t["type"] for t in walker(fragment)][:3])

#> ['html', 'head', 'body', 'b', 'table', 'tbody', 'tr', 'td', 'td', 'p', 'p', 'i', 'i', '{http://www.w3.org/2000/svg}svg', '{http://www.w3.org/2000/svg}circle']
#> <b>x</b><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><p>
#> 1 <html><head/><body><a b="1" c="">t</a></
#> ['expected-doctype-but-got-start-tag', 'unexpected-end-tag']
#> <td>1 <b> x</b> ['StartTag', 'Characters', 'SpaceCharacters']
