"""An unanswered question, shown quietly to one colleague who has written about it; or passed on by a colleague."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.accounts.models import Person
from traff.ground.search.models import Entry


class Said(models.TextChoices):
    """What became of it, beside an answer to the question itself."""

    NOT_ME = "not_me", _("not me")
    PASSED = "passed", _("passed on")


class QuietRequestQuerySet(GuardedQuerySet):
    def waiting(self, since: datetime | None = None) -> "QuietRequestQuerySet":
        """Neither turned down nor passed on, and not too old to be asked of anybody."""
        return self.filter(said="", made_at__gt=since or timezone.now() - QuietRequest.STANDS)

    def this_week(self) -> "QuietRequestQuerySet":
        return self.filter(made_at__gt=timezone.now() - timedelta(days=7))


class QuietRequest(Guarded):
    """Read with its question: who may not read that, or once it is withdrawn, has not been asked."""

    PER_WEEK = 3  # of one person, from whomever: attention is scarce
    STANDS = timedelta(days=14)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")  # the question
    receiver = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")  # who passed it on; None: Träff
    reasons = models.JSONField(default=list)  # words the receiver has written about too
    made_at = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=8, choices=Said, blank=True)
    said_at = models.DateTimeField(null=True)
    passed_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = QuietRequestQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["entry", "receiver"], name="asked_quietly_once")]
        indexes = [models.Index(fields=["receiver", "-made_at"], name="quiet_request_for")]  # home, and the week's count

    def __str__(self) -> str:
        return f"entry {self.entry_id} for {self.receiver_id}"

    def say(self, said: str) -> None:
        """Its receiver's answer; nobody hears."""
        self.said, self.said_at = said, timezone.now()
        self.save(update_fields=["said", "said_at", "passed_to"])

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        mine = models.Q(**{f"{prefix}receiver_id": getattr(person, "pk", None)})
        return mine & Entry.readable_q(person, f"{prefix}entry__")
