# Lines, bars, histograms, dates and several plots as text, with the marks where they belong.
import plotext as plt

def shown():
    text = plt.uncolorize(plt.build())
    plt.clear_figure()
    return text

plt.plot_size(40, 12)
plt.plot([0, 1, 2, 3], [0, 1, 4, 9], marker="x", label="squares")
plt.title("Growth")
text = shown()
print("Growth" in text, "squares" in text, text.count("x") > 4, len(text.splitlines()) == 12, max(map(len, text.splitlines())) == 40)
plt.plot_size(30, 10)
plt.bar(["a", "b"], [1, 3])
bars = shown()
print(bars.count("█") > 5, " b " in bars)
plt.plot_size(30, 10)
plt.hist([1, 1, 2, 5], 3)
print("█" in shown())
plt.simple_bar(["tea", "coffee"], [2, 4], width=20)
print([line.split()[0] for line in shown().splitlines() if line.strip()])
plt.plot_size(30, 10)
plt.scatter([1, 2], [1, 2], marker="o")
plt.xlabel("time")
plt.yscale("log")
text = shown()
print("time" in text, text.count("o") >= 2)

#> True True True True True
#> True True
#> True
#> ['tea', 'coffee']
#> True True
