# Paths with filters, slices and sums; values found, changed and removed with their places.
from jsonpath_ng import parse
from jsonpath_ng.ext import parse as parse_ext

data = {"store": {"books": [{"title": "A", "price": 8, "in": True}, {"title": "B", "price": 22}, {"title": "C", "price": 9}], "bike": {"price": 20}}}
found = parse("$..price").find(data)
print([(str(m.full_path), m.value) for m in found])
print([m.value for m in parse_ext("$.store.books[?(@.price < 10 && @.title != 'C')].title").find(data)], [m.value for m in parse_ext("$.store.books[?in].title").find(data)], [m.value for m in parse("$.store.books[1:].title").find(data)])
print([b["title"] for b in parse_ext(r"$.store.books[\price]").find(data)[0].value], parse_ext("$.store.books.`len`").find(data)[0].value, [m.value for m in parse_ext("$.store.books[*].price * 2").find(data)])
parse("$.store.books[*].price").update(data, lambda value, item, key: item.__setitem__(key, value * 2))
parse("$.store.bike").filter(lambda _: True, data)
print(data, [str(m.full_path.right) for m in parse("store.books[0].*").find(data)])
try:
    parse("$..[")
except Exception as error:
    print(type(error).__name__)

#> [('store.books.[0].price', 8), ('store.books.[1].price', 22), ('store.books.[2].price', 9), ('store.bike.price', 20)]
#> ['A'] ['A'] ['B', 'C']
#> ['B', 'C', 'A'] 3 [16, 44, 18]
#> {'store': {'books': [{'title': 'A', 'price': 16, 'in': True}, {'title': 'B', 'price': 44}, {'title': 'C', 'price': 18}]}} ['title', 'price', 'in']
#> JsonPathParserError
