"""Who knows about this: people ranked by what they wrote where the asker may read, shown with the evidence for it.

For asking, never for choosing: at most ten are shown, evidence first. Left out: who objected, protected people, those
parted from the asker by a block, and everything that is not to be evidence.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.core.time import seconds
from traff.ground.search.asking import Question, postings, question
from traff.ground.search.documents import Presence, Ranked, Recipe, answered, authors, messages, participants, threads
from traff.ground.search.models import Entry
from traff.ground.search.reach import Reach
from traff.heart.matching import score
from traff.heart.matching.reasons import Evidence, evidence_of, words_of

THREADS, MESSAGES = 300, 400
AS_THREAD = Recipe(k1=2.0, b=0.6)
AS_MESSAGE = Recipe(k1=1.2, b=0.4)
SHOWN = 10
PIECES = 3


@dataclass(frozen=True)
class Knower:
    person: Person
    score: float
    reasons: list[str] = field(default_factory=list)  # words, the largest terms of the score first
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True)
class Votes:
    """What speaks for each candidate: every thread they took part in and every message of theirs that was found."""

    people: NDArray[np.int32]
    in_threads: Presence
    thread_votes: score.Floats  # one a row of in_threads
    in_messages: Presence
    message_votes: score.Floats

    def sum_threads(self) -> score.Floats:
        return summed(self.people, self.in_threads, self.thread_votes)

    def sum_messages(self) -> score.Floats:
        return summed(self.people, self.in_messages, self.message_votes)


def who(
    person: Person,
    text: str,
    *,
    title: str = "",
    circle: int | None = None,
    before: datetime | None = None,
    candidates: Collection[int] | None = None,
    limit: int = SHOWN,
    explain: bool = True,
) -> list[Knower]:
    """People who know about a text, best first.

    `circle`: the id of the audience in which it is asked, if it is asked in a group. `before`: as on that day. `candidates`:
    ids of persons to choose among. Without `explain` there are no reasons and no evidence: for measuring alone.
    """
    at = before or timezone.now()
    reach = Reach.of(person, before=seconds(before) if before else None)
    asked = question(title, text)
    rows = postings(asked, reach)
    if not len(rows.term):
        return []
    found = threads(asked, rows, reach, AS_THREAD, keep=THREADS, evidence=True)
    said = messages(asked, rows, reach, AS_MESSAGE, keep=MESSAGES, evidence=True)
    votes = _votes(found, said, reach, seconds(at))
    wanted = _wanted(person, votes.people, candidates)
    act = _activity(votes.people, reach, seconds(at), circle)
    spoken_for = votes.sum_threads(), votes.sum_messages(), act
    is_wanted = np.isin(votes.people, wanted)
    scores, following = (np.where(is_wanted, score.who(*spoken_for, w), -np.inf) for w in (score.FIRST, score.NEXT))
    order = [place for place in score.in_order(scores, following)[: max(limit, 0)] if is_wanted[place]]
    people = Person.objects.in_bulk([int(votes.people[place]) for place in order])
    knowers = [Knower(people[int(votes.people[place])], float(scores[place])) for place in order]
    return _explained(person, knowers, votes, found, said, asked) if explain else knowers


def _votes(found: Ranked, said: Ranked, reach: Reach, now: int) -> Votes:
    """Each person once a thread, however much they wrote in it; evidence fades with age."""
    in_threads, in_messages = participants(found.ids, reach), authors(said.ids, reach)
    thread_votes = (found.shares**4)[np.searchsorted(found.ids, in_threads.thread)] * score.faded(now - in_threads.at)
    message_votes = (said.shares**2)[np.searchsorted(said.ids, in_messages.thread)] * score.faded(now - in_messages.at)
    people = np.union1d(in_threads.person, in_messages.person).astype(np.int32)
    return Votes(people, in_threads, thread_votes, in_messages, message_votes)


def summed(people: NDArray[np.int32], present: Presence, votes: score.Floats) -> score.Floats:
    """The votes of each of these people (sorted)."""
    return np.bincount(np.searchsorted(people, present.person), votes, len(people)).astype(float)


def _wanted(person: Person, people: NDArray[np.int32], candidates: Collection[int] | None) -> list[int]:
    shown = Person.objects.shown().filter(pk__in=people.tolist()).exclude(pk=person.pk)
    shown = shown.exclude(pk__in=Objection.objects.filter(moment=Moment.WHO).values("person_id"))
    ids = set(shown.values_list("pk", flat=True)) - set(Block.objects.between(person))
    return sorted(ids if candidates is None else ids & set(candidates))


def _activity(people: NDArray[np.int32], reach: Reach, now: int, circle: int | None) -> score.Activity:
    by, audience, at = answered(people, reach)
    return score.activity(np.searchsorted(people, by), now - at.astype(np.int64), audience == (circle or 0), len(people))


def _explained(person: Person, knowers: list[Knower], votes: Votes, found: Ranked, said: Ranked, asked: Question) -> list[Knower]:
    """With the three best pieces each, and the largest terms of these; who is left without any is not shown."""
    pieces = {knower.person.pk: _pieces(knower.person.pk, votes) for knower in knowers}
    own = _own_messages(votes, said)
    wanted = {thread for threads_ in pieces.values() for thread, _vote in threads_} | set(own.values())
    entries = Entry.objects.visible_to(person).filter(is_evidence=True).in_bulk(sorted(wanted))
    place = {thread: number for number, thread in enumerate(found.ids.tolist())}
    explained = []
    for knower in knowers:
        mine = [(thread, vote) for thread, vote in pieces[knower.person.pk] if thread in entries]
        weights: dict[int, float] = defaultdict(float)
        for thread, vote in mine:
            for term, part in found.terms_of(place[thread]):
                weights[term] += vote * part
        evidence = [
            evidence_of(entries[thread], entries.get(own.get((knower.person.pk, thread), 0)), asked) for thread, _ in mine
        ]
        reasons = words_of(asked, weights)
        if evidence and reasons:
            explained.append(Knower(knower.person, knower.score, reasons, evidence[:PIECES]))
    return explained


def _pieces(person: int, votes: Votes) -> list[tuple[int, float]]:
    rows = np.flatnonzero(votes.in_threads.person == person)
    best = rows[np.argsort(-votes.thread_votes[rows], kind="stable")][:PIECES]
    return [(int(votes.in_threads.thread[row]), float(votes.thread_votes[row])) for row in best]


def _own_messages(votes: Votes, said: Ranked) -> dict[tuple[int, int], int]:
    """The best found message of each person in each thread."""
    threads_ = dict(
        Entry.objects.unrestricted("found within the asker's reach")
        .filter(pk__in=said.ids.tolist())
        .values_list("pk", "thread_id")
    )
    own: dict[tuple[int, int], int] = {}
    for row in np.argsort(-votes.message_votes, kind="stable").tolist():
        entry = int(votes.in_messages.thread[row])
        own.setdefault((int(votes.in_messages.person[row]), threads_.get(entry, 0)), entry)
    return own
