"""How much is new for the reader: what rooms count on every page, asked together in one query."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.http import HttpRequest

from traff.ground.core.prepared import prepared

MOST = 99  # that are counted behind one address
Rows = Callable[[Any], QuerySet[Any, Any]]
_rooms: dict[str, tuple[Rows, Any]] = {}


def count(path: str, rows: Rows, *, read_at: Any) -> None:
    """Say what is new behind an address, and (a field's name or a value) on which page it is read. From `AppConfig.ready()`."""
    _rooms[path] = rows, read_at


def fresh(request: HttpRequest) -> dict[str, list[tuple[int, str]]]:
    """For whom the page is made, asked once a page; nothing for who is not signed in."""
    if hasattr(request, "_fresh"):
        return dict(request._fresh)
    found = fresh_for(request.user) if request.user.is_authenticated else {}
    request._fresh = found  # type: ignore[attr-defined]
    return found


def said(count: int) -> str:
    """As a number beside an address; "" for none."""
    return f"{MOST}+" if count > MOST else str(count or "")


def fresh_for(person: Any) -> dict[str, list[tuple[int, str]]]:
    """By address: the keys of what is new there (one more than MOST at most), and where each is read."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for path, pk, read_at in _asked(person):
        found[path].append((pk, read_at))
    return found


@prepared
def _asked(person: Any) -> QuerySet[Any, Any]:
    asked = [
        rows(person).order_by().values_list(Value(path, TextField()), "pk", read_at)[: MOST + 1]
        for path, (rows, read_at) in _rooms.items()
    ]
    return asked[0].union(*asked[1:], all=True)
