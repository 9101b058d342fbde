"""The bell's page: notices in words, read with the person's own eyes, by day, a page at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from traff.attention.notifications.models import Notice
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.news import News
from traff.ground.core.paging import beyond, cursor_at

SIZE = 30


@dataclass(frozen=True)
class Line:
    """One thread."""

    id: int
    news: News
    at: datetime
    count: int  # what came since it was read last
    is_unread: bool


@dataclass(frozen=True)
class Days:
    """Lines under one heading."""

    word: str
    lines: list[Line]


@dataclass(frozen=True)
class Page:
    days: list[Days]
    older_url: str  # "" where there is none

    @property
    def are_unread(self) -> bool:
        return any(line.is_unread for days in self.days for line in days.lines)


def page_for(person: Person, before: str = "") -> Page:
    """Newest first. A notice with nothing to tell any more is left out, and counted nowhere from now on."""
    audible = Notice.objects.audible_to(person).filter(beyond(before, "at")).newest_first()
    found = list(audible.select_related("event__actor", "first_event__actor")[: SIZE + 1])
    rows, is_more = found[:SIZE], len(found) > SIZE
    events = {event.pk: event for row in rows for event in (row.event, row.first_event) if event}
    told = news.said_of(events.values(), person)
    lines = [line for row in rows if (line := _line(row, told)) is not None]
    shown = {line.id for line in lines}
    if silent := [row.pk for row in rows if row.pk not in shown and row.read_at is None]:
        Notice.objects.filter(pk__in=silent).read()
    cursor = cursor_at(rows[-1].at, rows[-1].pk) if is_more else ""
    return Page(_by_day(lines, timezone.localtime()), f"?{urlencode({'before': cursor})}" if cursor else "")


def _line(notice: Notice, told: dict[int, News]) -> Line | None:
    """The latest that can be told; where that was taken back, the first."""
    said = told.get(notice.event_id) or told.get(notice.first_event_id or 0)
    return Line(notice.pk, said, notice.at, notice.count, notice.read_at is None) if said else None


def _by_day(lines: list[Line], now: datetime) -> list[Days]:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    week = today - timedelta(days=now.weekday())
    new = [line for line in lines if line.at >= today]
    recent = [line for line in lines if week <= line.at < today]
    earlier = [line for line in lines if line.at < week]
    days = [Days(_("Today"), new), Days(_("This week"), recent), Days(_("Earlier"), earlier)]
    return [some for some in days if some.lines]
