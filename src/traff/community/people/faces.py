"""People as the parts of the look show them: a name, a face, where they sit; two queries for any number of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from traff.community.people.models import Profile
from traff.ground.accounts.models import Person
from traff.ground.core.templatetags.parts import hue
from traff.ground.organisation.models import Seat, seats_of


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


def faces_of(people: Iterable[Person]) -> dict[int, Face]:
    """Person id → how they are shown, in the order given; each person once."""
    unique = {person.pk: person for person in people}
    seats = seats_of(unique)
    profiles = {profile.person_id: profile for profile in Profile.objects.filter(person__in=unique, person__is_protected=False)}
    return {pk: _face(person, seats.get(pk), profiles.get(pk)) for pk, person in unique.items()}


def face_of(person: Person) -> Face:
    return faces_of([person])[person.pk]


def _face(person: Person, seat: Seat | None, profile: Profile | None) -> Face:
    return Face(
        id=person.pk,
        handle=person.handle,
        name=person.name,
        url=person.get_absolute_url(),
        title=profile.title if profile else "",
        unit=str(seat.unit) if seat and seat.unit else "",
        place=str(seat.place) if seat and seat.place else "",
        photo_url=profile.photo_url(person.handle) if profile else "",
        hue=hue(seat.unit.name if seat and seat.unit else person.name),
        is_guest=person.is_guest,
        has_left=not person.is_active,
    )
