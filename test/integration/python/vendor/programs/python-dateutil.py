# Text of many forms is parsed; months are added, rules repeat, zones change, and Easter is found.
import datetime as dt
from dateutil import easter, parser, rrule, tz
from dateutil.relativedelta import FR, MO, relativedelta
from dateutil.utils import within_delta

default = dt.datetime(2026, 1, 1)
for text in ["25 Dec 2026 10:30 PM", "2026-03-04T05:06:07.89+02:00", "03/04/2026", "4th of July", "Thu Sep 25 10:36:28 2003", "10h36m"]:
    print(parser.parse(text, default=default))
print(parser.parse("03/04/2026", dayfirst=True).date(), parser.isoparse("2026-W02-3").date(), parser.parse("call me at 5pm on 3 May", fuzzy=True, default=default))
print(dt.date(2026, 1, 31) + relativedelta(months=+1), dt.date(2026, 5, 20) + relativedelta(weekday=FR(-1)), relativedelta(dt.date(2026, 7, 1), dt.date(2024, 2, 29)), dt.datetime(2026, 1, 1) + relativedelta(day=31, hour=9, weekday=MO(+1)))
rule = rrule.rrulestr("DTSTART:20260101T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")
print([d.strftime("%m-%d") for d in rule], rule.after(dt.datetime(2026, 2, 1)).date(), len(list(rrule.rrule(rrule.DAILY, dtstart=default, until=dt.datetime(2026, 1, 31), byweekday=(rrule.MO, rrule.TU)))))
oslo = tz.gettz("Europe/Oslo")
print(dt.datetime(2026, 7, 1, 12, tzinfo=oslo).astimezone(tz.UTC), tz.resolve_imaginary(dt.datetime(2026, 3, 29, 2, 30, tzinfo=oslo)), easter.easter(2026), within_delta(default, default, dt.timedelta(1)), tz.datetime_ambiguous(dt.datetime(2026, 10, 25, 2, 30, tzinfo=oslo)))
for bad in ("nothing", "32 Jan 2026", "2026-13-01"):
    try:
        parser.parse(bad)
    except parser.ParserError as error:
        print(type(error).__name__)

#> 2026-12-25 22:30:00
#> 2026-03-04 05:06:07.890000+02:00
#> 2026-03-04 00:00:00
#> 2026-07-04 00:00:00
#> 2003-09-25 10:36:28
#> 2026-01-01 10:36:00
#> 2026-04-03 2026-01-07 2026-05-03 17:00:00
#> 2026-02-28 2026-05-15 relativedelta(years=+2, months=+4, days=+2) 2026-02-02 09:00:00
#> ['01-30', '02-27', '03-27'] 2026-02-27 8
#> 2026-07-01 10:00:00+00:00 2026-03-29 03:30:00+02:00 2026-04-05 True True
#> ParserError
#> ParserError
#> ParserError
