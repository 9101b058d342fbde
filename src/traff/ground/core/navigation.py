"""The ways through the house, as the left column and the phone's bottom bar show them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(NamedTuple):
    """One entry: where it leads, how it is named, the key after `g`, and whether one stands there."""

    path: str
    icon: str
    word: str | Promise
    key: str
    on_phone: bool = False
    is_here: bool = False
    new: int = 0  # how much is new there


WAYS = [
    Way("/", "house", _("Home"), "h", on_phone=True),
    Way("/search/", "search", _("Search"), "s", on_phone=True),
    Way("/people/", "contact-round", _("People"), "p"),
    Way("/groups/", "users-round", _("Groups"), "g"),
    Way("/cases/", "puzzle", _("Cases"), "c"),
    Way("/questions/", "circle-question-mark", _("Questions"), "q"),
    Way("/ideas/", "lightbulb", _("Ideas"), "i"),
    Way("/topics/", "hash", _("Topics"), "t"),
    Way("/conversations/", "messages-square", _("Conversations"), "v", on_phone=True),
]
_counters: dict[str, Callable[[Any], int]] = {}


def count(path: str, counter: Callable[[Any], int]) -> None:
    """Say how much is new for a person behind this way; called from `AppConfig.ready()` of the room it leads to."""
    _counters[path] = counter


def ways(request: HttpRequest | None) -> list[Way]:
    """All entries, the one the request stands under marked. Several places of a page show them, one asks what is new."""
    if request is not None and hasattr(request, "_ways"):
        return list(request._ways)
    here = request.path if request else ""
    best = max((way.path for way in WAYS if _stands_under(way.path, here)), key=len, default="")
    person = getattr(request, "user", None)
    fresh = {path: counter(person) for path, counter in _counters.items()} if getattr(person, "is_authenticated", False) else {}
    found = [way._replace(is_here=way.path == best, new=fresh.get(way.path, 0)) for way in WAYS]
    if request is not None:
        request._ways = found  # type: ignore[attr-defined]
    return found


def _stands_under(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)
