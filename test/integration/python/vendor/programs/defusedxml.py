# Ordinary documents are read by every parser; the known attacks are refused by each.
import io
import defusedxml.ElementTree as ET
import defusedxml.minidom
import defusedxml.pulldom
import defusedxml.sax
from defusedxml import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from xml.sax.handler import ContentHandler

plain = '<r><i n="1">a</i><i n="2">b</i></r>'
bomb = '<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>'
outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
print([i.text for i in ET.fromstring(plain).iter("i")], defusedxml.minidom.parseString(plain).documentElement.tagName)
for name, parse in {
    "etree": ET.fromstring,
    "iterparse": lambda text: list(ET.iterparse(io.BytesIO(text.encode()))),
    "minidom": defusedxml.minidom.parseString,
    "pulldom": lambda text: list(defusedxml.pulldom.parseString(text)),
    "sax": lambda text: defusedxml.sax.parseString(text.encode(), ContentHandler()),
}.items():
    refused = []
    for text in (bomb, outside):
        try:
            parse(text)
        except (EntitiesForbidden, ExternalReferenceForbidden) as error:
            refused.append(type(error).__name__)
    print(name, refused)
try:
    ET.fromstring("<!DOCTYPE r><r/>", forbid_dtd=True)
except DTDForbidden as error:
    print(error.name)

#> ['a', 'b'] r
#> etree ['EntitiesForbidden', 'EntitiesForbidden']
#> iterparse ['EntitiesForbidden', 'EntitiesForbidden']
#> minidom ['EntitiesForbidden', 'EntitiesForbidden']
#> pulldom ['EntitiesForbidden', 'EntitiesForbidden']
#> sax ['EntitiesForbidden', 'EntitiesForbidden']
#> r
