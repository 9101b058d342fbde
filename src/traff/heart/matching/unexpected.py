"""How unexpected a meeting between two people would be: moderately far is best, farthest is not.

    U(u, v) = .35·g(hops) + .25·(1 − depth(common unit) / max depth) + .15·[other place]
            + .25·(1 − share of u's near ones who know v)
    g(1) = 0, g(2) = .6, g(3) = 1, g(≥4) = .85

The inverted U of weak ties: Rajkumar et al., Science 377 (2022). An unknown unit or place counts as neither same nor other:
its term is the middle. U lies in 0..1.
"""

from dataclasses import dataclass

HOPS = {0: 0.0, 1: 0.0, 2: 0.6, 3: 1.0}
FARTHER = 0.85


@dataclass(frozen=True)
class Standing:
    """Where somebody stands, as the organisation knows it; None where it does not."""

    unit_path: tuple[int, ...] | None = None  # ids from the root to the unit itself
    place_id: int | None = None


def unit_distance(one: Standing, other: Standing) -> float:
    """1 − depth of the deepest common unit / depth of the deeper of the two; 0 = same unit, 1 = nothing in common."""
    if not one.unit_path or not other.unit_path:
        return 0.5
    common = sum(1 for a, b in zip(one.unit_path, other.unit_path, strict=False) if a == b)
    return 1 - common / max(len(one.unit_path), len(other.unit_path))


def other_place(one: Standing, other: Standing) -> float:
    """1 elsewhere, 0 here, the middle when unknown."""
    if one.place_id is None or other.place_id is None:
        return 0.5
    return float(one.place_id != other.place_id)


def unexpectedness(one: Standing, other: Standing, *, hops: int, shared_contacts: float) -> float:
    """U of the two. `hops` in ties, 4 = four or more; `shared_contacts`: share of one's near ones who know the other."""
    return (
        0.35 * HOPS.get(hops, FARTHER)
        + 0.25 * unit_distance(one, other)
        + 0.15 * other_place(one, other)
        + 0.25 * (1 - shared_contacts)
    )
