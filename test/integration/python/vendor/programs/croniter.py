# Schedules forwards and backwards, seconds, last days, words, ranges, zones and what is no schedule.
from datetime import datetime
from zoneinfo import ZoneInfo
from croniter import CroniterBadCronError, croniter, croniter_range

base = datetime(2026, 1, 30, 10, 15)
for line in ["*/15 * * * *", "0 9 * * mon-fri", "30 8 L * *", "0 0 29 2 *", "@weekly", "0 12 * * fri#2", "5,10-12 6-8/2 1 * *"]:
    times = croniter(line, base)
    print(line, [times.get_next(datetime).strftime("%Y-%m-%d %H:%M") for _ in range(2)], times.get_prev(datetime).strftime("%m-%d"))
print([t.strftime("%H:%M") for t in croniter_range(base, datetime(2026, 1, 30, 11), "*/20 * * * *")], croniter.match("15 10 * * *", base), croniter("0 2 * * *", datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Oslo"))).get_next(datetime).utcoffset(), croniter("* * * * * 30", base).get_next(datetime).second)
for bad in ("61 * * * *", "* * *", "a b c d e"):
    try:
        croniter(bad, base)
    except (CroniterBadCronError, ValueError) as error:
        print(type(error).__name__)

#> */15 * * * * ['2026-01-30 10:30', '2026-01-30 10:45'] 01-30
#> 0 9 * * mon-fri ['2026-02-02 09:00', '2026-02-03 09:00'] 02-02
#> 30 8 L * * ['2026-01-31 08:30', '2026-02-28 08:30'] 01-31
#> 0 0 29 2 * ['2028-02-29 00:00', '2032-02-29 00:00'] 02-29
#> @weekly ['2026-02-01 00:00', '2026-02-08 00:00'] 02-01
#> 0 12 * * fri#2 ['2026-02-13 12:00', '2026-03-13 12:00'] 02-13
#> 5,10-12 6-8/2 1 * * ['2026-02-01 06:05', '2026-02-01 06:10'] 02-01
#> ['10:20', '10:40', '11:00'] True 2:00:00 30
#> CroniterBadCronError
#> CroniterBadCronError
#> CroniterNotAlphaError
