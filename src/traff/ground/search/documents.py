"""Threads and messages that answer a question best, as far as the asker's eyes reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from traff.ground.core.lookups import Ids
from traff.ground.search.asking import Postings, Question
from traff.ground.search.binary import copy_out
from traff.ground.search.ranking import Bm25, Floats, Table, best
from traff.ground.search.reach import Reach

POOL = 1500  # documents whose length is asked for: of these are nearly always the 300 best


@dataclass(frozen=True)
class Recipe:
    """How a document is read: BM25's constants, what a title is worth, how often a word counts in one message."""

    k1: float
    b: float
    title_weight: float = 3.0
    cap: int = 3


@dataclass(frozen=True)
class Ranked:
    """Documents by their entry's id (a thread by its root's), with scores; in no order."""

    question: Question
    ids: NDArray[np.int32]
    scores: Floats
    lengths: Floats
    table: Table
    bm25: Bm25

    @property
    def shares(self) -> Floats:
        """Scores as parts of the best one, 0..1."""
        top = float(self.scores.max()) if len(self.scores) else 0.0
        out: Floats = self.scores / top if top > 0 else np.zeros(len(self.scores))
        return out

    @property
    def covered(self) -> Floats:
        """The part of the question's weight that stands in each, however often, 0..1."""
        weights = self.question.weights
        met = np.bincount(self.table.document, weights[self.table.term], len(self.ids))
        out: Floats = met / max(float(weights.sum()), 1e-9)
        return out

    def terms_of(self, place: int) -> list[tuple[int, float]]:
        """The terms of one document's score (places in the question), largest first."""
        return self.table.contributions(place, self.question.weights, self.bm25, float(self.lengths[place]))


def threads(
    asked: Question, rows: Postings, reach: Reach, recipe: Recipe, *, keep: int, evidence: bool, without: int = 0
) -> Ranked:
    """The best threads, each one document; `evidence`: of those alone that may be shown as such; `without` a thread."""
    kept = rows.thread != without
    tf = rows.weighted_tf(recipe.title_weight, recipe.cap)[kept]
    table = Table.of(rows.thread[kept], rows.term[kept], tf, len(asked.terms))
    bm25 = Bm25(recipe.k1, recipe.b, asked.corpus.thread_length)
    condition = f"thread_id = ANY(%(ids)s::int[]) AND {reach.clause} GROUP BY thread_id" + (
        " HAVING bool_and(is_evidence)" if evidence else ""
    )
    return _two_passes(asked, table, bm25, reach, "thread_id", "sum(length)::int4", condition, keep)


def messages(
    asked: Question, rows: Postings, reach: Reach, recipe: Recipe, *, keep: int, evidence: bool, without: int = 0
) -> Ranked:
    """The best single messages."""
    kept = rows.thread != without
    tf = rows.weighted_tf(recipe.title_weight, recipe.cap)[kept]
    table = Table.of(rows.entry[kept], rows.term[kept], tf, len(asked.terms))
    bm25 = Bm25(recipe.k1, recipe.b, asked.corpus.entry_length)
    condition = f"id = ANY(%(ids)s::int[]) AND {reach.clause}" + (" AND is_evidence" if evidence else "")
    return _two_passes(asked, table, bm25, reach, "id", "length", condition, keep)


def _two_passes(
    asked: Question, table: Table, bm25: Bm25, reach: Reach, key: str, length: str, condition: str, keep: int
) -> Ranked:
    """Lengths are asked for the best of a first pass that takes all documents as equally long."""
    weights = asked.weights
    table = table.only(best(table.scores(weights, bm25), table.ids, POOL))
    query = f"SELECT {key}, {length} FROM search_entry WHERE {condition}"  # noqa: S608
    ids, lengths = copy_out(query, {"ids": Ids(table.ids.tolist()), **reach.parameters}, "i4 i4")
    order = np.argsort(ids)
    ids, lengths = ids[order], lengths[order].astype(float)
    table = table.only(np.flatnonzero(np.isin(table.ids, ids)))
    lengths = lengths[np.searchsorted(ids, table.ids)] if len(ids) else np.zeros(0)
    scores = table.scores(weights, bm25, lengths)
    chosen = best(scores, table.ids, keep)
    return Ranked(asked, table.ids[chosen], scores[chosen], lengths[chosen], table.only(chosen), bm25)


@dataclass(frozen=True)
class Presence:
    """Who took part in which thread, and when first: one row a person and thread."""

    thread: NDArray[np.int32]
    person: NDArray[np.int32]
    at: NDArray[np.int32]


def participants(threads: NDArray[np.int32], reach: Reach) -> Presence:
    query = (
        f"SELECT thread_id, person_id, min(at) FROM search_authored WHERE thread_id = ANY(%(ids)s::int[]) AND {reach.clause} "  # noqa: S608
        "GROUP BY thread_id, person_id ORDER BY thread_id, person_id"
    )
    return Presence(*copy_out(query, {"ids": Ids(threads.tolist()), **reach.parameters}, "i4 i4 i4"))


def authors(entries: NDArray[np.int32], reach: Reach) -> Presence:
    """As `participants`, of single entries: `thread` is the entry."""
    query = (
        f"SELECT entry_id, person_id, at FROM search_authored WHERE entry_id = ANY(%(ids)s::int[]) AND {reach.clause} "  # noqa: S608
        "ORDER BY entry_id, person_id"
    )
    return Presence(*copy_out(query, {"ids": Ids(entries.tolist()), **reach.parameters}, "i4 i4 i4"))


def profiles(reach: Reach) -> NDArray[np.int32]:
    """The entries of everybody's profile that may be seen."""
    [ids] = copy_out(f"SELECT id FROM search_entry WHERE kind = 'person' AND {reach.clause}", reach.parameters, "i4")  # noqa: S608
    return cast(NDArray[np.int32], ids)


def answered(people: NDArray[np.int32], reach: Reach) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Person, audience and time of every thread of others that these people answered."""
    query = (
        "SELECT person_id, audience_id, at FROM search_authored "  # noqa: S608
        f"WHERE answers AND person_id = ANY(%(ids)s::int[]) AND {reach.clause} ORDER BY person_id, at, entry_id"
    )
    person, audience, at = copy_out(query, {"ids": Ids(people.tolist()), **reach.parameters}, "i4 i4 i4")
    return person, audience, at


def grams_of(entries: NDArray[np.int32]) -> list[bytes]:
    """The 4-gram vectors of these entries, in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, grams FROM search_entry WHERE id = ANY(%s)", [Ids(entries.tolist())])
        found = {pk: bytes(grams) for pk, grams in cursor.fetchall()}
    return [found.get(pk, b"") for pk in entries.tolist()]


def places_of(ids: Sequence[int], ranked: Ranked) -> dict[int, int]:
    """Where these documents stand in a ranking."""
    number = {pk: place for place, pk in enumerate(ranked.ids.tolist())}
    return {pk: number[pk] for pk in ids if pk in number}
