# Tables, markup, panels, progress, columns, highlighted code, JSON and a traceback, as text without a terminal.
import io
from rich.columns import Columns
from rich.console import Console
from rich.live import Live
from rich.markdown import Markdown
from rich.panel import Panel
from rich.pretty import pretty_repr
from rich.progress import Progress, track
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

console = Console(width=44, file=(out := io.StringIO()), color_system=None)
table = Table(title="Sums", show_lines=True)
table.add_column("city", style="bold")
table.add_column("sum", justify="right")
table.add_row("[red]Oslo[/red]", "1.5")
table.add_row("東京", "22")
console.print(table, Panel("in a [b]box[/b]", title="T", expand=False))
console.print(Markdown("# Head\n\n- one\n- *two*"), Columns(["a", "bb", "ccc"]))
console.print(Syntax("def f(): pass", "python", line_numbers=True), Text("x" * 50, overflow="ellipsis", no_wrap=True))
console.print_json('{"a": [1, null]}')
print(out.getvalue())
print(sum(track([1, 2, 3], console=Console(file=io.StringIO()))), pretty_repr({"a": list(range(30))}, max_length=3))
colour = Console(file=(ansi := io.StringIO()), force_terminal=True, width=20, color_system="standard")
colour.print("[bold red]x[/]")
print(repr(ansi.getvalue()))
try:
    1 / 0
except ZeroDivisionError:
    console = Console(width=60, file=(trace := io.StringIO()))
    console.print_exception()
print("ZeroDivisionError: division by zero" in trace.getvalue(), "❱" in trace.getvalue())
console = Console(width=60, file=(bars := io.StringIO()))
with Progress(console=console) as progress:
    task = progress.add_task("load", total=3)
    while not progress.finished:
        progress.advance(task)
with Live("before", console=console) as live, console.status("at work"):
    live.update("after")
print("100%" in bars.getvalue(), "after" in bars.getvalue())

#>      Sums     
#> ┏━━━━━━┳━━━━━┓
#> ┃ city ┃ sum ┃
#> ┡━━━━━━╇━━━━━┩
#> │ Oslo │ 1.5 │
#> ├──────┼─────┤
#> │ 東京 │  22 │
#> └──────┴─────┘
#> ╭─── T ────╮
#> │ in a box │
#> ╰──────────╯
#>                     Head                    
#>
#>  • one                                      
#>  • two                                      
#> a bb ccc
#>   1 def f(): pass                           
#> xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
#> xxxxxx
#> {
#>   "a": [
#>     1,
#>     null
#>   ]
#> }
#>
#> 6 {'a': [0, 1, 2, ... +27]}
#> '\x1b[1;31mx\x1b[0m\n'
#> True True
#> True True
