"""Cursors: where a page of a long list ends, by time and id; a million rows cost what twenty do."""

from datetime import datetime
from typing import Any

from django.db.models import Q


def cursor_at(at: datetime, pk: int) -> str:
    """Where a page ends."""
    return f"{at.isoformat()}~{pk}"


def beyond(cursor: str, field: str) -> Q:
    """What is older than the cursor stands at, by this time field and then by id; everything for an empty or a broken one."""
    at_text, _tilde, key = cursor.partition("~")
    try:
        at = datetime.fromisoformat(at_text)
    except ValueError:
        return Q()
    if at.tzinfo is None or not (key.isascii() and key.isdecimal() and len(key) < 10):
        return Q()
    until: dict[str, Any] = {f"{field}__lte": at}
    before: dict[str, Any] = {f"{field}__lt": at}
    return Q(**until) & (Q(**before) | Q(pk__lt=int(key)))
