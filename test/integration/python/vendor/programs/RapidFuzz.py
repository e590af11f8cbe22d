# The scorers, and choices from a list with cut-offs, processors and several at once.
from rapidfuzz import distance, fuzz, process, utils

print(*(round(score("fuzzy wuzzy was a bear", "wuzzy fuzzy was a bear!"), 2) for score in (fuzz.ratio, fuzz.partial_ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio, fuzz.QRatio)))
teams = ["Atlanta Falcons", "New York Jets", "New York Giants", "Dallas Cowboys"]
print(process.extract("new york jets", teams, scorer=fuzz.WRatio, limit=2, processor=utils.default_process), process.extractOne("cowboys", teams, score_cutoff=101))
print(distance.Levenshtein.distance("lewenstein", "levenshtein"), distance.Levenshtein.editops("ab", "cb").as_list(), distance.JaroWinkler.similarity("martha", "marhta").__round__(4), distance.Indel.normalized_similarity("abc", "abd").__round__(4))
print([name for name, score, _ in process.extract("dalas", teams, scorer=fuzz.partial_ratio, score_cutoff=60)], fuzz.partial_ratio_alignment("a certain string", "cetain").src_start)

#> 88.89 90.91 97.78 97.78 92.89 88.89
#> [('New York Jets', 100.0, 1), ('New York Giants', 78.57142857142857, 2)] None
#> 2 [('replace', 0, 0)] 0.9611 0.6667
#> ['Dallas Cowboys'] 2
