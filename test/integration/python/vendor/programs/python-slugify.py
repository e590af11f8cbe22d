# Many scripts, limits at words, stop words, replacements, patterns, and uniqueness.
from slugify import slugify

print(slugify("Ünïcödé & Σίσυφος, Москва 影師嗎"), slugify("影師嗎", allow_unicode=True), slugify("C'est déjà l'été!"))
print(slugify("one two three four", max_length=12, word_boundary=True, save_order=True), slugify("The way of the world", stopwords=["the", "of"]), slugify("10 | 20 %", replacements=[["|", "or"], ["%", "percent"]]))
print(slugify("Keep_This.File", regex_pattern=r"[^-a-zA-Z0-9_.]+", lowercase=False), slugify("&amp; &eacute; &#381;"), repr(slugify("!!!")))

#> unicode-sisuphos-moskva-ying-shi-ma 影師嗎 c-est-deja-l-ete
#> one-two way-world 10-or-20-percent
#> Keep_This.File e-z ''
