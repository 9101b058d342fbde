"""What one follows and mutes, as a list; only what one may still see is named."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from traff.attention.following.models import Tone
from traff.attention.following.targets import SORTS
from traff.community.groups.models import Group
from traff.community.people.models import known_to
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post


@dataclass(frozen=True)
class Line:
    """One row, and where it is ended."""

    kind: str
    name: str
    url: str
    end_url: str


def tones_of(person: Person, tone: type[Tone]) -> list[Line]:
    """People first, then groups, topics and threads, the latest first within each."""
    rows = list(tone.objects.of(person).order_by("-at"))
    return [line for sort in SORTS for line in _lines(person, rows, sort, tone.__name__.lower())]


def _lines(person: Person, rows: list[Any], sort: str, name: str) -> list[Line]:
    field = "followed_person_id" if sort == "person" else f"{sort}_id"
    wanted = [pk for row in rows if (pk := getattr(row, field)) is not None]
    found = {target.pk: target for target in _visible(person, sort).filter(pk__in=wanted)} if wanted else {}
    shown = [found[pk] for pk in wanted if pk in found]
    return [Line(sort, str(it), it.get_absolute_url(), reverse(f"{name}_end", args=[sort, it.pk])) for it in shown]


def _visible(person: Person, sort: str) -> Any:
    if sort == "person":
        return known_to(person)
    if sort == "group":
        return Group.objects.visible_to(person)
    return Topic.objects.visible_to(person) if sort == "topic" else Post.objects.visible_to(person)
