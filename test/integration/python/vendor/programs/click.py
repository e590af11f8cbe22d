# Groups, options of many types, arguments, prompts, files, help and errors with their exit codes.
import click
from click.testing import CliRunner

@click.group()
@click.option("--debug/--no-debug", default=False, envvar="APP_DEBUG")
@click.pass_context
def cli(ctx, debug):
    """A tool."""
    ctx.obj = {"debug": debug}

@cli.command()
@click.argument("names", nargs=-1, required=True)
@click.option("-n", "--count", type=click.IntRange(1, 5), default=1, show_default=True, help="How often.")
@click.option("--shout", is_flag=True)
@click.option("--kind", type=click.Choice(["a", "b"], case_sensitive=False), multiple=True)
@click.pass_obj
def greet(obj, names, count, shout, kind):
    """Greets."""
    for name in names * count:
        click.echo((f"hi {name}" if not shout else f"HI {name.upper()}") + ("!" if obj["debug"] else "") + "".join(kind))

@cli.command()
@click.option("--name", prompt="Your name")
@click.password_option()
@click.argument("out", type=click.File("w"))
def save(name, password, out):
    if click.confirm("Sure?"):
        out.write(f"{name}:{len(password)}")
    else:
        raise click.ClickException("not saved")

runner = CliRunner()
for args in (["greet", "Ada", "Bob", "-n", "2"], ["--debug", "greet", "Cy", "--shout", "--kind", "A"], ["greet"], ["greet", "x", "-n", "9"], ["nope"], ["greet", "--help"]):
    result = runner.invoke(cli, args)
    print(result.exit_code, result.output.strip().splitlines())
result = runner.invoke(cli, ["save", "o.txt"], input="Ada\nsecret\nsecret\ny\n")
print(result.exit_code, read_text("o.txt"), runner.invoke(cli, ["save", "o.txt"], input="A\nb\nb\nn\n").output.splitlines()[-1], click.style("x", fg="red"), click.unstyle("\x1b[31mx\x1b[0m"))

#> 0 ['hi Ada', 'hi Bob', 'hi Ada', 'hi Bob']
#> 0 ['HI CY!a']
#> 2 ['Usage: cli greet [OPTIONS] NAMES...', "Try 'cli greet --help' for help.", '', "Error: Missing argument 'NAMES...'."]
#> 2 ['Usage: cli greet [OPTIONS] NAMES...', "Try 'cli greet --help' for help.", '', "Error: Invalid value for '-n' / '--count': 9 is not in the range 1<=x<=5."]
#> 2 ['Usage: cli [OPTIONS] COMMAND [ARGS]...', "Try 'cli --help' for help.", '', "Error: No such command 'nope'."]
#> 0 ['Usage: cli greet [OPTIONS] NAMES...', '', '  Greets.', '', 'Options:', '  -n, --count INTEGER RANGE  How often.  [default: 1; 1<=x<=5]', '  --shout', '  --kind [a|b]', '  --help                     Show this message and exit.']
#> 0 Ada:6 Error: not saved [31mx[0m x
