from typing import Any

from django.db import models
from django.utils import timezone

from traff.ground.accounts.models import Person


class PartQuerySet(models.QuerySet["Part"]):
    def of(self, person: Any) -> "PartQuerySet":
        """A read mark is its owner's only."""
        return self.none() if is_impersonated(person) else self.filter(person=person, left_at=None)

    def unread(self) -> "PartQuerySet":
        return self.filter(heard_at__gt=models.F("read_at"))


class Part(models.Model):
    """One person's part in a conversation: what has reached them and what they have read. Private."""

    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    heard_at = models.DateTimeField(null=True)  # of the latest word that reached this person; None: none has
    read_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="one_part_a_person")]
        indexes = [
            models.Index(fields=["person", "-heard_at", "-id"], condition=models.Q(left_at=None), name="conversations_of_person"),
            models.Index(
                fields=["person"], condition=models.Q(left_at=None, heard_at__gt=models.F("read_at")), name="conversations_unread"
            ),  # how many are new, on every page
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"


def is_impersonated(person: Any) -> bool:
    """Whether somebody else is signed in for this person (`accounts/middleware.py`)."""
    return bool(getattr(person, "is_impersonated", False))
