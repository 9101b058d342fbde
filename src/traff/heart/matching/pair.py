"""How a new piece of writing fits one that stood before, judged by the two of them alone.

A ranking says how well something fits among everything its reader may open; that takes a tenth of a second. When something is
published, a dozen people's pieces are judged against it at once, so each is judged by its pair: which of the older one's terms
stand in the new one (`Related.coverage`), and how alike their letters are. The score is what a ranking gives such a pair on the
average: 2.8 + 3.7 · cosine of the 4-grams (800 pairs of real writing; of 300 that share three words a ranking lets 289 through).
Nothing else that anybody wrote moves it.
"""

from collections.abc import Iterable

import numpy as np
from django.db import connection

from traff.ground.core.grams import grams, likeness
from traff.ground.search.analysis import TITLE
from traff.ground.search.asking import Question, question
from traff.ground.search.models import Entry
from traff.ground.search.ranking import Bm25
from traff.heart.matching.reasons import evidence_of, named_in, words_of
from traff.heart.matching.similar import AS_THREAD, UNASKED, Related

USUAL, LIKENESS = 2.8, 3.7
Times = dict[int, int]  # term's id → how often it stands in an entry, as `analysis` writes it


def fitting(older: Entry, new: Entry, times: Times, *, is_asked: bool = False) -> Related | None:
    """How the new entry fits the older; None when nothing is common. `times`: of the new entry's terms (`times_of`).

    `is_asked`: somebody waits for these very words, so that plain ones are a reason too.
    """
    asked = question(older.title, older.text, language=older.language, keep=UNASKED.terms)
    parts = _parts(asked, new, times)
    if not parts:
        return None
    covered = sum(asked.telling[number] for number in parts) / asked.about
    alike = float(likeness(grams(older.title, older.text), [bytes(new.grams)])[0])
    reasons, evidence = words_of(asked, parts, is_asked=is_asked), evidence_of(new, None, asked)
    return Related(new, USUAL + LIKENESS * alike, float(covered), reasons, evidence, named_in(asked, reasons))


def times_of(entry: Entry) -> Times:
    """The terms of one entry, from its forward array."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms, tfs FROM search_entryterms WHERE entry_id = %s", [entry.pk])
        rows: Iterable[tuple[list[int], list[int]]] = cursor.fetchall()
    return {term: tf for terms, tfs in rows for term, tf in zip(terms, tfs, strict=True)}


def _parts(asked: Question, new: Entry, times: Times) -> dict[int, float]:
    """What each of the asked terms adds to BM25 of the new entry, by its place in the question."""
    bm25 = Bm25(AS_THREAD.k1, AS_THREAD.b, asked.corpus.thread_length)
    parts = {}
    for number, term in enumerate(asked.terms):
        if tf := times.get(term.id, 0):
            counted = np.array(min(tf % TITLE, AS_THREAD.cap) + AS_THREAD.title_weight * (tf >= TITLE))
            parts[number] = float(asked.weights[number] * bm25.saturated(counted, new.length))
    return parts
