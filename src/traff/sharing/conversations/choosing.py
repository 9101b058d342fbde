"""Whom to write to: chosen by name, each step a form of its own, so that it works without JavaScript too."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from traff.community.people.directory import completions
from traff.community.people.faces import Face, faces_of
from traff.community.people.models import known_to
from traff.ground.access.models import AudienceKind, Membership
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Block, Person, PersonQuerySet
from traff.sharing.conversations.models import Conversation
from traff.sharing.conversations.models.part import is_impersonated


@dataclass(frozen=True)
class Choice:
    """Those chosen so far, and those found by the words of a name."""

    people: list[Person]
    words: str = ""
    found: list[Face] = field(default_factory=list)

    @property
    def faces(self) -> list[Face]:
        return list(faces_of(self.people).values())


def reachable(by: Person) -> PersonQuerySet:
    """Whose page one may open and whom one may write to; guests only where both are in one group or conversation."""
    people = known_to(by).active().exclude(pk__in=[by.pk, *Block.objects.filter(blocker=by).values_list("blocked_id", flat=True)])
    if by.is_guest:
        return people
    kinds = [AudienceKind.GROUP, AudienceKind.CONVERSATION]
    beside = Membership.objects.filter(audience_id__in=joined_ids(by).all, audience__kind__in=kinds)
    return people.filter(Q(is_guest=False) | Q(pk__in=beside.values("person_id")))


def may_write(by: Person, to: Person) -> bool:
    """Whether to offer it; for two employees no question is asked of the database."""
    if by.pk == to.pk or not to.is_active or is_impersonated(by):
        return False
    return not (by.is_guest or to.is_guest) or reachable(by).filter(pk=to.pk).exists()


def chosen(by: Person, handles: Iterable[str]) -> list[Person]:
    """Those of these handles whom one may write to, in the order given."""
    wanted = list(dict.fromkeys(handle for handle in handles if handle))[:50]
    people = {person.handle: person for person in reachable(by).filter(handle__in=wanted)}
    return [people[handle] for handle in wanted if handle in people]


def choice_of(by: Person, data: Any) -> Choice:
    """What a form says: `to` those chosen, `add` and `drop` one of them, `q` the words of a name."""
    handles = [handle for handle in [*data.getlist("to"), data.get("add", "")] if handle != data.get("drop")]
    words = "" if data.get("add") else data.get("q", "").strip()[:100]
    people = chosen(by, handles)
    return Choice(people, words, found_by(words, by, people))


def found_by(words: str, by: Person, people: Iterable[Person] = ()) -> list[Face]:
    """A few people who are called so; nobody protected, nobody who is chosen already."""
    if not words:
        return []
    found = completions(by, words)
    usable = set(reachable(by).filter(pk__in=[face.id for face in found]).values_list("pk", flat=True))
    usable -= {person.pk for person in people}
    return [face for face in found if face.id in usable]


def standing(by: Person, people: list[Person]) -> Conversation | None:
    """The conversation that these people have already."""
    found: Conversation | None = Conversation.objects.visible_to(by).of_exactly([by, *people]).first() if people else None
    return found
