# Pipelines, dicts, grouping, currying and lazy sequences over a log.
import toolz
from toolz import curried, sandbox

log = ["GET /a 200", "GET /b 404", "POST /a 500", "GET /a 200"]
split = [dict(zip(("verb", "path", "code"), line.split())) for line in log]
print(toolz.pipe(split, curried.filter(lambda r: r["verb"] == "GET"), curried.map(curried.get("path")), toolz.frequencies))
print(toolz.countby(curried.get("code"), split), toolz.valmap(len, toolz.groupby("path", split)), toolz.reduceby("path", lambda n, r: n + int(r["code"]), split, 0))
print(toolz.assoc_in({"a": {"b": 1}}, ["a", "c"], 2), toolz.get_in(["a", 0, "x"], {"a": [{"x": 5}]}), toolz.update_in({"n": 1}, ["n"], lambda v: v + 1), toolz.merge_with(list, {"x": 1}, {"x": 2, "y": 3}), toolz.keyfilter(str.isupper, {"A": 1, "b": 2}), toolz.itemmap(reversed, {"a": 1}))
print(list(toolz.sliding_window(2, range(4))), list(toolz.partition_all(2, range(3))), list(toolz.interleave(["ab", "cd"])), toolz.compose(str, abs)(-3), toolz.curry(lambda a, b, c: a + b + c)(1)(2)(3), toolz.juxt(min, max)([3, 1]), list(toolz.join("id", [{"id": 1, "a": 2}], "id", [{"id": 1, "b": 3}])), list(toolz.take(3, toolz.iterate(lambda x: x * 2, 1))), list(toolz.unique([1, 2, 1])), toolz.memoize(sum)((1, 2)), toolz.topk(2, [1, 5, 3]), toolz.diff([1, 2], [1, 3]).__next__())

#> {'/a': 2, '/b': 1}
#> {'200': 2, '404': 1, '500': 1} {'/a': 3, '/b': 1} {'/a': 900, '/b': 404}
#> {'a': {'b': 1, 'c': 2}} 5 {'n': 2} {'x': [1, 2], 'y': [3]} {'A': 1} {1: 'a'}
#> [(0, 1), (1, 2), (2, 3)] [(0, 1), (2,)] ['a', 'c', 'b', 'd'] 3 6 (1, 3) [({'id': 1, 'a': 2}, {'id': 1, 'b': 3})] [1, 2, 4] [1, 2] 3 (5, 3) (2, 3)
