# The best of many guesses, its alternatives and its language.
from charset_normalizer import detect, from_bytes, from_path, is_binary

text = "Les élèves ont déjà mangé à la cantine où le garçon naïf préférait l'œuf. " * 4
open("f.txt", "wb").write(text.encode("cp1252"))
best = from_path("f.txt").best()
print(str(best) == text, best.language, best.bom)
print(str(from_bytes("日本語のテキストです。".encode("utf-8") * 5).best())[:3], from_bytes("abc".encode("utf-16")).best().bom, detect("Здравствуйте, как дела".encode("utf-8"))["encoding"])
print(is_binary(bytes(range(256)) * 4), is_binary(b"plain text, nothing else"), from_bytes(b"").best() is not None)

#> False Hungarian False
#> 日本語 True utf-8
#> True False True
