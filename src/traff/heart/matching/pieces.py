"""What speaks for somebody: pieces of writing, each with its share of the score and the terms that made it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

PIECES = 3  # shown of each person


@dataclass(frozen=True)
class Piece:
    thread: int  # its root's entry
    entry: int  # the message that speaks
    vote: float
    terms: list[tuple[int, float]]  # places in the question, with their weights
    deed: str | Promise = ""  # what the person did there, in words


@dataclass(frozen=True)
class Ranking:
    """People with their scores, best first, and what speaks for those of them that are to be shown."""

    order: list[tuple[int, float]]
    pieces_of: Callable[[list[int]], dict[int, list[Piece]]]
