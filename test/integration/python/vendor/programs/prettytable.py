# Sorting, slices, alignment, borders, other formats, and reading from CSV.
import io
from prettytable import PrettyTable, TableStyle, from_csv

table = PrettyTable()
table.field_names = ["city", "people", "area"]
table.add_rows([["Oslo", 709_037, 454.12], ["Bergen", 291_940, 464.71], ["Å", 5, 0.5]])
table.align["city"] = "l"
table.align["people"] = "r"
table.float_format["area"] = ".1"
table.sortby, table.reversesort = "people", True
print(table.get_string(fields=["city", "people"], end=2))
table.set_style(TableStyle.MARKDOWN)
print(table)
table.del_row(0)
print(table.get_html_string(attributes={"class": "t"})[:26], table.get_csv_string().splitlines(), table.get_json_string(header=False)[:20].split())
print(from_csv(io.StringIO("a,b\n1,2\n")).get_string(border=False, header=False))

#> +--------+--------+
#> | city   | people |
#> +--------+--------+
#> | Oslo   | 709037 |
#> | Bergen | 291940 |
#> +--------+--------+
#> | city   | people |  area |
#> | :------|------: | :---: |
#> | Oslo   | 709037 | 454.1 |
#> | Bergen | 291940 | 464.7 |
#> | Å      |      5 |  0.5  |
#> <table class="t">
#>     <the ['city,people,area', 'Bergen,291940,464.7', 'Å,5,0.5'] ['[', '{', '"are']
#>  1  2 
