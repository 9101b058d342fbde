"""The weights of relevance: those shipped, and what the organisation's own feedback made of them. Aggregates, no person.

Learnt weights come into use only when they were better on feedback that they had not seen (`refitting`); one command goes back.
"""

import time
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone

from traff.ground.audit.models import AuditRecord

SCORE_CAP = 6.0  # a higher score says no more
RENEWED = 60.0  # seconds for which a process holds what is in use: one small query a minute


class Values(NamedTuple):
    """rel = sigmoid(bias + score · min(score, 6) + coverage · coverage)."""

    bias: float
    score: float
    coverage: float


SHIPPED = Values(bias=-3.4, score=0.8, coverage=10.0)


class State(models.TextChoices):
    """Told by the command alone, in English."""

    TRIED = "tried"  # and not better
    IN_USE = "in_use"
    SET_ASIDE = "set_aside"  # replaced, or taken back


class Weights(models.Model):
    """One fit, with the figures by which it was or was not switched on. At most one is in use; none: what was shipped."""

    version = models.AutoField(primary_key=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.TRIED)
    bias = models.FloatField()
    score = models.FloatField()
    coverage = models.FloatField()
    slots = models.IntegerField()  # judged, in all
    held_back = models.IntegerField()  # of them the newest, which it had not seen
    people = models.IntegerField()  # different receivers, in all
    gain = models.FloatField()  # in log-likelihood a held-back slot, beside what was in use
    gain_low = models.FloatField()  # its interval, by bootstrap over people
    gain_high = models.FloatField()
    confidence = models.FloatField()  # of the interval: .95, and more for each try before it
    replaced = models.IntegerField(null=True)  # the version that was in use before it; none: what was shipped
    taken_back_at = models.DateTimeField(null=True)  # by a command

    class Meta:
        ordering: ClassVar[list[str]] = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="in_use"), name="one_weights_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.state}"

    @property
    def values(self) -> Values:
        return Values(self.bias, self.score, self.coverage)

    @classmethod
    def now(cls) -> "Weights | None":
        return cls.objects.filter(state=State.IN_USE).first()

    @transaction.atomic
    def switch_on(self) -> None:
        """From now on these weigh; what was in use is kept to go back to."""
        before = Weights.now()
        if before:
            before.state = State.SET_ASIDE
            before.save(update_fields=["state"])
        self.state, self.replaced = State.IN_USE, before.pk if before else None
        self.save()
        figures = {"gain": self.gain, "interval": [self.gain_low, self.gain_high], "slots": self.slots, "people": self.people}
        AuditRecord.write(actor_id=None, verb="weights.switched_on", kind="weights", subject_id=self.pk, **figures)
        transaction.on_commit(forget)

    @transaction.atomic
    def take_back(self, *, reason: str = "") -> "Weights | None":
        """Return to what was in use before; gives it, or none for what was shipped."""
        self.state, self.taken_back_at = State.SET_ASIDE, timezone.now()
        self.save(update_fields=["state", "taken_back_at"])
        before = Weights.objects.filter(pk=self.replaced).first() if self.replaced else None
        if before:
            before.state = State.IN_USE
            before.save(update_fields=["state"])
        said = {"to": before.pk if before else None, "reason": reason}
        AuditRecord.write(actor_id=None, verb="weights.taken_back", kind="weights", subject_id=self.pk, **said)
        transaction.on_commit(forget)
        return before


@dataclass(frozen=True)
class _Held:
    values: Values
    until: float  # of time.monotonic


_held: dict[str, _Held] = {}  # by database: measuring changes it


def in_use() -> Values:
    """The weights that hold; each process asks once a minute."""
    name, now = str(connection.settings_dict["NAME"]), time.monotonic()
    held = _held.get(name)
    if held is None or held.until < now:
        weights = Weights.now()
        held = _held[name] = _Held(weights.values if weights else SHIPPED, now + RENEWED)
    return held.values


def forget() -> None:
    """Ask anew: they have changed."""
    _held.clear()
