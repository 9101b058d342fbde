"""The ways through the house, as the left column and the phone's bottom bar show them."""

from typing import NamedTuple

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


WAYS = [
    Way("/", "house", _("Home"), "h", on_phone=True),
    Way("/search/", "search", _("Search"), "s", on_phone=True),
    Way("/people/", "contact-round", _("People"), "p"),
    Way("/groups/", "users-round", _("Groups"), "g", on_phone=True),
    Way("/cases/", "puzzle", _("Cases"), "c"),
    Way("/questions/", "circle-question-mark", _("Questions"), "q"),
    Way("/topics/", "hash", _("Topics"), "t"),
]


def ways(request: HttpRequest | None) -> list[Way]:
    """All entries, the one the request stands under marked."""
    here = request.path if request else ""
    best = max((way.path for way in WAYS if _stands_under(way.path, here)), key=len, default="")
    return [way._replace(is_here=way.path == best) for way in WAYS]


def _stands_under(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)
