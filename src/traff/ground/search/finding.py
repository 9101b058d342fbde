"""What answers a search: whole threads by their words, then by their letters, which meets what stems and compounds miss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.grams import grams, likeness
from traff.ground.search.asking import Postings, Question
from traff.ground.search.documents import Ranked, Recipe, grams_of, threads
from traff.ground.search.models import Entry
from traff.ground.search.ranking import best, standard
from traff.ground.search.reach import Reach

CANDIDATES = 300
FILTERED = 5000  # candidates among which a filter chooses
AS_DOCUMENT = Recipe(k1=1.2, b=0.75, cap=31)
GRAMS = 1.5  # weight of the 4-grams beside the words, both as z-scores


@dataclass(frozen=True)
class Found:
    """Threads that answer, best first: roots' ids and scores. `ranked` knows the terms of each."""

    ids: list[int]
    scores: list[float]
    ranked: Ranked


def answering(
    person: Any, text: str, asked: Question, rows: Postings, reach: Reach, *, among: NDArray[np.int32] | None = None
) -> Found:
    """At most CANDIDATES threads that the person may read; `among` these roots alone (sorted), if a filter chose."""
    if among is not None:
        rows = rows.only(np.isin(rows.thread, among))
    ranked = threads(asked, rows, reach, AS_DOCUMENT, keep=CANDIDATES if among is None else FILTERED, evidence=False)
    readable = Entry.objects.visible_to(person).filter(pk__any=ranked.ids.tolist()).values_list("pk", flat=True)
    places = np.flatnonzero(np.isin(ranked.ids, list(readable)))
    if not len(places):
        return Found([], [], ranked)
    places = places[best(ranked.scores[places], ranked.ids[places], CANDIDATES)]
    ids = ranked.ids[places]
    values = standard(ranked.scores[places]) + GRAMS * standard(likeness(grams("", text), grams_of(ids)))
    order = np.lexsort((-ids, -values))
    return Found(ids[order].tolist(), values[order].tolist(), ranked)


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
