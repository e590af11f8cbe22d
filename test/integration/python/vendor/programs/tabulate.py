# Formats, alignment, missing values, rows of dicts and dataclasses, wrapping and widths of wide letters.
from dataclasses import dataclass
from tabulate import tabulate

@dataclass
class Row:
    city: str
    sum: float

rows = [Row("Oslo", 1234.5), Row("東京", 7.25)]
print(tabulate(rows, headers="keys", tablefmt="grid", floatfmt=",.2f"))
print(tabulate([{"a": 1, "b": None}, {"a": 22, "c": "x|y"}], headers="keys", tablefmt="pipe", missingval="-", colalign=("right", "center", "left")))
print(tabulate([["a long text that is wrapped", 1]], maxcolwidths=[10], tablefmt="plain", showindex=["n"]))
print(tabulate([["<b>", "001"]], tablefmt="html", disable_numparse=True), tabulate([[1, 2]], tablefmt="latex").count("\\\\"), tabulate([[1.5], [10]], tablefmt="tsv"))

#> +--------+----------+
#> | city   |      sum |
#> +========+==========+
#> | Oslo   | 1,234.50 |
#> +--------+----------+
#> | 東京   |     7.25 |
#> +--------+----------+
#> |   a |  b  | c   |
#> |----:|:---:|:----|
#> |   1 |  -  | -   |
#> |  22 |  -  | x|y |
#> n  a long text that is wrapped  1
#> <table>
#> <tbody>
#> <tr><td>&lt;b&gt;</td><td>001</td></tr>
#> </tbody>
#> </table> 1  1.5
#> 10
