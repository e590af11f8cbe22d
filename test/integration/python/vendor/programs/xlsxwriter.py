# A report with formats, a chart, a filter and many rows in constant memory, read back with openpyxl.
import datetime
import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("report.xlsx", {"constant_memory": False}) as book:
    sheet = book.add_worksheet("Data")
    money, day = book.add_format({"num_format": "0.00 €", "bg_color": "#FFEEAA"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row("A1", ["day", "sum"])
    for n in range(200):
        sheet.write_datetime(n + 1, 0, datetime.datetime(2026, 1, 1) + datetime.timedelta(days=n), day)
        sheet.write_number(n + 1, 1, n * 1.25, money)
    sheet.write_formula("B202", "=AVERAGE(B2:B201)", money, 124.375)
    sheet.autofilter("A1:B201")
    sheet.set_column("A:A", 14)
    sheet.write_url("D1", "https://example.org/?a=1&b=2", string="source")
    sheet.write_comment("B1", "in euros")
    sheet.write_rich_string("D2", "plain ", book.add_format({"bold": True}), "bold")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$2:$B$11", "name": "sums"})
    chart.set_title({"name": "Sums"})
    sheet.insert_chart("D4", chart)
sheet = openpyxl.load_workbook("report.xlsx", data_only=True)["Data"]
print(sheet.max_row, sheet["A2"].value.date(), sheet["B201"].value, sheet["B202"].value, sheet["B2"].number_format)
print(sheet.auto_filter.ref, sheet["D1"].hyperlink.target, sheet["B1"].comment.text, sheet["D2"].value, len(sheet._charts))
try:
    book.add_worksheet("a/b")
except Exception as error:
    print(type(error).__name__)

#> 202 2026-01-01 248.75 124.375 0.00 €
#> A1:B201 https://example.org/?a=1&b=2 in euros plain bold 1
#> InvalidWorksheetName
