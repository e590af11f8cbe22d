# Columns of text on a terminal: wide, zero-width, combining and control characters, emoji, and padding by it.
from wcwidth import list_versions, wcswidth, wcwidth

print([wcwidth(c) for c in "aé日\u0301\u200b\x07\0ｱ"], wcswidth("e\u0301 café"), wcswidth("日本語"), wcswidth("a\nb"), wcswidth("👩‍👩‍👧"), wcswidth("❤️"))
for word in ("Oslo", "東京", "Zürich"):
    print(f"|{word}{' ' * (8 - wcswidth(word))}|")
print(wcswidth("abc", 2), len(list_versions()) > 0)

#> [1, 1, 2, 0, 0, -1, 0, 1] 6 6 -1 2 2
#> |Oslo    |
#> |東京    |
#> |Zürich  |
#> 2 True
