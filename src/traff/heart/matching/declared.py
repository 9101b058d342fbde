"""Who says on the profile that they know a topic, and has written nothing that shows it: the weakest evidence, shown last."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from traff.community.people.faces import Face, faces_of
from traff.community.people.models import listed_for
from traff.community.topics.chips import Chip, chips
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.search.asking import question


@dataclass(frozen=True)
class Declared:
    face: Face
    topics: list[Chip]


def declared(person: Person, text: str, *, but: Iterable[int], most: int) -> list[Declared]:
    """At most so many, those who name most of what is asked for first, then by name."""
    named = [term.text.removeprefix("#topic:") for term in question(text).terms if term.text.startswith("#topic:")]
    topics = list(Topic.objects.visible_to(person).shown().filter(pk__in=map(int, named), is_sensitive=False))
    if not topics or most <= 0:
        return []
    out = {*but, person.pk, *Block.objects.between(person)}
    people = listed_for(person).filter(profile__topics__in=topics, is_guest=False).exclude(pk__in=out)
    people = people.exclude(pk__in=Objection.objects.filter(moment=Moment.WHO).values("person_id"))
    chosen = list(people.annotate(named=Count("profile__topics")).order_by("-named", "sort_name", "pk")[:most])
    faces = faces_of(chosen)
    theirs: dict[int, list[Topic]] = {pk: [] for pk in faces}
    for topic in topics:
        for pk in topic.profiles.filter(person__in=chosen).values_list("pk", flat=True):
            theirs[pk].append(topic)
    return [Declared(face, chips(theirs[pk])) for pk, face in faces.items()]
