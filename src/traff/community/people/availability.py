"""Who is not to be asked right now, by their own word: away until a day, or with enough to do this week."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.people.models import Profile
from traff.ground.core import dates


def unavailable(people: Iterable[int]) -> set[int]:
    """Of these, by id, those who are away or full."""
    today = timezone.localdate()
    rows = Profile.objects.filter(person_id__in=list(people)).filter(Q(away_until__gte=today) | Q(full_until__gte=today))
    return set(rows.values_list("person_id", flat=True))


def said(away_until: date | None, full_until: date | None) -> str:
    """In a few words, "" for who can be asked."""
    today = timezone.localdate()
    if away_until and away_until >= today:
        return _("away until %(day)s") % {"day": dates.said(away_until, "day")}
    return _("full this week") if full_until and full_until >= today else ""


def end_of_week(day: date) -> date:
    """Its Sunday."""
    return day + timedelta(days=6 - day.weekday())
