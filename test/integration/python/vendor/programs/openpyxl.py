# A budget with two sheets, formulas, formats, a named table, merged cells and a frozen row, read back cell by cell.
from datetime import date
import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Budget"
sheet.append(["item", "when", "sum"])
for i, name in enumerate(["rent", "food", "trips & more"]):
    sheet.append([name, date(2026, 1, i + 1), 100.5 * (i + 1)])
sheet["C5"] = "=SUM(C2:C4)"
sheet["C5"].number_format = "#,##0.00"
sheet["A1"].font = Font(bold=True, color="FF0000")
sheet["A1"].alignment = Alignment(horizontal="center")
sheet.add_table(Table(displayName="Items", ref="A1:C4"))
sheet.conditional_formatting.add("C2:C4", CellIsRule(operator="greaterThan", formula=["200"], fill=PatternFill("solid", bgColor="FFFF00")))
check = DataValidation(type="list", formula1='"yes,no"')
sheet.add_data_validation(check)
check.add("D2")
sheet.freeze_panes = "A2"
notes = book.create_sheet("Notes é")
notes.merge_cells("A1:B2")
notes["A1"] = "<merged> & kept"
book.save("budget.xlsx")

again = openpyxl.load_workbook("budget.xlsx")
sheet = again["Budget"]
print(again.sheetnames, sheet.dimensions, sheet.freeze_panes, get_column_letter(28))
for row in sheet.iter_rows(min_row=2, max_row=4, values_only=True):
    print(row[0], row[1].date(), row[2])
print(sheet["C5"].value, sheet["C5"].number_format, sheet["A1"].font.bold, sheet["A1"].font.color.rgb)
print(list(sheet.tables), sheet.data_validations.dataValidation[0].sqref, again["Notes é"].merged_cells.ranges, again["Notes é"]["A1"].value)
for row in openpyxl.load_workbook("budget.xlsx", read_only=True)["Budget"].iter_rows(max_row=2, max_col=1, values_only=True):
    print(row)

#> ['Budget', 'Notes é'] A1:C5 A2 AB
#> rent 2026-01-01 100.5
#> food 2026-01-02 201
#> trips & more 2026-01-03 301.5
#> =SUM(C2:C4) #,##0.00 True 00FF0000
#> ['Items'] D2 {<MergedCellRange A1:B2>} <merged> & kept
#> ('item',)
#> ('rent',)
