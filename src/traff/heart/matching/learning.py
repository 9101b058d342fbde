"""Weights from judged slots: logistic regression weighted by 1 / propensity, and what it gains on slots it has not seen.

What is learnt is the balance of score and coverage. How many find what is shown useful (the base rate) and how surely (the
spread) are fitted for the old weights too before the two are compared, and are then put back to what they were: the gate of .45
is an absolute place on this scale, and people who seldom press a button are not to close it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from traff.heart.matching.judged import Judged
from traff.heart.matching.weights import Values

Floats = NDArray[np.float64]
OLDER = 0.7  # fits; the newest rest is held back
SHRINKAGE = 5.0  # of the slopes towards those in use, in judgements
LOOSE = 1e-3  # so that the rest has a solution at all
SAMPLES = 4000
STEPS, ENOUGH = 50, 1e-8


@dataclass(frozen=True)
class Learnt:
    values: Values
    gain: float  # held-back log-likelihood a slot, beside the weights in use
    low: float
    high: float


def split(slots: Judged) -> tuple[Judged, Judged]:
    """In time: the older to fit, the newest held back."""
    at = int(OLDER * len(slots))
    return slots[slice(0, at)], slots[slice(at, None)]


def learn(slots: Judged, used: Values, confidence: float = 0.95) -> Learnt | None:
    """The best balance of the older slots, compared on the newest; none where no balance of the two explains the answers."""
    older, newest = split(slots)
    slopes = _slopes(older, np.array([used.score, used.coverage]))
    if slopes is None:
        return None
    new, old = slots.features @ slopes, slots.features @ np.array([used.score, used.coverage])
    held = slice(len(older), None)
    told = _likelihood(newest, new[held], _calibrated(older, new[: len(older)]))
    told -= _likelihood(newest, old[held], _calibrated(older, old[: len(older)]))
    scale = _spread(old, slots.weight) / _spread(new, slots.weight)
    bias = used.bias + _mean(old, slots.weight) - scale * _mean(new, slots.weight)
    values = Values(float(bias), float(scale * slopes[0]), float(scale * slopes[1]))
    return Learnt(values, *_interval(newest, told, confidence))


def _slopes(older: Judged, used: Floats) -> Floats | None:
    """Newton steps from the weights in use, made as bold as these answers allow; never a slope below nought."""
    spread = np.array([_spread(column, older.weight) for column in older.features.T])
    if not spread.all():
        return None
    middle, boldness = _calibrated(older, older.features @ used)
    centre = np.concatenate([[middle + boldness * float(_mean(older.features, older.weight) @ used)], boldness * used * spread])
    standard = (older.features - _mean(older.features, older.weight)) / spread
    fitted = _logistic(standard, older, centre, np.array([LOOSE, SHRINKAGE, SHRINKAGE]))
    slopes: Floats = np.maximum(fitted[1:], 0) / spread
    return slopes if slopes.any() else None


def _calibrated(older: Judged, line: Floats) -> Floats:
    """Intercept and boldness (not below nought) with which a line of weights tells these answers best."""
    fitted = _logistic(line[:, None], older, np.zeros(2), np.array([LOOSE, LOOSE]))
    if fitted[1] < 0:
        fitted = np.append(_logistic(line[:, None][:, :0], older, np.zeros(1), np.array([LOOSE])), 0.0)
    return fitted


def _logistic(columns: Floats, slots: Judged, centre: Floats, ridge: Floats) -> Floats:
    """Σ w · log-likelihood − ½ Σ ridge · (b − centre)², by Newton steps, halved while they do not help. First an intercept."""
    design = np.column_stack([np.ones(len(slots)), columns])
    weight = slots.weight * (slots.weight.sum() / (slots.weight**2).sum())  # they sum to the effective number of slots

    def loss(at: Floats) -> float:
        line = design @ at
        return float(weight @ (np.logaddexp(0, line) - slots.useful * line) + 0.5 * ridge @ (at - centre) ** 2)

    at = centre.astype(float)
    for _step in range(STEPS):
        chance = _sigmoid(design @ at)
        slope = design.T @ (weight * (chance - slots.useful)) + ridge * (at - centre)
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        while np.abs(step).max() > ENOUGH and loss(at - step) > loss(at):
            step = step / 2
        at = at - step
        if np.abs(step).max() <= ENOUGH:
            break
    return at


def _likelihood(slots: Judged, line: Floats, calibration: Floats) -> Floats:
    """Of each slot."""
    told = calibration[0] + calibration[1] * line
    out: Floats = slots.useful * told - np.logaddexp(0, told)
    return out


def _interval(newest: Judged, gains: Floats, confidence: float) -> tuple[float, float, float]:
    """Self-normalised mean with its interval: paired bootstrap over people, since one person's answers hang together."""
    people, place = np.unique(newest.person, return_inverse=True)
    gained = np.bincount(place, newest.weight * gains, len(people))
    weight = np.bincount(place, newest.weight, len(people))
    generator = np.random.default_rng(2026)
    drawn = (generator.integers(len(people), size=len(people)) for _sample in range(SAMPLES))
    means = [float(gained[rows].sum() / weight[rows].sum()) for rows in drawn]
    tail = (1 - confidence) / 2
    return float(gained.sum() / weight.sum()), float(np.quantile(means, tail)), float(np.quantile(means, 1 - tail))


def _sigmoid(line: Floats) -> Floats:
    out: Floats = np.exp(-np.logaddexp(0, -line))
    return out


def _mean(values: Floats, weight: Floats) -> Floats:
    return np.asarray(np.average(values, axis=0, weights=weight), float)


def _spread(values: Floats, weight: Floats) -> float:
    return float(np.sqrt(np.average((values - _mean(values, weight)) ** 2, weights=weight)))
