# A calendar with a zone, a repeated event, an alarm and text to escape, written and read.
import datetime as dt
from zoneinfo import ZoneInfo
import icalendar
from icalendar import Alarm, Calendar, Event, Todo, vCalAddress, vText

cal = Calendar()
cal.add("prodid", "-//test//")
cal.add("version", "2.0")
event = Event()
event.add("uid", "1@test")
event.add("summary", "Review; part 1, é\nsecond line")
event.add("dtstart", dt.datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Oslo")))
event.add("duration", dt.timedelta(hours=1, minutes=30))
event.add("rrule", {"freq": "weekly", "count": 5, "byday": ["MO", "WE"]})
event.add("exdate", dt.datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("Europe/Oslo")))
guest = vCalAddress("MAILTO:ada@example.org")
guest.params["cn"] = vText("Ada, L.")
event.add("attendee", guest)
alarm = Alarm()
alarm.add("action", "display")
alarm.add("trigger", dt.timedelta(minutes=-15))
event.add_component(alarm)
cal.add_component(event)
todo = Todo()
todo.add("due", dt.date(2026, 4, 1))
todo.add("summary", "x" * 100)
cal.add_component(todo)
text = cal.to_ical()
print(max(len(line) for line in text.split(b"\r\n")) <= 75, b"SUMMARY:Review\\; part 1\\, " in text)
again = Calendar.from_ical(text)
found = again.walk("VEVENT")[0]
print(repr(str(found["summary"])), found.decoded("dtstart").isoformat(), found["duration"].dt, dict(found["rrule"]), found["attendee"].params["CN"])
print(found.subcomponents[0].decoded("trigger"), again.walk("VTODO")[0].decoded("due"), len(str(again.walk("VTODO")[0]["summary"])), again.to_ical() == text)
try:
    Calendar.from_ical("BEGIN:VCALENDAR\nEND:VEVENT")
except ValueError as error:
    print(type(error).__name__)

#> True True
#> 'Review; part 1, é\nsecond line' 2026-03-02T09:00:00+01:00 1:30:00 {'FREQ': ['WEEKLY'], 'COUNT': [5], 'BYDAY': ['MO', 'WE']} Ada, L.
#> -1 day, 23:45:00 2026-04-01 100 True
