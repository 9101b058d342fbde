"""The scores of matching, as pure functions over arrays. What they rest on and how they were found: docs/matching.md.

    who      S = a·ln(V_threads + .01) + b·ln(V_messages + .02) + c·ln(share + .01) + d·ln(A30 + .1) + e·ln(A180 + 1)
    similar  R = w·z(BM25) + c·z(coverage) + a·z(4-grams) − r·ln(1 + weeks) + s·[same circle]

V: a person's evidence, decayed by age; A_h: threads of others the person answered, with half-life h days; share: the part of
A180 within the circle in which somebody asks. The first three are those likeliest to answer; from the fourth on the weights are
others: what somebody knows rather than how often they are there. Whoever answers much is found anyway, and the tail is where
strangers are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DAY = 86_400  # seconds


@dataclass(frozen=True)
class WhoWeights:
    threads: float
    messages: float
    share: float
    recent: float
    steady: float


@dataclass(frozen=True)
class Activity:
    """Of each candidate: threads of others answered, recently (30 days) and steadily (180), and its share in one circle."""

    recent: Floats
    steady: Floats
    share: Floats


HEAD = 3  # ranks
FIRST = WhoWeights(threads=1.2, messages=0.4, share=1.0, recent=0.8, steady=-0.4)  # of the head
NEXT = WhoWeights(threads=2.0, messages=0.0, share=1.4, recent=0.4, steady=-0.9)  # of the ranks below it
HALF_LIFE = 180.0  # days in which a piece of evidence loses half its weight
RECENT = 30.0


def faded(age: NDArray[Any], half_life: float = HALF_LIFE) -> Floats:
    """1 now, one half after so many days; `age` in seconds. What lies ahead counts as now."""
    out: Floats = 0.5 ** (np.maximum(age, 0) / (DAY * half_life))
    return out


def activity(places: NDArray[np.int64], age: NDArray[np.int64], inside: NDArray[np.bool_], count: int) -> Activity:
    """From one row an answered thread: the candidate's place, its age in seconds, whether it lies in the asker's circle."""
    steady_part = faded(age)
    steady: Floats = np.bincount(places, steady_part, count).astype(float)
    within = np.bincount(places[inside], steady_part[inside], count)
    recent: Floats = np.bincount(places, faded(age, RECENT), count).astype(float)
    return Activity(recent, steady, within / np.maximum(steady, 1e-9))


def who(v_threads: Floats, v_messages: Floats, act: Activity, weights: WhoWeights) -> Floats:
    """S of every candidate."""
    out: Floats = (
        weights.threads * np.log(v_threads + 0.01)
        + weights.messages * np.log(v_messages + 0.02)
        + weights.share * np.log(act.share + 0.01)
        + weights.recent * np.log(act.recent + 0.1)
        + weights.steady * np.log(act.steady + 1)
    )
    return out


def in_order(first: Floats, following: Floats) -> NDArray[np.int64]:
    """Places of the candidates, best first: the head by one score, who is left by the other; equals in their given order."""
    order = np.argsort(-first, kind="stable")
    rest = np.sort(order[HEAD:])
    return np.concatenate([order[:HEAD], rest[np.argsort(-following[rest], kind="stable")]])


@dataclass(frozen=True)
class SimilarWeights:
    words: float = 0.8
    coverage: float = 0.24  # many of the words once rather than one of them often
    grams: float = 0.56
    recency: float = 0.32  # a larger one wins the headline by losing old experience
    circle: float = 0.32


SIMILAR = SimilarWeights()


def similar(
    bm25: Floats, coverage: Floats, grams: Floats, age: Floats, same_circle: Floats, weights: SimilarWeights = SIMILAR
) -> Floats:
    """R of every thread; `bm25`, `coverage` and `grams` as z-scores, `age` in seconds since it was begun."""
    weeks = np.maximum(age, 0) / (7 * DAY)
    met = weights.words * bm25 + weights.coverage * coverage + weights.grams * grams
    out: Floats = met - weights.recency * np.log1p(weeks) + weights.circle * same_circle
    return out
