# An invoice with a table, HTML, a link, a drawing, page numbers and text beyond Latin-1 refused by a core font.
from fpdf import FPDF, FPDFException
from fpdf.enums import XPos, YPos
from pypdf import PdfReader

class Invoice(FPDF):
    def header(self):
        self.set_font("helvetica", "B", 10)
        self.cell(text="ACME", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def footer(self):
        self.set_y(-15)
        self.cell(text=f"Page {self.page_no()}/{{nb}}")

pdf = Invoice()
pdf.set_title("Invoice")
pdf.add_page()
pdf.set_font("helvetica", size=11)
with pdf.table(col_widths=(3, 1)) as table:
    for row in [("item", "sum"), ("Tea", "3.50"), ("Café crème", "4.00")]:
        table.row(row)
pdf.multi_cell(0, text="A long note. " * 30)
pdf.rect(10, 200, 30, 10)
pdf.cell(text="site", link="https://example.org")
pdf.add_page()
pdf.write_html("<h1>Terms</h1><p>Pay <b>soon</b>.</p><ul><li>one</li><li>two</li></ul>")
try:
    pdf.cell(text="日本")
except FPDFException as error:
    print(type(error).__name__)
pdf.output("invoice.pdf")
reader = PdfReader("invoice.pdf")
first, second = (page.extract_text() for page in reader.pages)
print(reader.metadata.title, "Café crème" in first, first.count("A long note."), "Page 1/2" in first, "Page 2/2" in second)
print([line for line in second.splitlines() if line.strip()][:3], reader.pages[0]["/Annots"][0].get_object()["/A"]["/URI"])

#> FPDFUnicodeEncodingException
#> Invoice True 27 True True
#> ['ACME', 'Terms', 'Pay soon.'] https://example.org
