"""What one wants to hear of, and what not. Both are one's own business: neither is told to anybody."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.sharing.content.models import Post

TARGETS = ("followed_person", "group", "topic", "post")


class ToneQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "ToneQuerySet":
        return self.filter(person=person)

    def ids(self, target: str) -> list[int]:
        """Ids of one sort of target: "followed_person", "group", "topic" or "post"."""
        return list(self.exclude(**{target: None}).values_list(f"{target}_id", flat=True))


class Tone(models.Model):
    """One person, one target: a person, a group, a topic or a thread."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    followed_person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ToneQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["person", target], name=f"one_%(class)s_a_{target}") for target in TARGETS]

    def __str__(self) -> str:
        return f"{self.person_id}: " + ", ".join(f"{t} {v}" for t in TARGETS if (v := getattr(self, f"{t}_id")))

    @classmethod
    def set(cls, person: Person, target: Any) -> "Tone":
        """Start; a second time changes nothing. Following ends muting and the other way round."""
        field = field_of(target)
        with transaction.atomic():
            for other in (Follow, Mute):
                if other is not cls:
                    other.objects.filter(person=person, **{field: target}).delete()
            return cls.objects.get_or_create(person=person, **{field: target})[0]

    @classmethod
    def end(cls, person: Person, target: Any) -> None:
        cls.objects.filter(person=person, **{field_of(target): target}).delete()

    @classmethod
    def stands(cls, person: Person, target: Any) -> bool:
        return bool(cls.objects.filter(person=person, **{field_of(target): target}).exists())


class Follow(Tone):
    """I want to hear of this. One-way, nobody is asked."""


class Mute(Tone):
    """I do not want to see this. Nobody is told."""


def standing(person: Person, target: Any) -> set[type[Tone]]:
    """Which of the two stand between a person and a target, in one query."""
    return {Follow if name == "follow" else Mute for (name,) in _standing(person, target)}


@prepared
def _standing(person: Person, target: Any) -> models.QuerySet[Any, Any]:
    mine = {"person": person, field_of(target): target}
    follows, mutes = (
        tone.objects.filter(**mine).values_list(models.Value(name, models.TextField()))
        for name, tone in (("follow", Follow), ("mute", Mute))
    )
    return follows.union(mutes)


def field_of(target: Any) -> str:
    """Which field names this sort of target; raises KeyError for others."""
    return {Person: "followed_person", Group: "group", Topic: "topic", Post: "post"}[type(target)]
