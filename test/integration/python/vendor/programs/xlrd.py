# A workbook of Excel 97 made here byte by byte (BIFF8 in a compound file), and read.
import datetime
import struct
import xlrd

def record(number, data=b""):
    return struct.pack("<HH", number, len(data)) + data

def text(value):
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")

def short_text(value):
    return struct.pack("<BB", len(value), 1) + value.encode("utf-16-le")

bof = lambda kind: record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))
cells = record(0x200, struct.pack("<IIHHH", 0, 3, 0, 2, 0))
cells += record(0x204, struct.pack("<HHH", 0, 0, 0) + text("naïve")) + record(0x203, struct.pack("<HHHd", 0, 1, 0, 2.5))
cells += record(0x203, struct.pack("<HHHd", 1, 0, 1, 45000.5)) + record(0x205, struct.pack("<HHHBB", 1, 1, 0, 1, 0))
cells += record(0x27E, struct.pack("<HHHI", 2, 0, 0, (7 << 2) | 2))
font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + short_text("Arial"))
formats = b"".join(record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, 0, 32, 0, 0, 0, 0, 0, 0)) for number in (0, 14))
head = bof(5) + record(0x42, struct.pack("<H", 1200)) + font * 5 + formats
sheet_name = struct.pack("<BB", 4, 0) + b"Data"
position = len(head) + 4 + 6 + len(sheet_name) + 4
book = head + record(0x85, struct.pack("<IBB", position, 0, 0) + sheet_name) + record(0x0A) + bof(0x10) + cells + record(0x0A)
book = book.ljust(4096, b"\0")
sectors = len(book) // 512
fat = [0xFFFFFFFD, 0xFFFFFFFE] + [n + 3 for n in range(sectors - 1)] + [0xFFFFFFFE]
fat += [0xFFFFFFFF] * (128 - len(fat))
entry = lambda name, kind, start, size, child: (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<III", start, size, 0)
folder = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(book), 0xFFFFFFFF) + bytes(256)
header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
header += struct.pack("<I", 0) + b"\xff" * 432
open("old.xls", "wb").write(header[:512] + struct.pack("<128I", *fat) + folder + book)
found = xlrd.open_workbook("old.xls", formatting_info=False)
sheet = found.sheet_by_index(0)
print(found.sheet_names(), sheet.nrows, sheet.ncols, sheet.row_values(0))
print(sheet.cell(1, 0).ctype == xlrd.XL_CELL_DATE, xlrd.xldate_as_datetime(sheet.cell_value(1, 0), found.datemode), sheet.cell(1, 1).value, sheet.cell(2, 0).value)
try:
    xlrd.open_workbook(file_contents=b"PK\3\4 no old workbook")
except Exception as error:
    print(type(error).__name__)

#> ['Data'] 3 2 ['naïve', 2.5]
#> True 2023-03-15 12:00:00 1 7.0
#> BadZipFile
