"""Who knows about a matter, asked of nobody in particular: what people have shown of it by what they did themselves.

    K(p) = e1 + e2/2 + e3/3 …                     p's pieces, the strongest first, at most five; one a thread
    e    = shows(deed) · like · met² · ½^(age / 2 years)

like: how much of the question stands in the piece, as a part of what stands in the best (of its thread for who began it or
solved it: they answer for the whole); met: the share of the words asked for, each as written, inflected, within a compound,
or as a topic of that name. How often or how lately somebody writes has no say.
Constants and figures: docs/matching.md, docs/measurements.md.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from traff.community.people.models import listed_for
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.search.asking import Postings, Question, Term
from traff.ground.search.concepts import touches
from traff.ground.search.coverage import Group, groups_of
from traff.ground.search.documents import Ranked, authors, messages, profiles, threads
from traff.ground.search.models import Entry
from traff.ground.search.reach import Reach
from traff.heart.matching.answering import AS_MESSAGE, AS_THREAD
from traff.heart.matching.deeds import OF_THREAD, SAID, SHOWS, Deed, Done, done_in
from traff.heart.matching.pieces import PIECES, Piece, Ranking
from traff.heart.matching.score import faded

THREADS, MESSAGES, PROFILES = 150, 300, 50
TOPIC = 2.0  # of a topic in the question: it says more of what a text is about than a word does
ALL_OF_FEW = 6  # words; who asks with more does not mean each of them
BESIDE = 0.7  # of a word that stands elsewhere in the thread of a message
COUNTED = 5  # pieces of a person
HALF_LIFE = 730.0  # days
LEAST = 0.1  # of what the best has shown; less is a word in passing
Wanted = Callable[[NDArray[np.int32]], list[int]]


@dataclass(frozen=True)
class Likeness:
    """Documents by their entry's id, 0..1: how like the question, as a part of the best, and how many of its words each meets."""

    ranked: Ranked
    of: dict[int, float]

    @classmethod
    def made(cls, ranked_: Ranked, met: dict[int, float], top: float = 0.0) -> "Likeness":
        values = {
            pk: score * met.get(pk, 0.0) ** 2 for pk, score in zip(ranked_.ids.tolist(), ranked_.scores.tolist(), strict=True)
        }
        top = top or max(values.values(), default=0.0) or 1.0
        return cls(ranked_, {pk: min(1.0, value / top) for pk, value in values.items()})

    def terms_of(self, entry: int) -> list[tuple[int, float]]:
        place = int(np.searchsorted(self.ranked.ids, entry))
        is_there = place < len(self.ranked.ids) and self.ranked.ids[place] == entry
        return self.ranked.terms_of(place) if is_there else []


@dataclass(frozen=True)
class Likenesses:
    threads: Likeness
    messages: Likeness
    profiles: Likeness

    def of(self, done: Done) -> float:
        if done.deed == Deed.DECLARED:
            return self.profiles.of.get(done.entry, 0.0)
        of_thread = OF_THREAD.get(done.deed, 0.0) * self.threads.of.get(done.thread, 0.0)
        return max(self.messages.of.get(done.entry, 0.0), of_thread)

    def terms_of(self, done: Done) -> list[tuple[int, float]]:
        if done.deed == Deed.DECLARED:
            return self.profiles.terms_of(done.entry)
        return self.messages.terms_of(done.entry) or self.threads.terms_of(done.thread)


def ranked(
    person: Person,
    text: str,
    asked: Question,
    rows: Postings,
    reach: Reach,
    now: int,
    wanted: Wanted,
    most: int,
    candidates: Collection[int] | None = None,
) -> Ranking:
    """Who has shown most of it; `wanted` says who of these may be named. Who has shown nothing is not there.

    With `candidates`, whose ids they are, nobody else's profile is read.
    """
    asked = by_topics(asked)
    like = _likenesses(text, asked, rows, reach, _profiles(person, rows, reach, candidates))
    strongest: dict[int, dict[int, tuple[float, Done]]] = defaultdict(dict)
    for done in [*_in_threads(person, like, rows, reach), *_on_profiles(like.profiles, reach)]:
        age = 0 if done.deed == Deed.DECLARED else now - done.at
        value = SHOWS[done.deed] * like.of(done) * float(faded(np.array(age), HALF_LIFE))
        if value > strongest[done.person].get(done.thread, (0.0,))[0]:
            strongest[done.person][done.thread] = value, done
    best = {who: sorted(mine.values(), key=lambda row: (-row[0], row[1].thread)) for who, mine in strongest.items() if mine}
    scores = {who: sum(value / place for place, (value, _) in enumerate(mine[:COUNTED], 1)) for who, mine in best.items()}
    named = {who: scores[who] for who in wanted(np.array(sorted(scores), np.int32))}
    enough = LEAST * max(named.values(), default=0.0)
    order = sorted(((who, score) for who, score in named.items() if score >= enough), key=lambda row: (-row[1], row[0]))

    def pieces_of(people: list[int]) -> dict[int, list[Piece]]:
        return {
            who: [
                Piece(done.thread, done.entry, value, like.terms_of(done), SAID.get(done.deed, ""))
                for value, done in _to_show(best[who])
            ]
            for who in people
        }

    return Ranking(order[:most], pieces_of)


def _to_show(mine: list[tuple[float, Done]]) -> list[tuple[float, Done]]:
    """What somebody did speaks before what they say of themselves, which stands only where there are few deeds."""
    return sorted(mine, key=lambda row: row[1].deed == Deed.DECLARED)[:PIECES]


def by_topics(asked: Question) -> Question:
    """The same, its topics weighing more."""
    return replace(
        asked,
        terms=tuple(replace(term, weight=term.weight * TOPIC) if term.text.startswith("#") else term for term in asked.terms),
    )


def _likenesses(text: str, asked: Question, rows: Postings, reach: Reach, named: list[int]) -> Likenesses:
    groups = groups_of(asked, text)
    if len(groups) > ALL_OF_FEW:
        groups = []
    found = messages(asked, rows, reach, AS_MESSAGE, keep=MESSAGES, evidence=True)
    of_found = rows.only(np.isin(rows.entry, found.ids))
    in_threads, in_entries = met(rows.thread, rows.term, groups), met(of_found.entry, of_found.term, groups)
    thread_of = dict(zip(of_found.entry.tolist(), of_found.thread.tolist(), strict=True))
    beside = {entry: max(share, BESIDE * in_threads[thread_of[entry]]) for entry, share in in_entries.items()}
    said = Likeness.made(found, beside)
    said_best = float(found.scores.max(initial=0.0))
    hushed = [number for number, term in enumerate(asked.terms) if _is_hushed(term, asked)]
    of_people = rows.only(np.isin(rows.entry, named) & ~np.isin(rows.term, hushed))
    on_profiles = met(of_people.entry, of_people.term, groups)
    return Likenesses(
        Likeness.made(threads(asked, rows, reach, AS_THREAD, keep=THREADS, evidence=True), in_threads),
        said,
        Likeness.made(messages(asked, of_people, reach, AS_MESSAGE, keep=PROFILES, evidence=False), on_profiles, said_best),
    )


def _is_hushed(term: Term, asked: Question) -> bool:
    """What one says of oneself of a sensitive matter is no evidence of what one knows."""
    return any(touches(asked.unspoken, said) for said in (term.surface, *term.texts))


def _profiles(person: Person, rows: Postings, reach: Reach, candidates: Collection[int] | None) -> list[int]:
    """Entries of the people who may be named, as far as anything of the question stands on them."""
    if candidates is not None:
        return list(_named_of(person, list(candidates)))
    return list(_named_among(person, np.intersect1d(profiles(reach), rows.entry).tolist()))


def _named(person: Person) -> QuerySet[Entry]:
    listed = listed_for(person).filter(is_guest=False).values("pk")
    people: QuerySet[Entry] = Entry.objects.visible_to(person).filter(kind="person", subject_id__in=listed)
    return people


@prepared
def _named_among(person: Person, entries: list[int]) -> QuerySet[Entry, int]:
    return _named(person).filter(pk__any=entries).values_list("pk", flat=True)


@prepared
def _named_of(person: Person, people: list[int]) -> QuerySet[Entry, int]:
    return _named(person).filter(subject_id__any=people).values_list("pk", flat=True)


def met(documents: NDArray[np.int32], terms: NDArray[np.int32], groups: Sequence[Group]) -> dict[int, float]:
    """Of each document the share of the words that stand in it; all of them where no words are told apart."""
    ids, place = np.unique(documents, return_inverse=True)
    share = np.zeros(len(ids)) if groups else np.ones(len(ids))
    for group in groups:
        share += (np.bincount(place[np.isin(terms, group)], minlength=len(ids)) > 0) / len(groups)
    return dict(zip(ids.tolist(), share.tolist(), strict=True))


def _in_threads(person: Person, like: Likenesses, rows: Postings, reach: Reach) -> list[Done]:
    of_messages = rows.thread[np.isin(rows.entry, like.messages.ranked.ids)]
    wanted = np.union1d(like.threads.ranked.ids, of_messages).astype(np.int32)
    return done_in(wanted, person, reach) if len(wanted) else []


def _on_profiles(like: Likeness, reach: Reach) -> list[Done]:
    who = authors(like.ranked.ids, reach)
    rows = zip(who.thread.tolist(), who.person.tolist(), who.at.tolist(), strict=True)
    return [Done(entry, entry, by, at, Deed.DECLARED) for entry, by, at in rows]
