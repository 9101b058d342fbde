"""What a person says of their own interests, and how far from home they want to meet people. Private: it leaves no Event."""

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared
from traff.heart.matching.bundles import Bundle, Piece, likeness

OVERLAP = 0.3  # cosine from which a bundle is the one that was spoken of, though it has been made anew
OWN_WORDS = 300  # characters


class Lean(models.TextChoices):
    """What a person says of one of their interests."""

    AS_IS = "", _("as it is")
    MORE = "more", _("more of this")
    LESS = "less", _("less of this")
    NONE = "none", _("not this")


WEIGHTS = {Lean.AS_IS: 1.0, Lean.MORE: 1.3, Lean.LESS: 0.6, Lean.NONE: 0.0}  # of the score, never of the gate


class Said(models.Model):
    """What was said of one interest. Interests are made anew from what stands; this finds its own again by its terms."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    lean = models.CharField(max_length=4, choices=Lean)
    terms = models.JSONField(default=dict)  # term → weight, a vector of length one
    words = models.JSONField(default=list)  # as they were shown
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="said_by")]  # all that one said

    def __str__(self) -> str:
        return f"{self.person_id}: {self.lean} {self.words[:3]}"

    @classmethod
    def of(cls, one: Bundle | Piece, rows: Sequence["Said"]) -> "Said | None":
        """What was said of this bundle or piece: the latest word on one that overlaps enough."""
        return next((row for row in rows if likeness(one.terms, row.terms) >= OVERLAP), None)

    @classmethod
    def say(cls, person: Person, bundle: Bundle, lean: str) -> None:
        """More, less, not this; or as it is, which takes back what was said of it."""
        rows = [row for row in cls.objects.filter(person=person) if likeness(bundle.terms, row.terms) >= OVERLAP]
        cls.objects.filter(pk__in=[row.pk for row in rows]).delete()
        if lean != Lean.AS_IS:
            cls.objects.create(person=person, lean=Lean(lean), terms=bundle.terms, words=bundle.words)


class Distance(models.IntegerChoices):
    """How far from home one wants to meet people. The gate of relevance is the same for all five."""

    NEAREST = 1, pgettext_lazy("distance", "nearest")
    NEARER = 2, pgettext_lazy("distance", "nearer")
    BETWEEN = 3, pgettext_lazy("distance", "in between")
    FARTHER = 4, pgettext_lazy("distance", "farther")
    FARTHEST = 5, pgettext_lazy("distance", "farthest")

    @property
    def relevance_power(self) -> float:
        """The part of the score that relevance has; unexpectedness has the rest."""
        return {1: 0.85, 2: 0.78, 3: 0.7, 4: 0.55, 5: 0.4}[self.value]

    def seen(self, unexpectedness: float) -> float:
        """U as this distance sees it: 1 − |U − target|, the top of the inverted U. From the middle on it is U itself."""
        return 1 - abs(unexpectedness - {1: 0.35, 2: 0.6}.get(self.value, 1.0))


class Leaning(models.Model):
    """What a person chose: the dial, and own words beside what they have written."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    distance = models.SmallIntegerField(choices=Distance, default=Distance.BETWEEN)
    own_words = models.CharField(max_length=OWN_WORDS, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.distance}"

    @classmethod
    def of(cls, person: Person) -> "Leaning":
        return first(_leaning(person)) or cls(person=person)

    def step(self) -> Distance:
        return Distance(self.distance)


@prepared
def _leaning(person: Person) -> models.QuerySet[Leaning]:
    return Leaning.objects.filter(person=person)
