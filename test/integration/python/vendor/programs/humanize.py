# Sizes, numbers, times and lists in words, in other languages too.
import datetime as dt
import humanize

now = dt.datetime(2026, 1, 31, 12)
print([humanize.naturalsize(n) for n in (0, 999, 10**6, 5 * 10**12)], humanize.naturalsize(3 * 2**20, binary=True), humanize.naturalsize(1500, gnu=True), humanize.intcomma(1234567.891, 1), humanize.intword(8.2e13), humanize.ordinal(23), humanize.apnumber(7), humanize.fractional(0.3), humanize.scientific(0.00123), humanize.clamp(1.5, ceil=1), humanize.metric(1.5e3, "V"))
print(humanize.naturaltime(dt.timedelta(seconds=3700)), humanize.naturaltime(now - dt.timedelta(days=400), when=now), humanize.precisedelta(dt.timedelta(days=2, hours=3, seconds=4), minimum_unit="minutes"), humanize.naturaldelta(dt.timedelta(days=45)), humanize.natural_list(["a", "b", "c"]))
humanize.i18n.activate("de_DE")
print(humanize.naturaltime(dt.timedelta(days=3)), humanize.intcomma(1234567), humanize.ordinal(2))
humanize.i18n.deactivate()
print(humanize.naturaldate(dt.date(2000, 5, 6)), humanize.intcomma("abc"))

#> ['0 Bytes', '999 Bytes', '1.0 MB', '5.0 TB'] 3.0 MiB 1.5K 1,234,567.9 82.0 trillion 23rd seven 3/10 1.23 x 10⁻³ >1 1.50 kV
#> an hour ago 1 year, 1 month ago 2 days, 3 hours and 0.07 minutes a month a, b and c
#> vor 3 Tage 1.234.567 2.
#> May 06 2000 abc
