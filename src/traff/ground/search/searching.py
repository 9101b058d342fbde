"""Search: everything the asker may read, one hit a thread, best first, with the sentence that answers.

BM25 over whole threads gives the candidates; those alone are scored again: all words rather than some, the title, likeness of
characters, and a little freshness. Nothing the asker may not read moves anything here: statistics are of open content, the rest
is of the candidates themselves.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from traff.ground.accounts.models import Person
from traff.ground.core.icons import KINDS
from traff.ground.core.time import seconds
from traff.ground.search import findable, names
from traff.ground.search.asking import Postings, Question, postings
from traff.ground.search.coverage import Coverage, query_of
from traff.ground.search.facets import Facet, Filters, Narrowing, Traits
from traff.ground.search.finding import AS_DOCUMENT, Found, answering
from traff.ground.search.hits import Answers, Hit, hits_of, person_hit
from traff.ground.search.models import Entry
from traff.ground.search.phrases import Wording, threads_with
from traff.ground.search.ranking import Bm25, Floats, Table, best
from traff.ground.search.reach import Reach
from traff.ground.search.translated import NOTHING, translated

CANDIDATES = 300  # paged through at most
GLANCED = 600  # of the most: the best at a first glance, whose lengths are asked for
COUNTED, COUNTED_NARROWED = 1_000, 20_000  # hits whose traits are read: for the counts, and to filter by
ENOUGH = 10  # hits with all the words; with fewer, those with some of them follow
SIZE = 20  # hits of a page
PEOPLE = 4  # people on top whose name was typed
TITLE, FRESHNESS, ALL_WORDS = 1.0, 0.12, 1.0  # in standard deviations of the score; measured in docs/measurements.md
FEW, ALL_OF_FEW = 2, 10.0  # who types so few words means all of them
WEEK = 7 * 86_400


@dataclass(frozen=True)
class Results:
    """One page of an answer."""

    question: Question
    filters: Filters
    hits: list[Hit] = field(default_factory=list)
    people: list[Hit] = field(default_factory=list)  # whose name was typed; on the first page, and then not among the hits
    is_guess: bool = False  # nobody is called so: the people are called nearly so
    facets: list[Facet] = field(default_factory=list)
    total: int = 0  # hits, people of the top left out
    is_more: bool = False  # than the total says
    page: int = 1
    pages: int = 0
    size: int = SIZE
    is_met: bool = False  # some hit holds all the words


def search(
    person: Person,
    text: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    before: datetime | None = None,
    is_typing: bool = False,
    size: int = SIZE,
    counts: bool = True,
) -> Results:
    """What `person` may read of a text: words, stems, parts of compounds, "quoted phrases", names.

    `page` counts from 1. `before`: as on that day. `is_typing`: the last word is a beginning, and people
    by name are asked for elsewhere. `counts`: of what each further choice would leave.
    """
    said, filters, now = Wording.of(text), filters or Filters(), seconds(before or timezone.now())
    reach = Reach.of(person, before=seconds(before) if before else None)
    query = query_of(said, is_typing=is_typing)
    asked = query.asked
    if not asked.terms or reach.is_empty:
        return Results(asked, filters)
    rows = postings(asked, reach)
    if said.phrases:
        rows = _only(rows, threads_with(said.phrases, reach))
    top, is_guess = ([], False) if is_typing else _people(person, said, asked, filters)
    covered = Coverage.of(rows, asked, query.groups).without([entry.pk for entry in top])
    matched, is_more = _matched(covered, rows, asked, COUNTED_NARROWED if filters else COUNTED)
    whole = covered.threads[covered.is_whole]
    are_enough = len(whole) >= ENOUGH or is_typing or said.phrases
    theirs = NOTHING if are_enough else translated(person, said.text, asked, reach)
    matched = np.union1d(matched, theirs.ids).astype(np.int32)
    narrowing = Narrowing(_listed(Traits.of(matched, reach), person), filters, now)
    kept = narrowing.traits.only(narrowing.kept)
    answers = _only(rows, np.intersect1d(kept.ids, covered.threads))  # what was found translated may hold a part of a word
    found = answering(said.text, asked, _only(answers, _first_glance(answers, asked, GLANCED)), reach)
    own, scores = _in_order(found, covered, kept, now, ALL_OF_FEW if len(said.text.split()) <= FEW else ALL_WORDS)
    ids = theirs.only(kept.ids).among(own, int(np.isin(own, whole).sum()))
    pages = -(-len(ids) // size)
    page = max(1, min(page, pages))
    here = ids[(page - 1) * size : page * size]
    mine = Answers(found.ranked, rows, query.shown, dict(zip(own, scores, strict=True)))
    return Results(
        asked,
        narrowing.filters,
        hits=hits_of(person, here, [mine, *theirs.without(np.intersect1d(whole, own)).answers]),
        people=[person_hit(entry, query.shown) for entry in top] if page == 1 else [],
        is_guess=is_guess,
        facets=narrowing.facets() if counts else [],
        total=len(kept.ids),
        is_more=is_more,
        page=page,
        pages=pages,
        size=size,
        is_met=bool(np.isin(kept.ids, whole).any()),
    )


def _only(rows: Postings, threads_: NDArray[np.int32]) -> Postings:
    return rows.only(np.isin(rows.thread, threads_))


def _people(person: Person, said: Wording, asked: Question, filters: Filters) -> tuple[list[Entry], bool]:
    """People whose name was typed. Guessed at only when a word is hardly ever used, or every slip would bring people."""
    if said.phrases or filters.without("kind") or filters.kind not in {"", "person"}:
        return [], False
    rare = any(term.df < 3 and term.text == term.surface.lower() for term in asked.terms)
    named = names.called(person, said.text, size=PEOPLE, may_guess=rare)
    return named.entries, named.is_guess and bool(named.entries)


def _matched(covered: Coverage, rows: Postings, asked: Question, most: int) -> tuple[NDArray[np.int32], bool]:
    """Those with all the words; if these are few, with some too. The best `most` at a first glance; is that not all?"""
    ids = covered.threads[covered.is_whole]
    if len(ids) < ENOUGH:
        some = _first_glance(_only(rows, covered.threads[~covered.is_whole]), asked, CANDIDATES - len(ids))
        return np.union1d(ids, some).astype(np.int32), False
    return (_first_glance(_only(rows, ids), asked, most), True) if len(ids) > most else (ids, False)


def _first_glance(rows: Postings, asked: Question, most: int) -> NDArray[np.int32]:
    """Every thread taken as equally long."""
    table = Table.of(rows.thread, rows.term, rows.weighted_tf(AS_DOCUMENT.title_weight, AS_DOCUMENT.cap), len(asked.terms))
    scores = table.scores(asked.weights, Bm25(AS_DOCUMENT.k1, AS_DOCUMENT.b, asked.corpus.thread_length))
    return table.ids[best(scores, table.ids, most)]


def _listed(traits: Traits, person: Person) -> Traits:
    """Without people who are not to stand in this asker's lists, and without kinds this asker does not meet."""
    for kind in findable.withheld_from(person):
        traits = traits.only(traits.kind != list(KINDS).index(kind) + 1)
    people = traits.ids[traits.is_person]
    if not len(people):
        return traits
    return traits.only(~traits.is_person | np.isin(traits.ids, list(names.listed(person, people.tolist()))))


def _in_order(found: Found, covered: Coverage, traits: Traits, now: int, all_words: float) -> tuple[list[int], list[float]]:
    """All words rather than some, words of the title, a little freshness."""
    ids = np.array(found.ids, np.int32)
    if not len(ids):
        return [], []
    place = np.searchsorted(covered.threads, ids)
    trait = np.searchsorted(traits.ids, ids)
    age, is_person = np.maximum(0, now - traits.at[trait].astype(np.int64)), traits.is_person[trait]
    scores: Floats = (
        np.array(found.scores)
        + TITLE * covered.in_title[place]
        - FRESHNESS * np.log1p(age / WEEK)
        + all_words * (covered.is_whole[place] & ~(is_person & (covered.in_title[place] == 0)))
    )
    order = np.lexsort((-ids, -scores))
    return ids[order].tolist(), scores[order].tolist()
