"""What each keeps for oneself: saved, and put away. No Event, no time, no count, and no reader but its owner."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.sharing.openings.models.opening import Opening


class Own(Guarded):
    """A row that its person alone reads, whoever asks and in whatever capacity."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        if not getattr(person, "is_active", False) or getattr(person, "is_impersonated", False):
            return models.Q(**{f"{prefix}pk__in": []})
        return models.Q(**{f"{prefix}person": person.pk})


class Mark(Own):
    """One person, one opening; a second time changes nothing."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")

    class Meta(Own.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["person", "opening"], name="one_%(class)s_an_opening")]

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"  # names nobody: it may stand in a trace

    @classmethod
    def keep(cls, *, by: Person, opening: Opening) -> None:
        if not may(by, Right.READ, opening):
            raise PermissionDenied(_("You cannot read this."))
        cls.objects.bulk_create([cls(person=by, opening=opening)], ignore_conflicts=True)

    @classmethod
    def drop(cls, *, by: Person, opening: Opening) -> None:
        cls.objects.visible_to(by).filter(opening=opening).delete()

    @classmethod
    def stands(cls, *, by: Person, opening: Opening) -> bool:
        return bool(cls.objects.visible_to(by).filter(opening=opening).exists())


class Saved(Mark):
    """I want to find it again."""


class PutAway(Mark):
    """Not on my home page."""
