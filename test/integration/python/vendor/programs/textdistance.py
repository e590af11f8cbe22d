# Distances by edits, tokens, sequences, sounds and compression agree with what is known of them.
import textdistance as t

print(t.levenshtein("kitten", "sitting"), t.damerau_levenshtein("ab", "ba"), t.hamming("karolin", "kathrin"), t.jaro("DIXON", "DICKSONX").__round__(4), t.jaro_winkler("DIXON", "DICKSONX").__round__(4))
print(t.jaccard("abc", "bcd"), t.sorensen("night", "nacht"), t.cosine("ab", "ab"), t.lcsstr("xabcy", "zabcw"), t.lcsseq("ace", "abcde"), t.ratcliff_obershelp("WIKIMEDIA", "WIKIMANIA").__round__(4))
print(t.prefix.distance("abcd", "abef"), t.mra("Byrne", "Boern"), t.entropy_ncd("aaaa", "bbbb").__round__(3), t.levenshtein.normalized_similarity("a", "b"), t.Levenshtein(qval=2)("test", "text"))

#> 3 1 3 0.7667 0.8133
#> 0.5 0.6 1 abc ace 0.7778
#> 2 1 1.0 0.0 2
