"""How openings ended, counted by the month. No opening and no person stands beside a number."""

from datetime import date

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    FOUND = "found", _("Found someone")
    ELSEWHERE = "elsewhere", _("Found someone from another unit")
    NO = "no", _("No")


class Outcome(models.Model):
    """So many openings of a month were answered so."""

    FEWEST = 5  # told only when a month has as many answers

    month = models.DateField()  # its first day
    answer = models.CharField(max_length=10, choices=Answer)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "answer"], name="one_outcome_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.answer}: {self.times}"

    @classmethod
    def count(cls, answer: str) -> None:
        """One more."""
        month = timezone.localdate().replace(day=1)
        cls.objects.get_or_create(month=month, answer=answer)
        cls.objects.filter(month=month, answer=answer).update(times=F("times") + 1)

    @classmethod
    def figures(cls) -> dict[date, dict[str, int]]:
        """Month → answer → times, of months with enough answers to hide each one among."""
        months: dict[date, dict[str, int]] = {}
        for row in cls.objects.order_by("month"):
            months.setdefault(row.month, {})[row.answer] = row.times
        return {month: told for month, told in months.items() if sum(told.values()) >= cls.FEWEST}
