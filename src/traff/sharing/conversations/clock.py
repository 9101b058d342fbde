"""Whose clock: times of meetings are said and typed in the time of the place where a person sits."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.ground.core import dates
from traff.ground.organisation.models import zone_of

SLOTS = (time(9, 30), time(13, 0), time(14, 30), time(10, 30), time(15, 30), time(8, 30))  # first choice first
MORNING, EVENING = time(8, 0), time(17, 0)  # fifteen minutes lie between them, on both clocks


def in_own_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose forms and pages speak in the reader's own time."""

    @wraps(view)
    def timed(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(zone_of(request.user, shown=False)):
            return view(request, *args, **kwargs)

    return timed


def three_times(mine: ZoneInfo, theirs: ZoneInfo, now: datetime) -> list[datetime]:
    """One on each of the next three working days, when both are at work if there is such a time."""
    day, days = now.astimezone(mine).date(), list[date]()
    while len(days) < 3:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return [_at(day, mine, theirs, first) for first, day in enumerate(days)]


def _at(day: date, mine: ZoneInfo, theirs: ZoneInfo, first: int) -> datetime:
    found = [datetime.combine(day, slot, mine) for slot in (*SLOTS[first:], *SLOTS[:first])]
    return next((at for at in found if _works(at, theirs)), found[0])


def _works(at: datetime, zone: ZoneInfo) -> bool:
    there = at.astimezone(zone)
    return there.weekday() < 5 and MORNING <= there.time() < EVENING


def said(at: datetime, zone: ZoneInfo) -> str:
    """Weekday, date and clock, in the language of the page."""
    return dates.with_clock(at.astimezone(zone), "weekday")


def said_to_both(at: datetime, mine: ZoneInfo, theirs: ZoneInfo, name: str) -> str:
    """The same, with the clock of the other, whom one calls `name`, where that shows another time."""
    there = at.astimezone(theirs)
    if there.utcoffset() == at.astimezone(mine).utcoffset():
        return said(at, mine)
    return _("%(when)s (%(clock)s for %(name)s)") % {"when": said(at, mine), "clock": dates.clock(there), "name": name}
