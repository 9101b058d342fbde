"""Which audiences a person has joined: read once a request or a job, from the primary, and forgotten on any change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from traff.ground.accounts.models import Person
from traff.ground.core.prepared import Lesson, prepared, teach


@dataclass(frozen=True)
class Joined:
    """Ids of audiences: all that were joined, and the closed ones among them."""

    all: list[int]
    closed: list[int]


_in_request: ContextVar[dict[int, Joined] | None] = ContextVar("joined", default=None)


def joined_ids(person: Any) -> Joined:
    """The audiences this person has joined; outside a request always asked anew."""
    kept = _in_request.get()
    if kept is not None and person.pk in kept:
        return kept[person.pk]
    if told := getattr(person, "joined_in_advance", None):
        return told  # of a stand-in, see below
    rows = list(_memberships(person.pk))
    joined = Joined(all=[audience for audience, _ in rows], closed=[audience for audience, is_open in rows if not is_open])
    if kept is not None:
        kept[person.pk] = joined
    return joined


@prepared
def _memberships(person_id: int) -> QuerySet[Any, tuple[int, bool]]:
    memberships = apps.get_model("access", "Membership").objects.filter(person_id=person_id)
    return memberships.values_list("audience_id", "audience__is_open")


def forget() -> None:
    """After any change of membership or openness in this request."""
    if (kept := _in_request.get()) is not None:
        kept.clear()


@contextmanager
def one_look() -> Iterator[None]:
    """What is asked within is answered from one reading of the memberships: a request, or one job of a listener."""
    token = _in_request.set({})
    try:
        yield
    finally:
        _in_request.reset(token)


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
