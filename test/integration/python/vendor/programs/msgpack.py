# Types, dates, extensions, streams fed in pieces, limits, and damaged data.
import datetime
import msgpack

data = {"i": [0, -1, 127, 128, 2**63, -(2**63)], "f": 1.5, "b": b"\0\xff", "s": "é" * 40, "n": None, "t": True, 5: {"x": []}}
packed = msgpack.packb(data)
print(len(packed), msgpack.unpackb(packed, strict_map_key=False) == data, packed[:4].hex(), msgpack.packb([1, "a"], use_single_float=True).hex())
moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=datetime.timezone.utc)
print(msgpack.unpackb(msgpack.packb(moment, datetime=True), timestamp=3) == moment, msgpack.unpackb(msgpack.packb(msgpack.ExtType(7, b"x"))))
stream = msgpack.Unpacker(raw=False)
whole = b"".join(msgpack.packb({"n": n, "t": "x" * n}) for n in range(5))
seen = []
for start in range(0, len(whole), 3):
    stream.feed(whole[start : start + 3])
    seen += [item["n"] for item in stream]
print(seen, msgpack.packb({1, 2}, default=lambda s: sorted(s)).hex(), msgpack.unpackb(msgpack.packb({"c": [1, 2]}), object_hook=lambda d: complex(*d["c"])))
for bad in (b"", b"\x92\x01", b"\xc1", b"\x01\x02", b"\xdd\xff\xff\xff\xff"):
    try:
        msgpack.unpackb(bad)
    except (ValueError, msgpack.UnpackException) as error:
        print(type(error).__name__)

#> 139 True 87a16996 9201a161
#> True ExtType(code=7, data=b'x')
#> [0, 1, 2, 3, 4] 920102 (1+2j)
#> ValueError
#> ValueError
#> FormatError
#> ExtraData
#> ValueError
