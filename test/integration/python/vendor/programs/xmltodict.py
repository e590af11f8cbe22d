# Namespaces, lists that are forced, streams, text beside attributes, and the way back.
import xmltodict

text = '<r xmlns:n="urn:n" a="1"><i>x</i><n:i k="v">t</n:i><e/><c><![CDATA[<b>]]></c></r>'
print(xmltodict.parse(text, force_list=("i",)))
print(xmltodict.parse(text, process_namespaces=True, namespaces={"urn:n": "short"}, xml_attribs=False))
seen = []
xmltodict.parse("<l><p n='1'>a</p><p n='2'>b</p></l>", item_depth=2, item_callback=lambda path, item: seen.append((path[1][1]["n"], item)) or True)
print(seen, xmltodict.parse("<a>5</a>", postprocessor=lambda path, key, value: (key, int(value))))
print(xmltodict.unparse({"r": {"@a": "1", "i": ["x", {"@k": "v", "#text": "<&"}], "e": None}}, pretty=True))
for bad in ("<a><b></a>", ""):
    try:
        xmltodict.parse(bad)
    except Exception as error:
        print(type(error).__name__, error)

#> {'r': {'@xmlns:n': 'urn:n', '@a': '1', 'i': ['x'], 'n:i': {'@k': 'v', '#text': 't'}, 'e': None, 'c': '<b>'}}
#> {'r': {'i': 'x', 'short:i': 't', 'e': None, 'c': '<b>'}}
#> [('1', {'@n': '1'}), ('2', {'@n': '2'})] {'a': 5}
#> <?xml version="1.0" encoding="utf-8"?>
#> <r a="1">
#> 	<i>x</i>
#> 	<i k="v">&lt;&amp;</i>
#> 	<e></e>
#> </r>
#> ExpatError mismatched tag: line 1, column 8
#> ExpatError no element found: line 1, column 0
