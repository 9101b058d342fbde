"""BM25 over postings in numpy: messages, and whole threads as one document. Pure.

Robertson & Zaragoza, "The Probabilistic Relevance Framework" (2009): Σ w · idf · tf / (tf + k1 · (1 − b + b · length / mean)).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bm25:
    k1: float
    b: float
    mean: float  # length

    def saturated(self, tf: Floats, length: Floats | float) -> Floats:
        out: Floats = tf / (tf + self.k1 * (1 - self.b + self.b * length / self.mean))
        return out


@dataclass(frozen=True)
class Table:
    """tf of each (document, term) that occurs: `document` counts into `ids`, sorted by document."""

    ids: NDArray[np.int32]
    document: NDArray[np.int64]
    term: NDArray[np.int64]
    tf: Floats

    @classmethod
    def of(cls, ids: NDArray[np.int32], terms: NDArray[np.int32], tf: Floats, n_terms: int) -> "Table":
        """Sum rows of one document and term, e.g. the messages of a thread."""
        keys, place = np.unique(ids.astype(np.int64) * n_terms + terms, return_inverse=True)
        documents, document = np.unique(keys // max(n_terms, 1), return_inverse=True)
        return cls(documents.astype(np.int32), document, keys % max(n_terms, 1), np.bincount(place, tf, len(keys)).astype(float))

    def scores(self, weights: Floats, bm25: Bm25, lengths: Floats | None = None) -> Floats:
        """The score of every document; without lengths all count as of mean length."""
        length = bm25.mean if lengths is None else lengths[self.document]
        return np.bincount(self.document, weights[self.term] * bm25.saturated(self.tf, length), len(self.ids)).astype(float)

    def only(self, chosen: NDArray[np.int64]) -> "Table":
        """Of the documents at these places (sorted) alone."""
        number = np.full(len(self.ids), -1, np.int64)
        number[chosen] = np.arange(len(chosen))
        kept = number[self.document] >= 0
        return Table(self.ids[chosen], number[self.document[kept]], self.term[kept], self.tf[kept])

    def contributions(self, place: int, weights: Floats, bm25: Bm25, length: float) -> list[tuple[int, float]]:
        """The terms of one document's score, largest first."""
        rows = np.flatnonzero(self.document == place)
        parts = weights[self.term[rows]] * bm25.saturated(self.tf[rows], length)
        order = np.lexsort((self.term[rows], -parts))
        return [(int(self.term[rows[i]]), float(parts[i])) for i in order]


def best(scores: Floats, ids: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Places of the best, sorted by place; among equals the lower id."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.sort(np.lexsort((ids, -scores))[:count])


def standard(values: Floats) -> Floats:
    """z-scores; zeros where nothing varies."""
    spread = float(values.std()) if len(values) else 0.0
    out: Floats = (values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values))
    return out
