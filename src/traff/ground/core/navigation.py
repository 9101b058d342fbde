"""The ways through the house, as the left column and the phone's bottom bar show them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traff.ground.core.fresh import fresh, said


class Way(NamedTuple):
    """One entry: where it leads, how it is named, the key after `g`, and whether one stands there."""

    path: str
    icon: str
    word: str | Promise
    key: str
    on_phone: bool = False
    is_here: bool = False
    is_shown_to: Callable[[Any], bool] | None = None  # asked with the reader; None: everybody
    new: str = ""  # how much is new there


WAYS = [
    Way("/", "house", _("Home"), "h", on_phone=True),
    Way("/search/", "search", _("Search"), "s", on_phone=True),
    Way("/people/", "contact-round", _("People"), "p"),
    Way("/groups/", "users-round", _("Groups"), "g"),
    Way("/cases/", "puzzle", _("Cases"), "c"),
    Way("/questions/", "circle-question-mark", _("Questions"), "q"),
    Way("/ideas/", "lightbulb", _("Ideas"), "i"),
    Way("/customers/", "building-2", _("Customers"), "u"),
    Way("/topics/", "hash", _("Topics"), "t"),
    Way("/conversations/", "messages-square", _("Conversations"), "v", on_phone=True),
]


def put_in(way: Way, *, after: str) -> None:
    """A room's own entry, beneath the one of the path `after`; called from `AppConfig.ready()`."""
    if all(way.path != standing.path for standing in WAYS):
        WAYS.insert(next((n for n, standing in enumerate(WAYS, 1) if standing.path == after), len(WAYS)), way)


def ways(request: HttpRequest | None) -> list[Way]:
    """The reader's entries, the one the request stands under marked. Several places of a page show them, one asks what is new."""
    if request is not None and hasattr(request, "_ways"):
        return list(request._ways)
    here, person = (request.path, getattr(request, "user", None)) if request else ("", None)
    shown = [way for way in WAYS if way.is_shown_to is None or way.is_shown_to(person)]
    best = max((way.path for way in shown if _stands_under(way.path, here)), key=len, default="")
    new = fresh(request) if request is not None and person is not None else {}
    found = [way._replace(is_here=way.path == best, new=said(len(new.get(way.path, ())))) for way in shown]
    if request is not None:
        request._ways = found  # type: ignore[attr-defined]
    return found


def _stands_under(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)
