# Pages are made, turned, merged, cut, stamped, encrypted, given outlines and fields; and read.
import io
from fpdf import FPDF
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PdfReadError

pdf = FPDF()
for n in range(1, 4):
    pdf.add_page()
    pdf.set_font("helvetica", size=20)
    pdf.cell(text=f"Chapter {n}")
source = PdfReader(io.BytesIO(bytes(pdf.output())))
print(len(source.pages), [page.extract_text() for page in source.pages])
writer = PdfWriter()
for page in reversed(source.pages):
    writer.add_page(page)
writer.pages[0].rotate(90)
writer.add_outline_item(title="Third", page_number=0)
writer.add_metadata({"/Author": "Ada", "/Title": "Été"})
stamp = PageObject.create_blank_page(width=100, height=100)
stamp.merge_transformed_page(source.pages[1], Transformation().scale(0.5).translate(10, 10))
writer.add_page(stamp)
writer.add_attachment("data.csv", b"a,b\n")
for page in writer.pages:
    page.compress_content_streams()
writer.encrypt("user", "owner", algorithm="RC4-128")
writer.write("book.pdf")
locked = PdfReader("book.pdf")
print(locked.is_encrypted, bool(locked.decrypt("wrong")), bool(locked.decrypt("user")))
print(len(locked.pages), locked.pages[0].rotation, locked.outline[0].title, locked.metadata.author, locked.metadata.title, locked.attachments["data.csv"])
print([page.extract_text() for page in locked.pages][-1], float(locked.pages[3].mediabox.width))
try:
    PdfReader(io.BytesIO(b"%PDF-1.4 nothing"), strict=True)
except PdfReadError as error:
    print(type(error).__name__)

#> 3 ['Chapter 1', 'Chapter 2', 'Chapter 3']
#> True False True
#> 4 90 Third Ada Été [b'a,b\n']
#> Chapter 2 100.0
#> PdfReadError
