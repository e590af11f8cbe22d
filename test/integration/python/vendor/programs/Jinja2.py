# Inheritance, macros, filters, tests, loops, whitespace, escaping, a sandbox and errors with their place.
import jinja2
from jinja2.sandbox import SandboxedEnvironment, SecurityError

templates = {
    "base.html": "<title>{% block title %}none{% endblock %}</title>{% block body %}{% endblock %}",
    "list.html": """{% extends "base.html" %}{% from "macros.html" import field %}
{%- block title %}{{ super() }}+{{ title }}{% endblock %}
{%- block body %}
{%- for item in items if item.price is defined %}
{{ loop.index }}/{{ loop.length }} {{ field(item.name) }} {{ "%.2f"|format(item.price) }}{{ "," if not loop.last }}
{%- else %}nothing{% endfor %}
{% endblock %}""",
    "macros.html": "{% macro field(v, tag='b') %}<{{ tag }}>{{ v }}</{{ tag }}>{% endmacro %}",
}
env = jinja2.Environment(loader=jinja2.DictLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined)
env.filters["shout"] = lambda s: s.upper() + "!"
print(env.get_template("list.html").render(title="T & T", items=[{"name": "<x>", "price": 1}, {"name": "y"}, {"name": "z", "price": 2.5}]))
print(env.from_string("{{ names|sort|join('-')|shout }} {{ rows|groupby('k')|map(attribute='grouper')|list }} {{ 7 is divisibleby 7 }} {% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}").render(names=["b", "a"], rows=[{"k": 2}, {"k": 1}, {"k": 2}]))
for text in ("{{ missing }}", "{% for %}", "{{ 1 / 0 }}"):
    try:
        env.from_string(text).render()
    except (jinja2.TemplateError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
try:
    SandboxedEnvironment().from_string("{{ ''.__class__.__mro__[1].__subclasses__() }}").render()
except SecurityError as error:
    print(str(error)[:40])
import asyncio
print(asyncio.run(jinja2.Environment(enable_async=True).from_string("{{ f() }}").render_async(f=lambda: 5)))

#> <title>none+T &amp; T</title>
#> 1/2 <b>&lt;x&gt;</b> 1.00,
#> 2/2 <b>z</b> 2.50
#>
#> A-B! [1, 2] True 6
#> UndefinedError 'missing' is undefined
#> TemplateSyntaxError Expected an expression, got 'end of statement block'
#> ZeroDivisionError division by zero
#> access to attribute '__class__' of 'str'
#> 5
