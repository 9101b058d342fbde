"""What two people share, as far as the reader may know: topics both know; groups are added from the room above."""

from typing import Any

from django.db.models import QuerySet

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared


def topics_of(person: Person, reader: Person) -> list[Topic]:
    """The topics a profile lists, those the reader may meet."""
    return list(_listed(person, reader))


@prepared
def _listed(person: Person, reader: Person) -> QuerySet[Topic]:
    return Topic.objects.visible_to(reader).shown().filter(profiles__person=person).by_name()


def topics_in_common(shown: list[Topic], reader: Person) -> list[Topic]:
    """Of these the reader's own; never sensitive ones."""
    mine = set(_own(reader)) if shown else set()
    return [topic for topic in shown if topic.pk in mine]


@prepared
def _own(person: Person) -> QuerySet[Any, int]:
    return Topic.objects.filter(profiles__person=person, is_sensitive=False).values_list("pk", flat=True)
