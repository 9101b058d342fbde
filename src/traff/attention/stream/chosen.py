"""What a person chose to hear of and what not, as plain ids: all that a stream is made of. Nothing is inferred."""

from dataclasses import dataclass
from typing import Self

from traff.attention.following.models import Follow, Mute, Tone
from traff.community.groups.models import Group
from traff.ground.accounts.models import Block, Person
from traff.sharing.content.models import Authorship, Reply

LATEST = 500  # of one's own threads; older ones come back when followed


@dataclass(frozen=True)
class Ids:
    """Targets of one tone."""

    people: set[int]
    groups: set[int]
    topics: set[int]
    threads: set[int]

    @classmethod
    def of(cls, tone: type[Tone], person: Person) -> Self:
        rows = list(tone.objects.of(person).values_list("followed_person_id", "group_id", "topic_id", "post_id"))
        people, groups, topics, threads = (
            {pk for pk in column if pk} for column in (zip(*rows, strict=True) if rows else ((),) * 4)
        )
        return cls(people, groups, topics, threads)


@dataclass(frozen=True)
class Chosen:
    """One person's choices, read once a request in a fixed number of queries."""

    follows: Ids
    mutes: Ids
    joined: set[int]  # groups
    own: set[int]  # threads that the person wrote or wrote in
    parted: set[int]  # people on either side of a block

    @classmethod
    def by(cls, person: Person) -> Self:
        wrote = Authorship.objects.unrestricted("one's own").filter(person=person).order_by("-post_id")
        replied = Reply.objects.unrestricted("one's own").filter(author=person).order_by("-id")
        return cls(
            follows=Ids.of(Follow, person),
            mutes=Ids.of(Mute, person),
            joined=set(Group.objects.visible_to(person).joined_by(person).values_list("pk", flat=True)),
            own={*wrote.values_list("post_id", flat=True)[:LATEST], *replied.values_list("post_id", flat=True)[:LATEST]},
            parted=set(Block.objects.between(person)),
        )
