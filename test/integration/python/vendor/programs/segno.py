# QR codes of many sizes and their pictures: the PNG has the modules of the code, and what does not fit is refused.
import io
import struct
import xml.etree.ElementTree as ET
import zlib
import segno
from segno import helpers

code = segno.make("https://example.org/é?q=1", error="h", boost_error=False)
print(code.designator, code.symbol_size(scale=1, border=0), code.is_micro, segno.make("123").designator, segno.make_qr("123").designator, segno.make("漢字").mode)
out = io.BytesIO()
code.save(out, kind="png", scale=1, border=0)
data = out.getvalue()
width, height, depth = struct.unpack(">IIB", data[16:25])
at, packed = 8, b""
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at : at + 8])
    if kind == b"IDAT":
        packed += data[at + 8 : at + 8 + size]
    at += size + 12
raw, stride = zlib.decompress(packed), (width * depth + 7) // 8 + 1
rows = ["".join(f"{byte:08b}" for byte in raw[y * stride + 1 : (y + 1) * stride])[:width] for y in range(height)]
matrix = ["".join("0" if module else "1" for module in row) for row in code.matrix]
print(width == height == len(matrix), rows == matrix, [row[:7] for row in matrix[:2]])
out = io.BytesIO()
code.save(out, kind="svg", dark="navy", xmldecl=False)
print(ET.fromstring(out.getvalue()).tag, helpers.make_wifi("net", "pass;word", "WPA").mode, len(list(segno.make_sequence("x" * 300, version=5))))
code.save("c.txt"), code.save("c.pdf"), code.save("c.eps")
print(set(read_text("c.txt")) == {"0", "1", "\n"}, open("c.pdf", "rb").read(4), read_text("c.eps")[:4])
for bad in (lambda: segno.make("x" * 5000), lambda: segno.make("abc", version=1, error="q", mode="numeric"), lambda: segno.make("")):
    try:
        bad()
    except ValueError as error:
        print(type(error).__name__)

#> 4-H (33, 33) False M1 1-H kanji
#> True True ['0000000', '0111110']
#> {http://www.w3.org/2000/svg}svg byte 3
#> True b'%PDF' %!PS
#> DataOverflowError
#> ValueError
