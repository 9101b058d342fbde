"""People as the parts of the look show them: a name, a face, where they sit; one query for any number of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from traff.community.people import availability
from traff.community.people.models import photo_url
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.core.templatetags.parts import hue
from traff.ground.organisation.models import unit_name


@dataclass(frozen=True)
class Face:
    """The names are those of `core/parts/person_line.html`. Of protected people: the name alone."""

    id: int
    handle: str
    name: str
    url: str
    title: str = ""
    unit: str = ""
    place: str = ""
    photo_url: str = ""
    hue: int = 1
    is_guest: bool = False
    has_left: bool = False
    availability: str = ""  # "away until 3 December", "full this week"


class _Described(NamedTuple):
    """What stands about a person beside the name; None where nothing does."""

    title: str | None = None
    photo: str | None = None
    unit: str | None = None
    unit_sv: str | None = None
    place: str | None = None
    away_until: date | None = None
    full_until: date | None = None


DESCRIBED = (
    "profile__title", "profile__photo", "seat__unit__name", "seat__unit__name_sv", "seat__place__name",
    "profile__away_until", "profile__full_until",
)  # fmt: skip


def faces_of(people: Iterable[Person]) -> dict[int, Face]:
    """Person id → how they are shown, in the order given; each person once."""
    unique = {person.pk: person for person in people}
    if not unique:
        return {}
    described = {pk: _Described(*values) for pk, *values in _described(list(unique))}
    return {pk: _face(person, described.get(pk, _Described())) for pk, person in unique.items()}


@prepared
def _described(ids: list[int]) -> QuerySet[Any, Any]:
    return Person.objects.filter(pk__any=ids, is_protected=False).values_list("pk", *DESCRIBED)


def face_of(person: Person) -> Face:
    return faces_of([person])[person.pk]


def own_face(reader: Person) -> Face:
    """Of who is signed in: several places of a page show it, one asks for it."""
    if not hasattr(reader, "_face"):
        reader._face = face_of(reader)  # type: ignore[attr-defined]  # lives as long as the request's own person
    return reader._face  # type: ignore[attr-defined]


def _face(person: Person, described: _Described) -> Face:
    return Face(
        id=person.pk,
        handle=person.handle,
        name=person.name,
        url=person.get_absolute_url(),
        title=described.title or "",
        unit=unit_name(described.unit or "", described.unit_sv or ""),
        place=described.place or "",
        photo_url=photo_url(person.handle, described.photo or ""),
        hue=hue(described.unit or person.name),
        is_guest=person.is_guest,
        has_left=not person.is_active,
        availability=availability.said(described.away_until, described.full_until) if person.is_active else "",
    )
