"""Slots: most show what ranks best; a few explore, and a few show the plain newest, so that the ranking can be measured.

Each slot is drawn by itself: with `holdout` it shows the newest from elsewhere, with `explore` something above the gate that
would not have been shown, each as likely as another; else what ranks best. How likely that was is logged with what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.db import models
from django.utils.translation import gettext_lazy as _

from traff.heart.matching.offering import Offer


class Arm(models.TextChoices):
    """Why something stood in its slot."""

    RANKED = "ranked", _("it fitted best")
    EXPLORED = "explored", _("it fitted, and was tried for once in place of a better fit")
    HELD_OUT = "held_out", _("it was the newest from elsewhere, to compare with")


@dataclass(frozen=True)
class Slot:
    """What one place shows. Of the newest there is no fit: nobody was asked whether it suits."""

    entry_id: int
    author_id: int
    score: float  # its place: that of what would have stood there
    reasons: list[str]
    arm: str = Arm.RANKED
    propensity: float = 1.0
    features: tuple[float, float] | None = None  # what its relevance was made of; none where nobody asked


def drawn(
    best: Sequence[Offer],
    rest: Sequence[Offer],
    newest: Sequence[tuple[int, int]],
    *,
    holdout: float,
    explore: float,
    chance: Random,
) -> list[Slot]:
    """A slot for each of the best. `rest`: what passed the gate and would not be shown; `newest`: (entry, author), newest first.

    No author stands twice. The propensity is that of what is shown, given what stands in the slots above it.
    """
    slots: list[Slot] = []
    for offer in best:
        taken = {slot.author_id for slot in slots} | {other.fit.author_id for other in best}
        free = next(((entry, author) for entry, author in newest if author not in taken), None)
        others = [other for other in rest if other.fit.author_id not in taken]
        held, tried, roll = holdout if free else 0.0, explore if others else 0.0, chance.random()
        pick = int(chance.random() * len(others))  # as many draws whatever is found: the next slot's lot stays
        if free and roll < held:
            slots.append(Slot(*free, offer.score, [], Arm.HELD_OUT, held))
        elif roll < held + tried:
            slots.append(_of(others[pick], offer.score, Arm.EXPLORED, tried / len(others)))
        else:
            slots.append(_of(offer, offer.score, Arm.RANKED, 1 - held - tried))
    return slots


def _of(offer: Offer, score: float, arm: str, propensity: float) -> Slot:
    fit = offer.fit
    return Slot(fit.entry_id, fit.author_id, score, list(fit.reasons), arm, propensity, fit.features)
