import { describe } from 'vitest';
import { py, testRows, useExecutor } from '../support.ts';

const run = useExecutor();
const rest = { limits: { timeMs: 60_000 } };

// What an agent does with several packages at once.
describe('documents', () => {
  testRows(run, {
    'a workbook with formulas, formats and a chart is read back': [
      py`
        from openpyxl import Workbook, load_workbook
        from openpyxl.chart import BarChart, Reference
        from openpyxl.styles import Font
        from datetime import date
        book = Workbook(); sheet = book.active; sheet.title = "Sales"
        sheet.append(["day", "sum"])
        for day in range(1, 6): sheet.append([date(2026, 1, day), day * 1.5])
        sheet["B7"] = "=SUM(B2:B6)"; sheet["A1"].font = Font(bold=True)
        chart = BarChart(); chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=6), titles_from_data=True)
        sheet.add_chart(chart, "D2"); book.create_sheet("é"); book.save("out/../sales.xlsx")
        again = load_workbook("sales.xlsx"); sheet = again["Sales"]
        print(again.sheetnames, sheet["B7"].value, sheet["A1"].font.bold, sheet["A6"].value.date(), sheet.max_row, len(sheet._charts))
      `.replace('out/../', ''),
      "['Sales', 'é'] =SUM(B2:B6) True 2026-01-05 7 1\n",
      rest,
    ],
    'what XlsxWriter writes, openpyxl reads': [
      py`
        import xlsxwriter, openpyxl
        with xlsxwriter.Workbook("x.xlsx") as book:
            sheet = book.add_worksheet(); money = book.add_format({"num_format": "0.00", "bold": True})
            for row, value in enumerate([1.5, 2, 3.25]): sheet.write(row, 0, value, money)
            chart = book.add_chart({"type": "line"}); chart.add_series({"values": "=Sheet1!$A$1:$A$3"}); sheet.insert_chart("C1", chart)
        cells = [c.value for c in openpyxl.load_workbook("x.xlsx").active["A"]]
        print(cells, openpyxl.load_workbook("x.xlsx").active["A1"].number_format)
      `,
      '[1.5, 2, 3.25] 0.00\n',
      rest,
    ],
    'a PDF is made, merged, encrypted and read': [
      py`
        from fpdf import FPDF
        from pypdf import PdfReader, PdfWriter
        for n in (1, 2):
            pdf = FPDF(); pdf.add_page(); pdf.set_font("helvetica", size=12); pdf.cell(text=f"Page of {n}"); pdf.ln(10)
            with pdf.table() as table:
                for row in (("a", "b"), ("1", "2")): table.row(row)
            pdf.output(f"{n}.pdf")
        writer = PdfWriter()
        for n in (1, 2): writer.append(f"{n}.pdf")
        writer.encrypt("key", algorithm="RC4-128"); writer.write("both.pdf")
        reader = PdfReader("both.pdf", password="key")
        print(len(reader.pages), [page.extract_text().splitlines()[0] for page in reader.pages])
      `,
      "2 ['Page of 1', 'Page of 2']\n",
      rest,
    ],
    'HTML becomes data, a Markdown table, and HTML again': [
      py`
        from bs4 import BeautifulSoup
        from tabulate import tabulate
        import markdown, html5lib
        page = "<table><tr><th>n<th>v<tr><td>a<td>1<tr><td>b<td>2</table>"
        rows = [[c.text for c in r.find_all(["td", "th"])] for r in BeautifulSoup(page, "html5lib").find_all("tr")]
        text = tabulate(rows[1:], headers=rows[0], tablefmt="github")
        back = BeautifulSoup(markdown.markdown(text, extensions=["tables"]), "html.parser")
        print(rows, [td.text for td in back.find_all("td")])
      `,
      "[['n', 'v'], ['a', '1'], ['b', '2']] ['a', '1', 'b', '2']\n",
      rest,
    ],
    'templates inherit, include and escape': [
      py`
        import jinja2
        env = jinja2.Environment(loader=jinja2.FileSystemLoader("t"), autoescape=True)
        write_text("t/base.html", "<h1>{% block title %}{% endblock %}</h1>{% include 'foot.html' %}")
        write_text("t/foot.html", "<p>{{ who }}</p>")
        write_text("t/page.html", "{% extends 'base.html' %}{% block title %}{{ items|join(', ') }}{% endblock %}")
        print(env.get_template("page.html").render(items=["a", "<b>"], who="Ada & Bob"))
        try: env.from_string("{% if %}")
        except jinja2.TemplateSyntaxError as error: print(error.lineno, error.message[:12])
      `,
      '<h1>a, &lt;b&gt;</h1><p>Ada &amp; Bob</p>\n1 Expected an \n',
      rest,
    ],
    'a feed of data goes through schema, query, YAML and SQL': [
      py`
        import jsonschema, jmespath, yaml, sqlite3
        data = yaml.safe_load("users:\n- {name: Ada, age: 36}\n- {name: Bob, age: 9}\n")
        schema = {"properties": {"users": {"items": {"required": ["name", "age"], "properties": {"age": {"minimum": 0}}}}}}
        jsonschema.validate(data, schema)
        db = sqlite3.connect("u.db"); db.execute("create table u(name, age)")
        db.executemany("insert into u values(:name, :age)", jmespath.search("users[?age > ${'`'}10${'`'}]", data)); db.commit()
        print(sqlite3.connect("u.db").execute("select * from u").fetchall())
        try: jsonschema.validate({"users": [{"name": "x", "age": -1}]}, schema)
        except jsonschema.ValidationError as error: print(error.json_path, error.message)
      `,
      "[('Ada', 36)]\n$.users[0].age -1 is less than the minimum of 0\n",
      rest,
    ],
  });
});

describe('numbers, graphs and pictures', () => {
  testRows(run, {
    'exact and numeric mathematics agree': [
      py`
        import sympy, mpmath
        x, y = sympy.symbols("x y")
        print(sympy.solve([x + y - 3, x - y - 1], [x, y]), sympy.limit(sympy.sin(x) / x, x, 0), sympy.latex(sympy.sqrt(x) / 2))
        print(sympy.N(sympy.integrate(sympy.exp(-x**2), (x, 0, 1)), 12), mpmath.nstr(mpmath.quad(lambda t: mpmath.exp(-t**2), [0, 1]), 12))
      `,
      '{x: 2, y: 1} 1 \\frac{\\sqrt{x}}{2}\n0.746824132812 0.746824132812\n',
      rest,
    ],
    'graphs are searched, and read from a file': [
      py`
        import gzip, networkx as nx
        graph = nx.DiGraph([("cook", "eat"), ("shop", "cook"), ("pay", "eat")])
        print(list(nx.lexicographical_topological_sort(graph)), nx.has_path(graph, "shop", "eat"), nx.density(graph))
        nx.write_edgelist(graph, "g.gz"); print(sorted(nx.read_edgelist("g.gz", create_using=nx.DiGraph).edges)[0])
        print(round(nx.pagerank(graph)["eat"], 3) if False else nx.degree_centrality(graph)["eat"])
      `,
      "['pay', 'shop', 'cook', 'eat'] True 0.25\n('cook', 'eat')\n0.6666666666666666\n",
      rest,
    ],
    'pictures are well-formed': [
      py`
        import pygal, drawsvg, segno, io
        import xml.etree.ElementTree as ET
        chart = pygal.Line(); chart.add("a", [1, 3, 2])
        print(ET.fromstring(chart.render()).tag)
        d = drawsvg.Drawing(10, 10); d.append(drawsvg.Rectangle(0, 0, 5, 5)); print(ET.fromstring(d.as_svg()).tag)
        out = io.BytesIO(); segno.make("x").save(out, kind="svg"); print(ET.fromstring(out.getvalue()).tag)
      `,
      '{http://www.w3.org/2000/svg}svg\n'.repeat(3),
      rest,
    ],
  });
});
