"""From what fits to what is offered: relevance first as a hard gate, then how unexpected it is, freshness, quality, exposure.

    S = rel^.7 · (.1 + U)^.3 · freshness · quality · exposure · lean          (matching.md, "Scores")

No reason, not offered. The constants are starting values; feedback refits them later.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

RELEVANCE_GATE = 0.45  # unexpected alone never passes
FRESH_HALF_LIFE = 365.0  # days; old experience keeps a floor, since it is the point
FRESH_FLOOR = 0.4
AT_LEAST_REASONS = 3  # two words in common are a coincidence of the wrong kind; a concept counts as two


@dataclass(frozen=True)
class Fit:
    """One entry that fits a person's writing: relevance 0..1, the words that made it so, and who is behind it."""

    entry_id: int
    author_id: int
    relevance: float
    reasons: tuple[str, ...]
    age_days: float
    answers: int = 0  # replies, thanks and reuses it got
    unit_id: int | None = None
    origin: int | None = None  # which of one's own interests, or own piece of writing, it fits
    features: tuple[float, float] | None = None  # what the relevance was made of
    named: frozenset[str] = frozenset()  # concepts among the reasons
    lean: float = 1.0  # more or less of that interest, as its person says; counts in the score, never at the gate


@dataclass(frozen=True)
class Offer:
    fit: Fit
    score: float
    unexpectedness: float = field(default=0.0)


def passes(relevance: float, reasons: Sequence[str], named: Collection[str] = ()) -> bool:
    """The hard gate: relevant enough, and with enough to say why. `named`: the concepts among the reasons."""
    return relevance >= RELEVANCE_GATE and len(reasons) + any(word in named for word in reasons) >= AT_LEAST_REASONS


def freshness(age_days: float) -> float:
    """1 for today's, falling by half a year's distance towards a floor."""
    return FRESH_FLOOR + (1 - FRESH_FLOOR) * 0.5 ** (max(age_days, 0.0) / FRESH_HALF_LIFE)


def quality(answers: int) -> float:
    """A little more for what others have found worth answering; never less than 1."""
    return 1.0 + 0.1 * math.log1p(answers)


def rank(
    fits: Sequence[Fit],
    *,
    unexpected: dict[int, float],
    exposure: dict[int, float],
    unwanted: set[str],
    relevance_power: float = 0.7,
) -> list[Offer]:
    """Offers, best first, each author once; those beneath the gate or without enough reasons are not offered."""
    offers: dict[int, Offer] = {}
    for fit in fits:
        reasons = tuple(word for word in fit.reasons if word.lower() not in unwanted)
        if not passes(fit.relevance, reasons, fit.named):
            continue
        u = unexpected.get(fit.author_id, 0.5)
        score = (
            fit.relevance**relevance_power
            * (0.1 + u) ** (1 - relevance_power)
            * freshness(fit.age_days)
            * quality(fit.answers)
            * exposure.get(fit.author_id, 1.0)
            * fit.lean
        )
        if fit.author_id not in offers or offers[fit.author_id].score < score:
            offers[fit.author_id] = Offer(fit=replace(fit, reasons=reasons), score=score, unexpectedness=u)
    return sorted(offers.values(), key=lambda offer: -offer.score)


def diverse(offers: Sequence[Offer], *, most: int) -> list[Offer]:
    """At most one a unit, and not twice for the same interest while there is other to choose."""
    chosen: list[Offer] = []
    for strict in (True, False):
        for offer in offers:
            units = {o.fit.unit_id for o in chosen if o.fit.unit_id is not None}
            origins = {o.fit.origin for o in chosen if o.fit.origin is not None}
            if len(chosen) == most or offer in chosen or offer.fit.unit_id in units:
                continue
            if strict and offer.fit.origin in origins:
                continue
            chosen.append(offer)
    return sorted(chosen, key=lambda offer: -offer.score)
