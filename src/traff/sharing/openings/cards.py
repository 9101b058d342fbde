"""Openings as lists show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from traff.community.people.faces import Face, faces_of
from traff.sharing.openings.models import Opening
from traff.sharing.openings.reach import Reached
from traff.sharing.openings.wording import extent_in_words, where_in_words


@dataclass(frozen=True)
class Card:
    """The names are those of `openings/parts/card.html`."""

    opening: Opening
    extent: str
    where: str
    faces: list[Face]
    reasons: list[str] = field(default_factory=list)
    waiting: int = 0  # questions, shown to the owner alone


def cards(openings: Iterable[Any], *, shows_owner: bool = True, waiting: Mapping[int, int] | None = None) -> list[Card]:
    """Of openings loaded `with_beside()`, or of what reached somebody. A box in a margin shows no owner.

    `waiting` says by id how many questions wait for the owner who reads.
    """
    reached = [one if isinstance(one, Reached) else Reached(one, []) for one in openings]
    faces = faces_of(one.opening.owner for one in reached if one.opening.owner and shows_owner)
    return [
        Card(
            opening=one.opening,
            extent=extent_in_words(one.opening),
            where=where_in_words(one.opening),
            faces=[faces[one.opening.owner_id]] if one.opening.owner_id in faces else [],
            reasons=one.reasons,
            waiting=(waiting or {}).get(one.opening.pk, 0),
        )
        for one in reached
    ]
