# Charts of every kind are well-formed pictures that hold their values, titles and tooltips.
import xml.etree.ElementTree as ET
import pygal
from pygal.style import DarkStyle

svg = "{http://www.w3.org/2000/svg}"
data = [("A & <b>", [1, 3, 2]), ("B", [2, None, 4])]
for kind in (pygal.Bar, pygal.StackedBar, pygal.HorizontalBar, pygal.Line, pygal.StackedLine, pygal.Pie, pygal.Radar, pygal.Box, pygal.Dot, pygal.Funnel, pygal.Treemap, pygal.Gauge):
    chart = kind(title="T", x_labels=["x", "y", "z"], style=DarkStyle, print_values=True)
    for name, values in data:
        chart.add(name, values)
    root = ET.fromstring(chart.render())
    texts = "".join(root.itertext())
    print(kind.__name__, root.tag == f"{svg}svg", "A & <b>" in texts, len(list(root.iter(f"{svg}rect"))) + len(list(root.iter(f"{svg}path"))) > 2)
xy = pygal.XY(stroke=False)
xy.add("p", [(1, 1), {"value": (2, 4), "label": "top"}])
xy.render_to_file("xy.svg")
dates = pygal.DateTimeLine()
import datetime
dates.add("d", [(datetime.datetime(2026, 1, 1), 1), (datetime.datetime(2026, 2, 1), 5)])
print(file_size("xy.svg") > 1000, "top" in read_text("xy.svg"), b"2026" in dates.render(), pygal.Line().render_sparkline() is not None, pygal.Bar().render().count(b"No data"))

#> Bar True True True
#> StackedBar True True True
#> HorizontalBar True True True
#> Line True True True
#> StackedLine True True True
#> Pie True True True
#> Radar True True True
#> Box True True True
#> Dot True True True
#> Funnel True True True
#> Treemap True True True
#> Gauge True True True
#> True True True True 2
