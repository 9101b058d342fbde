"""How long ago, as people say it: "3 min", "yesterday", "12 Nov"; in the language of the page."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from traff.ground.core import dates


def relative(at: datetime, now: datetime | None = None) -> str:
    """A short time for `at`, an aware datetime: minutes and hours within a day, then days, then the date."""
    now = now or timezone.now()
    passed = now - at
    if timedelta(seconds=-60) < passed < timedelta(seconds=60):
        return gettext("just now")
    if timedelta() <= passed < timedelta(hours=1):
        return gettext("%(count)d min") % {"count": passed.seconds // 60}
    days = (timezone.localtime(now).date() - timezone.localtime(at).date()).days
    if days == 0 and passed > timedelta():
        hours = passed.seconds // 3600
        return ngettext("%(count)d h", "%(count)d h", hours) % {"count": hours}
    return _by_day(at, now, days)


def _by_day(at: datetime, now: datetime, days: int) -> str:
    clock = dates.clock(timezone.localtime(at))
    if days == 0:
        return gettext("today %(clock)s") % {"clock": clock}
    if days == 1:
        return gettext("yesterday")
    if days == -1:
        return gettext("tomorrow %(clock)s") % {"clock": clock}
    if 1 < days < 7:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    is_this_year = timezone.localtime(at).year == timezone.localtime(now).year
    return dates.said(timezone.localtime(at), "short" if is_this_year else "short_year")


def exact(at: datetime) -> str:
    """The whole date and clock, for the tooltip."""
    return dates.with_clock(timezone.localtime(at))
