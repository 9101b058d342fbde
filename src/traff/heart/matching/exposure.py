"""What was shown to whom, in which slot and why: for the reader to see, for new voices to be heard, for weights to be judged."""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from traff.ground.access.guard import Guarded
from traff.ground.accounts.models import Moment, Person
from traff.ground.search.models import Authored, Entry
from traff.heart.matching.exploring import Arm

TARGET = 3.0  # of E30: shown so often, others get a hearing
HEARING = 1.0  # of E30, given to who is new: has written little, or was never shown
FEW = 3  # posts of somebody new
MONTH = timedelta(days=30)
IGNORED = 3  # days on which it was shown and nobody answered


class Exposure(Guarded):
    """One thing shown to one person on one day. Read by that person alone, while they may read what was shown."""

    receiver = models.ForeignKey(Person, models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")  # the colleague behind it
    moment = models.CharField(max_length=10, choices=Moment)
    rank = models.SmallIntegerField()  # from 1
    propensity = models.FloatField()  # how likely this slot was to show it
    arm = models.CharField(max_length=10, choices=Arm)
    rel_score = models.FloatField(null=True)  # what its relevance was made of when it was shown; none where nobody asked
    rel_coverage = models.FloatField(null=True)
    is_open = models.BooleanField()  # nothing of it was closed, so that it may count for others
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["receiver", "entry", "day"], name="shown_once_a_day")]
        indexes = [
            models.Index(fields=["person", "-at"], include=["rank", "is_open"], name="exposure_of"),  # E30
            models.Index(fields=["at"], name="exposure_by_age"),  # the nightly purge
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} to {self.receiver_id} on {self.day}"

    @classmethod
    def log(cls, receiver: Person, shown: Sequence[Any]) -> None:
        """Suggestions in the order shown; again on the same day changes nothing."""
        today = timezone.localdate()
        rows = [
            cls(
                receiver=receiver, entry=row.entry, person_id=row.person_id, moment=row.moment, rank=rank, day=today,
                propensity=row.propensity, arm=row.arm, rel_score=row.rel_score, rel_coverage=row.rel_coverage,
                is_open=row.entry.is_open and row.listening_id is None
                and (row.about is None or row.about.is_open),
            )
            for rank, row in enumerate(shown, 1)
        ]  # fmt: skip
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def forget_old(cls) -> None:
        """What is older than the organisation keeps it (a setting, 365 days)."""
        kept = timedelta(days=settings.TRAFF_EXPOSURES_KEPT)
        cls.objects.unrestricted("a stated period has passed").filter(at__lt=timezone.now() - kept).delete()

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        mine = models.Q(**{f"{prefix}receiver_id": getattr(person, "pk", None)})
        return mine & Entry.readable_q(person, f"{prefix}entry__")


def exposure_of(people: Iterable[int]) -> dict[int, float]:
    """(target / (target + E30 − hearing))^.3 per person, E30 = Σ 1/log2(1 + rank) over what was shown in 30 days.

    `hearing` is for new voices: fewer than three posts, or never shown. Counted over open content only: what a closed circle
    wrote or was shown changes nothing outside it.
    """
    wanted = list(people)
    seen = Exposure.objects.unrestricted("how often people were shown").filter(person_id__in=wanted, is_open=True)
    rows = seen.filter(entry__is_open=True).order_by().values_list("person_id", "rank", "at")
    since, e30, known = timezone.now() - MONTH, dict.fromkeys(wanted, 0.0), set()
    for person, rank, at in rows:
        known.add(person)
        e30[person] += 1 / math.log2(1 + rank) if at > since else 0.0
    wrote = Authored.objects.unrestricted("how much people wrote").filter(person_id__in=wanted, is_open=True)
    counts = wrote.filter(entry__kind="post").order_by().values_list("person_id").annotate(n=models.Count("entry_id"))
    settled = {person for person, n in counts if n >= FEW} & known
    return {person: (TARGET / (TARGET + e30[person] - (0.0 if person in settled else HEARING))) ** 0.3 for person in wanted}


def ignored(receiver: Person, entries: Iterable[int]) -> set[int]:
    """Of these entries those that were shown on three days and not answered: from then on they are shown every other day."""
    shown = Exposure.objects.unrestricted("one's own").filter(receiver=receiver, entry__in=list(entries))
    counted = shown.exclude(day=timezone.localdate()).order_by().values_list("entry_id").annotate(n=models.Count("pk"))
    return {entry for entry, n in counted if n >= IGNORED}
