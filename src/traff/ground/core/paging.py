"""Cursors: where a page of a long list ends, by time and id; a million rows cost what twenty do."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q


def cursor_at(at: datetime, pk: int) -> str:
    """Where a page ends."""
    return f"{at.isoformat()}~{pk}"


FIRST = (datetime(9999, 12, 31, tzinfo=UTC), 2**31 - 1)  # where everything is older


def place_of(cursor: str) -> tuple[datetime, int]:
    """The time and the id a cursor stands at; before everything for an empty or a broken one."""
    at_text, _tilde, key = cursor.partition("~")
    try:
        at = datetime.fromisoformat(at_text)
    except ValueError:
        return FIRST
    if at.tzinfo is None or not (key.isascii() and key.isdecimal() and len(key) < 10):
        return FIRST
    return at, int(key)


def older(field: str, at: datetime, pk: int) -> Q:
    """What is older than this place, by this time field and then by id."""
    until: dict[str, Any] = {f"{field}__lte": at}
    before: dict[str, Any] = {f"{field}__lt": at}
    return Q(**until) & (Q(**before) | Q(pk__lt=pk))


def beyond(cursor: str, field: str) -> Q:
    """What is older than the cursor stands at."""
    return older(field, *place_of(cursor))
