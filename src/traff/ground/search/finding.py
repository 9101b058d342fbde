"""What answers a search: whole threads by their words, then by their letters, which meets what stems and compounds miss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from traff.ground.core.grams import grams, likeness
from traff.ground.search.asking import Postings, Question
from traff.ground.search.documents import Ranked, Recipe, grams_of, threads
from traff.ground.search.ranking import standard
from traff.ground.search.reach import Reach

CANDIDATES = 300
AS_DOCUMENT = Recipe(k1=1.2, b=0.75, cap=31)
GRAMS = 1.5  # weight of the 4-grams beside the words, both as z-scores


@dataclass(frozen=True)
class Found:
    """Threads that answer, best first: roots' ids and scores. `ranked` knows the terms of each."""

    ids: list[int]
    scores: list[float]
    ranked: Ranked


def answering(text: str, asked: Question, rows: Postings, reach: Reach) -> Found:
    """At most CANDIDATES of the threads that these rows are of."""
    ranked = threads(asked, rows, reach, AS_DOCUMENT, keep=CANDIDATES, evidence=False)
    if not len(ranked.ids):
        return Found([], [], ranked)
    values = standard(ranked.scores) + GRAMS * standard(likeness(grams("", text), grams_of(ranked.ids)))
    order = np.lexsort((-ranked.ids, -values))
    return Found(ranked.ids[order].tolist(), values[order].tolist(), ranked)


def best_messages(roots: Sequence[int], rows: Postings, asked: Question) -> dict[int, int]:
    """Of each of these threads the message whose own text holds most of what was asked."""
    mine = np.isin(rows.thread, np.array(roots, np.int32)) & (rows.weighted_tf(0.0, 1) > 0)
    entries, place = np.unique(rows.entry[mine], return_inverse=True)
    sums = np.bincount(place, asked.weights[rows.term[mine]], len(entries)) if len(entries) else np.zeros(0)
    owner = dict(zip(rows.entry[mine].tolist(), rows.thread[mine].tolist(), strict=True))
    chosen: dict[int, int] = {}
    for number in np.lexsort((entries, -sums)).tolist():
        chosen.setdefault(owner[int(entries[number])], int(entries[number]))
    return chosen
