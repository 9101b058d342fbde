"""An opening, what each keeps of it for oneself, questions without a name, and how openings ended."""

from traff.sharing.openings.models.asking import Ask, AskLine, TooMany
from traff.sharing.openings.models.opening import Extent, Opening, OpeningQuerySet
from traff.sharing.openings.models.outcome import Answer, Outcome
from traff.sharing.openings.models.own import PutAway, Saved
from traff.sharing.openings.models.wish import Wish

__all__ = [
    "Answer", "Ask", "AskLine", "Extent", "Opening", "OpeningQuerySet", "Outcome", "PutAway", "Saved", "TooMany", "Wish",
]  # fmt: skip
