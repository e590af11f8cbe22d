# Conversions, changes of the clock, what is ambiguous or never was, and countries.
import datetime as dt
import pytz

fmt = "%Y-%m-%d %H:%M %Z%z"
eastern, berlin = pytz.timezone("US/Eastern"), pytz.timezone("Europe/Berlin")
moment = eastern.localize(dt.datetime(2026, 10, 27, 6, 0))
print(moment.strftime(fmt), moment.astimezone(berlin).strftime(fmt), pytz.utc.normalize(moment.astimezone(pytz.utc)).isoformat())
print(berlin.normalize(berlin.localize(dt.datetime(2026, 3, 29, 1, 59)) + dt.timedelta(minutes=2)).strftime(fmt))
for wall in (dt.datetime(2026, 10, 25, 2, 30), dt.datetime(2026, 3, 29, 2, 30)):
    try:
        berlin.localize(wall, is_dst=None)
    except pytz.InvalidTimeError as error:
        print(type(error).__name__, berlin.localize(wall, is_dst=True).strftime(fmt))
print(pytz.country_timezones("no"), pytz.country_names["no"], "Asia/Kolkata" in pytz.common_timezones_set, pytz.FixedOffset(90).utcoffset(None), dt.datetime(2026, 1, 1, tzinfo=pytz.FixedOffset(-60)).isoformat())
try:
    pytz.timezone("Moon/Base")
except pytz.UnknownTimeZoneError as error:
    print(type(error).__name__, error)

#> 2026-10-27 06:00 EDT-0400 2026-10-27 11:00 CET+0100 2026-10-27T10:00:00+00:00
#> 2026-03-29 03:01 CEST+0200
#> AmbiguousTimeError 2026-10-25 02:30 CEST+0200
#> NonExistentTimeError 2026-03-29 02:30 CEST+0200
#> ['Europe/Oslo'] Norway True 1:30:00 2026-01-01T00:00:00-01:00
#> UnknownTimeZoneError 'Moon/Base'
