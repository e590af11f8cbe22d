# Lists, sets and dicts in order through many changes, held against sorted().
import random
from sortedcontainers import SortedDict, SortedKeyList, SortedSet, SortedList

random.seed(5)
items, plain = SortedList(), []
for _ in range(3000):
    value = random.randrange(500)
    if plain and random.random() < 0.4:
        gone = random.choice(plain)
        items.remove(gone)
        plain.remove(gone)
    else:
        items.add(value)
        plain.append(value)
print(list(items) == sorted(plain), len(items) == len(plain), items[5] == sorted(plain)[5], items.count(items[0]) == plain.count(min(plain)), list(items.irange(100, 110)) == [v for v in sorted(plain) if 100 <= v <= 110], items.bisect_left(250) == sum(v < 250 for v in plain))
d = SortedDict({"b": 2, "c": 3, "a": 1})
d.setdefault("aa", 0)
print(d, d.peekitem(0), d.bisect("b"), d.keys()[1], d.popitem(), list(d.irange("a", "b")), d.index("b"))
s = SortedSet([5, 1, 3])
print(s | [2], s & {1, 9}, s[0], s.bisect(3), SortedKeyList(["ccc", "a", "bb"], key=len), list(SortedKeyList("abc", key=lambda c: -ord(c))))
try:
    SortedList([1]).append(2)
except NotImplementedError:
    print("not by append")

#> True True True True True True
#> SortedDict({'a': 1, 'aa': 0, 'b': 2}) ('a', 1) 3 aa ('c', 3) ['a', 'aa', 'b'] 2
#> SortedSet([1, 2, 3, 5]) SortedSet([1]) 1 2 SortedKeyList(['a', 'bb', 'ccc'], key=<built-in function len>) ['c', 'b', 'a']
#> not by append
