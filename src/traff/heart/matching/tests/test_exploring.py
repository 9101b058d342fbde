"""Slots: most show the best, some explore, some hold out; and the shares come out as they were set."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from traff.heart.matching.exploring import Arm, Slot, drawn
from traff.heart.matching.offering import Fit, Offer

HOLDOUT, EXPLORE, DRAWS = 0.05, 0.07, 20_000


def offer(number: int, score: float = 0.8) -> Offer:
    return Offer(Fit(number, 100 + number, 0.9, ("ice", "lake", "wave"), 3.0), score)


BEST, REST = [offer(1, 0.9), offer(2, 0.8), offer(3, 0.7)], [offer(4, 0.6), offer(5, 0.5)]
NEWEST = [(50, 150), (51, 151), (52, 152)]


def seeded(number: int) -> Random:
    return Random(number)  # noqa: S311 (the same draws each time is the point)


def slots(chance: Random, **changed: Any) -> list[Slot]:
    given: dict[str, Any] = {"best": BEST, "rest": REST, "newest": NEWEST, **changed}
    return drawn(given["best"], given["rest"], given["newest"], holdout=HOLDOUT, explore=EXPLORE, chance=chance)


def test_the_shares_come_out_and_the_propensities_are_theirs() -> None:
    """Each slot by itself: 5 % hold out, 7 % explore (each of the two alike), the rest show what fits best."""
    chance, arms, first = seeded(20261126), Counter[str](), Counter[int]()
    for _ in range(DRAWS):
        found = slots(chance)
        arms.update(slot.arm for slot in found)
        first.update([found[0].entry_id])
        assert len({slot.author_id for slot in found}) == len(found) == 3, "no author twice"
    total = 3 * DRAWS
    assert arms[Arm.HELD_OUT] / total == pytest.approx(HOLDOUT, abs=0.004)
    assert arms[Arm.EXPLORED] / total == pytest.approx(EXPLORE, abs=0.004)
    assert first[50] / DRAWS == pytest.approx(HOLDOUT, abs=0.006), "the plain newest"
    assert first[1] / DRAWS == pytest.approx(1 - HOLDOUT - EXPLORE, abs=0.008)
    assert first[4] / DRAWS == pytest.approx(EXPLORE / 2, abs=0.005) and first[5] / DRAWS == pytest.approx(EXPLORE / 2, abs=0.005)
    seen = {slot.entry_id: slot.propensity for _ in range(400) for slot in slots(chance)[:1]}
    expected = {1: 1 - HOLDOUT - EXPLORE, 4: EXPLORE / 2, 5: EXPLORE / 2, 50: HOLDOUT}
    assert seen == pytest.approx(expected), "what is logged is how likely it was"


def test_what_was_drawn_keeps_the_place_it_took_and_the_newest_has_no_reason_of_words() -> None:
    chance = seeded(1)
    held = next(slot for _ in range(500) for slot in slots(chance) if slot.arm == Arm.HELD_OUT)
    assert held.reasons == [] and held.score in {0.9, 0.8, 0.7} and held.propensity == HOLDOUT


def test_where_there_is_nothing_to_try_the_best_is_certain() -> None:
    chance = seeded(2)
    for _ in range(300):
        assert [slot.entry_id for slot in slots(chance, rest=[], newest=[])] == [1, 2, 3]
    assert {slot.propensity for slot in slots(chance, rest=[], newest=[])} == {1.0}
    assert slots(chance, best=[]) == [], "a slot is never made for the sake of comparing"
