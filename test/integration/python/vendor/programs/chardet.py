# Bytes in many encodings are told apart, whole and piece by piece.
import chardet
from chardet import UniversalDetector

texts = {
    "utf-8": "Größe, naïveté, Ελλάδα",
    "cp1251": "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "shift_jis": "いろはにほへと ちりぬるを わかよたれそ つねならむ",
    "euc_kr": "키스의 고유조건은 입술끼리 만나야 하고 특별한 기술은 필요치 않다.",
    "utf-16": "text with a mark",
    "ascii": "plain text",
}
for encoding, text in texts.items():
    data = (text * 3).encode(encoding)
    guess = chardet.detect(data)["encoding"]
    print(encoding, data.decode(guess) == text * 3)
detector = UniversalDetector()
for line in texts["cp1251"].encode("koi8_r").split(b" "):
    detector.feed(line + b" ")
    if detector.done:
        break
detector.close()
print(detector.result["encoding"].lower().replace("_", "-"), chardet.detect(b"\xef\xbb\xbfabc")["encoding"])

#> utf-8 True
#> cp1251 True
#> shift_jis False
#> euc_kr True
#> utf-16 True
#> ascii True
#> koi8-u UTF-8-SIG
