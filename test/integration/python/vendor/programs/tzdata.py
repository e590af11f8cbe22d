# The library's zones come from it: history, changes of the clock and every name that it lists.
from datetime import datetime, timedelta, timezone
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

names = resources.files("tzdata").joinpath("zones").read_text().split()
print(len(names) > 590, set(names) - available_timezones(), all(ZoneInfo(n).key == n for n in names[::10]))
tokyo, lord_howe = ZoneInfo("Asia/Tokyo"), ZoneInfo("Australia/Lord_Howe")
print(datetime(1948, 7, 1, tzinfo=tokyo).utcoffset(), datetime(2026, 7, 1, tzinfo=tokyo).tzname(), datetime(2026, 1, 1, tzinfo=lord_howe).dst(), datetime(1890, 1, 1, tzinfo=ZoneInfo("America/New_York")).utcoffset())
start = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Oslo"))
print(start + timedelta(days=1), (start.astimezone(timezone.utc) + timedelta(days=1)).astimezone(start.tzinfo))
try:
    ZoneInfo("Europe/Atlantis")
except ZoneInfoNotFoundError as error:
    print(error)

#> True set() True
#> 10:00:00 JST 0:30:00 -1 day, 19:00:00
#> 2026-03-29 12:00:00+02:00 2026-03-29 13:00:00+02:00
#> 'No time zone found with key Europe/Atlantis'
