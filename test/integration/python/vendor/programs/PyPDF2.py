# The old names still split, merge and read.
import io
from fpdf import FPDF
from PyPDF2 import PdfMerger, PdfReader, PdfWriter

def made(words):
    pdf = FPDF()
    for word in words:
        pdf.add_page()
        pdf.set_font("courier", size=12)
        pdf.cell(text=word)
    return io.BytesIO(bytes(pdf.output()))

merger = PdfMerger()
merger.append(made(["one", "two"]))
merger.merge(1, made(["between"]))
merger.add_metadata({"/Subject": "merged"})
merger.write("all.pdf")
merger.close()
reader = PdfReader("all.pdf")
print([page.extract_text() for page in reader.pages], reader.metadata.subject)
for n, page in enumerate(reader.pages):
    part = PdfWriter()
    part.add_page(page)
    with open(f"part{n}.pdf", "wb") as file:
        part.write(file)
print(PdfReader("part1.pdf").pages[0].extract_text(), list_files())

#> ['one', 'between', 'two'] merged
#> between ['all.pdf', 'main.py', 'part0.pdf', 'part1.pdf', 'part2.pdf']
