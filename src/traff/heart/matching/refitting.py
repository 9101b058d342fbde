"""Weights are refitted by night and switched on only if they beat those in use on the organisation's own held-back feedback.

Nothing is fitted from few: 200 judged slots in all, and 25 different people both in what is fitted and in what is held back, so
that nobody's answers can be read from the weights or their figures.

Whoever tries at every few answers finds luck in the end: in 27 of 60 simulated organisations whose weights were right already,
within 1,300 answers. So by night a try waits for as many new answers as the last one had in all, and the interval of the k-th
try since the weights in use came is one of 1 − .05/k².
"""

from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import Max

from traff.heart.matching.judged import Judged, judged
from traff.heart.matching.learning import Learnt, learn, split
from traff.heart.matching.weights import SHIPPED, Weights

SLOTS = 200  # judged, in all
PEOPLE = 25  # different ones, in each part
RISK = 0.05  # of the interval of a first try


class Tried(NamedTuple):
    """What came of it, in words; no weights where nothing was fitted."""

    words: str
    weights: Weights | None = None


def refit_when_due() -> Tried | None:
    """By night: when as many slots were judged since the last try, or since somebody went back, as the last one had in all."""
    last, slots = Weights.objects.last(), judged()
    if last is None:
        return refit(slots)
    back = Weights.objects.aggregate(at=Max("taken_back_at"))["at"]
    return refit(slots) if _judged_since(slots, max(back or last.made_at, last.made_at)) >= last.slots else None


@transaction.atomic
def refit(slots: Judged | None = None) -> Tried:
    """Fit, compare, keep with its figures, and switch on if it is better."""
    slots, using = judged() if slots is None else slots, Weights.now()
    if refused := _too_little(slots):
        return Tried(f"Nothing was fitted: {refused}")
    tries = 1 + Weights.objects.filter(version__gt=using.version if using else 0).count()
    confidence = 1 - RISK / tries**2
    learnt = learn(slots, using.values if using else SHIPPED, confidence)
    if learnt is None:
        return Tried("Nothing was fitted: neither score nor coverage tells what people here find useful.")
    kept = _kept(slots, learnt, confidence)
    if learnt.low > 0:
        kept.switch_on()
        return Tried(f"Version {kept.version} is in use. {_figures(kept)}", kept)
    return Tried(f"Version {kept.version} was not switched on: the interval is not above 0. {_figures(kept)}", kept)


def _too_little(slots: Judged) -> str:
    """Why nothing can be fitted, or nothing to say."""
    last = Weights.objects.last()
    if last and not _judged_since(slots, last.made_at):
        return f"nothing has been shown and judged since version {last.version} was tried."
    if len(slots) < SLOTS:
        return f"{len(slots)} slots are judged, and {SLOTS} are needed."
    older, newest = split(slots)
    if min(older.people, newest.people) < PEOPLE:
        return (
            f"{older.people} different people judged the older part and {newest.people} the newest, "
            f"and {PEOPLE} are needed in each."
        )
    if older.useful.min() == older.useful.max():
        return "everything was judged alike."
    return ""


def _kept(slots: Judged, learnt: Learnt, confidence: float) -> Weights:
    figures = {"gain": learnt.gain, "gain_low": learnt.low, "gain_high": learnt.high, "confidence": confidence}
    numbers = {"slots": len(slots), "held_back": len(split(slots)[1]), "people": slots.people}
    return Weights.objects.create(**learnt.values._asdict(), **numbers, **figures)


def _figures(kept: Weights) -> str:
    return (
        f"Gain in log-likelihood a held-back slot: {kept.gain:.4f}, "
        f"{kept.confidence:.1%} {kept.gain_low:.4f} to {kept.gain_high:.4f} "
        f"({kept.slots} judged slots of {kept.people} people, {kept.held_back} of them held back)."
    )


def _judged_since(slots: Judged, since: datetime) -> int:
    return int(np.count_nonzero(slots.at > since.timestamp()))
