"""What happened that others may hear of: one Event a deed. Everything that listens, listens to these."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from traff.ground.access.models import Audience, Shared
from traff.ground.accounts.models import Person
from traff.ground.activity.listeners import tell


class Event(Shared):
    """Actor, verb, subject, audience. The subject is named by kind and id: events know no model."""

    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)  # "post.published", "group.joined", "case.reused" …
    subject_kind = models.CharField(max_length=20)
    subject_id = models.IntegerField()
    at = models.DateTimeField(default=timezone.now)
    is_imported = models.BooleanField(default=False)  # history, brought in: nobody is notified

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="event_by_subject")]  # a thing's timeline

    def __str__(self) -> str:
        return f"{self.actor_id} {self.verb} {self.subject_kind} {self.subject_id}"


@transaction.atomic
def record(*, actor: Person | None, verb: str, subject: Any, audience: Audience, kind: str, at: datetime | None = None) -> Event:
    """Leave the one Event of a deed, and queue the jobs of its listeners in the same transaction."""
    event = Event(actor=actor, verb=verb, subject_kind=kind, subject_id=subject.pk, audience=audience, at=at or timezone.now())
    event.save()
    tell(event.pk, verb)
    return event


def unrecord(*, kind: str, subject: Any, verbs: Sequence[str] = ()) -> None:
    """Take away what was told of a thing, or of these verbs alone, in the transaction that makes it nobody's news.

    A listener whose job comes later finds no event, and does nothing.
    """
    told = Event.objects.unrestricted("nobody's news any more").filter(subject_kind=kind, subject_id=subject.pk)
    (told.filter(verb__in=verbs) if verbs else told).delete()
