"""Which audiences a person has joined: read once a request or a job, from the primary, and forgotten on any change.

What else is asked again and again within one look is kept by `once`; whoever writes what others keep so calls `forget`. A
transaction that is undone is not heard of: a request that undoes one shows nothing it read in there.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from traff.ground.accounts.models import Person
from traff.ground.core.prepared import Lesson, prepared, teach

T = TypeVar("T")


@dataclass(frozen=True)
class Joined:
    """Ids of audiences: all that were joined, and the closed ones among them."""

    all: list[int]
    closed: list[int]


_in_look: ContextVar[dict[Hashable, Any] | None] = ContextVar("in_look", default=None)


def joined_ids(person: Any) -> Joined:
    """The audiences this person has joined; outside a request always asked anew."""
    kept = _in_look.get()
    if told := kept.get(person.pk) if kept else None:
        return cast(Joined, told)
    if told := getattr(person, "joined_in_advance", None):
        return told  # of a stand-in, see below
    return once(person.pk, lambda: _joined(person.pk))


def _joined(person_id: int) -> Joined:
    rows = list(_memberships(person_id))
    return Joined(all=[audience for audience, _ in rows], closed=[audience for audience, is_open in rows if not is_open])


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Made at most once in one look; outside a look each time anew."""
    kept = _in_look.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return cast(T, kept[key])


@prepared
def _memberships(person_id: int) -> QuerySet[Any, tuple[int, bool]]:
    memberships = apps.get_model("access", "Membership").objects.filter(person_id=person_id)
    return memberships.values_list("audience_id", "audience__is_open")


def forget() -> None:
    """After any change of membership, openness or what is written in this request."""
    if (kept := _in_look.get()) is not None:
        kept.clear()


@contextmanager
def one_look() -> Iterator[None]:
    """What is asked within is answered from one reading of the memberships: a request, or one job of a listener."""
    around = _in_look.get()
    token = _in_look.set({})
    try:
        yield
    finally:
        _in_look.reset(token)
        if around:
            around.clear()  # what was changed within is changed outside too


def _stand_in(person: Person, number: Callable[[], int]) -> Person:
    stand = Person.from_db(None, ["id"], [number()])
    known = {name: getattr(person, name) for name in DECIDING}
    stand.__dict__.update(known, joined_in_advance=Joined([number()], [number()]))
    return stand


# What of a person decides the statement; the rest only fills it.
DECIDING = ("is_active", "is_guest", "is_administrator", "is_impersonated")
teach(
    Person,
    Lesson(
        shape=lambda person: (Person, *(getattr(person, name) for name in DECIDING)),
        parts=(lambda p: p.pk, lambda p: joined_ids(p).all, lambda p: joined_ids(p).closed),
        stand_in=_stand_in,
    ),
)


class ReadingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_look():
            return self.get_response(request)
