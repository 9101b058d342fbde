"""What of one's own file people give: who one is, what one says of oneself, choices, blocks, what was done in one's name."""

from collections.abc import Iterator
from typing import Any

from traff.community.people.models import Profile
from traff.community.people.record import record_of
from traff.ground.accounts.models import Block, Objection, Person
from traff.ground.files.models import File
from traff.ground.organisation.models import seats_of


def me(person: Person) -> Iterator[dict[str, Any]]:
    seat = seats_of([person.pk]).get(person.pk)
    profile = Profile.of(person)
    yield {
        "handle": person.handle,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "here_since": person.joined_at,
        "unit": str(seat.unit) if seat and seat.unit else "",
        "place": str(seat.place) if seat and seat.place else "",
        "is_guest": person.is_guest,
        "is_protected": person.is_protected,
        "first_steps_done": person.shown_around_at,
        "title": profile.title,
        "about": profile.about,
        "about_shown_to": profile.about_level,
        "phone": profile.phone,
        "phone_shown_to": profile.phone_level,
        "languages": profile.languages,
        "topics_i_know": [str(topic) for topic in profile.topics.by_name()],
        "photo": profile.photo.name if profile.photo else "",
        "away_until": profile.away_until,
        "full_until": profile.full_until,
    }


def choices(person: Person) -> Iterator[dict[str, Any]]:
    for moment in Objection.objects.filter(person=person).values_list("moment", flat=True):
        yield {"do_not_suggest_me": moment}
    for handle in Block.objects.filter(blocker=person).values_list("blocked__handle", flat=True):
        yield {"blocked": handle}


def done_in_my_name(person: Person) -> Iterator[dict[str, Any]]:
    for deed in record_of(person, most=None):
        yield {"at": deed.at, "what": deed.text}


def files(person: Person) -> Iterator[dict[str, Any]]:
    for file in File.objects.unrestricted("one's own").filter(owner=person).select_related("blob").order_by("pk").iterator():
        yield {"at": file.at, "name": file.name, "shows": file.alt, "bytes": file.blob.size, "address": file.get_absolute_url()}
