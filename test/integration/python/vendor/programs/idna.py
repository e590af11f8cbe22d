# IDNA 2008 and UTS 46: names there and back, what is refused, and the codec.
import idna
import idna.codec

for name in ["bücher.example", "ドメイン.テスト", "faß.de", "пример.испытание"]:
    coded = idna.encode(name)
    print(coded.decode(), idna.decode(coded) == name)
print(idna.encode("Königsgäßchen", uts46=True), idna.uts46_remap("ＡＢＣ。é"))
for bad in ["a..b", "-a.com", "x" * 64, "a b", "☃.net", "xn--ü", "\u0628a"]:
    try:
        print(idna.encode(bad))
    except idna.IDNAError as error:
        print(type(error).__name__, str(error)[:30])
print("bücher".encode("idna2008"), idna.valid_contextj("क्\u200dष", 2), idna.intranges.intranges_contain(0x61, idna.idnadata.codepoint_classes["PVALID"]))

#> xn--bcher-kva.example True
#> xn--eckwd4c7c.xn--zckzah True
#> xn--fa-hia.de True
#> xn--e1afmkfd.xn--80akhbyknj4f True
#> b'xn--knigsgchen-b4a3dun' abc.é
#> IDNAError Empty Label
#> IDNAError Label must not start or end wi
#> IDNAError Label too long
#> InvalidCodepoint Codepoint U+0020 at position 2
#> InvalidCodepoint Codepoint U+2603 at position 1
#> IDNAError Label has disallowed hyphens i
#> IDNABidiError Invalid direction for codepoin
#> b'xn--bcher-kva' True True
