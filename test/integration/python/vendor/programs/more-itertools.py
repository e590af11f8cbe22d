# Chunks, windows, groups, peeking, merging, checks and numbers.
import more_itertools as mi

words = "the quick brown fox jumps over the lazy dog".split()
print(list(mi.sliced("abcdefg", 3)), list(mi.windowed_complete([1, 2, 3], 2)), list(mi.split_at(words, lambda w: w == "fox"))[0], mi.bucket(words, len)[5].__next__(), dict(mi.map_reduce(words, len, reducefunc=len)))
peek = mi.peekable(range(3)); print(peek.peek(), next(peek), list(peek), peek.peek("end")); peek.prepend(9); print(next(peek))
print(list(mi.unique_everseen("AbBa", key=str.lower)), list(mi.interleave_longest([1, 2], "a")), list(mi.collapse([1, [2, [3, ("x",)]]])), list(mi.run_length.encode("aab")), mi.first([], "none"), mi.partition(lambda x: x % 2, range(5))[1].__next__(), list(mi.consecutive_groups([1, 2, 5]).__next__()), mi.all_equal([1, 1]), list(mi.divide(2, range(5))[1]), list(mi.pairwise(range(3))), mi.ilen(x for x in words))
print(list(mi.sieve(20)), list(mi.factor(360)), mi.nth_product(5, "ab", "cde"), list(mi.set_partitions([1, 2, 3], 2))[0], list(mi.distinct_permutations("aab"))[1], mi.minmax([3, 1, 2]), list(mi.rstrip([1, 0, 0], lambda x: not x)), list(mi.numeric_range(0, 1, 0.25)), mi.locate([0, 1, 0, 1], bool).__next__(), list(mi.stagger([1, 2, 3])))
for call in (lambda: mi.one([1, 2]), lambda: list(mi.strictly_n([1], 2)), lambda: mi.only([1, 2])):
    try:
        call()
    except ValueError as error:
        print(str(error)[:50])

#> ['abc', 'def', 'g'] [((), (1, 2), (3,)), ((1,), (2, 3), ())] ['the', 'quick', 'brown'] quick {3: 4, 5: 3, 4: 2}
#> 0 0 [1, 2] end
#> 9
#> ['A', 'b'] [1, 'a', 2] [1, 2, 3, 'x'] [('a', 2), ('b', 1)] none 1 [1, 2] True [3, 4] [(0, 1), (1, 2)] 9
#> [2, 3, 5, 7, 11, 13, 17, 19] [2, 2, 2, 3, 3, 5] ('b', 'e') [[1], [2, 3]] ('a', 'b', 'a') (1, 3) [1] [0.0, 0.25, 0.5, 0.75] 1 [(None, 1, 2), (1, 2, 3)]
#> Expected exactly one item in iterable, but got 1, 
#> Too few items in iterable (got 1)
#> Expected exactly one item in iterable, but got 1, 
