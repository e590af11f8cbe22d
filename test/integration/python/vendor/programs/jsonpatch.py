# Patches are made and applied, tested, chained and refused; pointers are resolved and set.
import jsonpatch
from jsonpointer import JsonPointer, JsonPointerException, resolve_pointer, set_pointer

old = {"a": [1, 2, {"b": "x"}], "k/~": 1, "gone": None}
new = {"a": [0, 1, {"b": "y"}], "k/~": 2, "come": [{}]}
patch = jsonpatch.make_patch(old, new)
print(patch.apply(old) == new, old["gone"], sorted(step["op"] for step in patch), jsonpatch.JsonPatch.from_string(str(patch)) == patch)
steps = [{"op": "test", "path": "/a/2/b", "value": "x"}, {"op": "move", "from": "/a/0", "path": "/first"}, {"op": "copy", "from": "/first", "path": "/a/-"}, {"op": "remove", "path": "/gone"}, {"op": "replace", "path": "/k~1~0", "value": [True]}]
print(jsonpatch.apply_patch(old, steps), old["a"])
for bad in ([{"op": "test", "path": "/a/0", "value": 9}], [{"op": "remove", "path": "/no"}], [{"op": "add", "path": "/a/9", "value": 1}], [{"op": "nope", "path": ""}]):
    try:
        jsonpatch.apply_patch(old, bad)
    except (jsonpatch.JsonPatchException, JsonPointerException) as error:
        print(type(error).__name__)
print(resolve_pointer(old, "/a/2/b"), resolve_pointer(old, "/no", "default"), set_pointer(old, "/a/0", 7, inplace=False)["a"][0], JsonPointer.from_parts(["k/~", "0"]).path, JsonPointer("/a").contains(JsonPointer("/a")))

#> True None ['add', 'add', 'remove', 'remove', 'replace', 'replace'] True
#> {'a': [2, {'b': 'x'}, 1], 'k/~': [True], 'first': 1} [1, 2, {'b': 'x'}]
#> JsonPatchTestFailed
#> JsonPatchPathNotFound
#> JsonPatchConflict
#> InvalidJsonPatch
#> x default 7 /k~1~0/0 True
