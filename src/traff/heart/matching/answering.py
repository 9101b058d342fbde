"""Who will answer this, asked in a circle: who took part in what is like it, how lately, and how much of that in this circle."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from traff.ground.search.asking import Postings, Question
from traff.ground.search.documents import Presence, Ranked, Recipe, answered, authors, messages, participants, threads
from traff.ground.search.models import Entry
from traff.ground.search.reach import Reach
from traff.heart.matching import score
from traff.heart.matching.pieces import PIECES, Piece, Ranking

THREADS, MESSAGES = 300, 400
AS_THREAD = Recipe(k1=2.0, b=0.6)
AS_MESSAGE = Recipe(k1=1.2, b=0.4)


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


def ranked(
    asked: Question,
    rows: Postings,
    reach: Reach,
    now: int,
    circle: int,
    wanted: Callable[[NDArray[np.int32]], list[int]],
    most: int,
) -> Ranking:
    """The likeliest first; `wanted` says who of these may be named."""
    found = threads(asked, rows, reach, AS_THREAD, keep=THREADS, evidence=True)
    said = messages(asked, rows, reach, AS_MESSAGE, keep=MESSAGES, evidence=True)
    votes = _votes(found, said, reach, now)
    act = _activity(votes.people, reach, now, circle)
    spoken_for = votes.sum_threads(), votes.sum_messages(), act
    is_wanted = np.isin(votes.people, wanted(votes.people))
    scores, following = (np.where(is_wanted, score.who(*spoken_for, w), -np.inf) for w in (score.FIRST, score.NEXT))
    order = [place for place in score.in_order(scores, following)[:most] if is_wanted[place]]
    return Ranking(
        [(int(votes.people[place]), float(scores[place])) for place in order], lambda people: _pieces(people, votes, found, said)
    )


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


def _activity(people: NDArray[np.int32], reach: Reach, now: int, circle: int) -> score.Activity:
    by, audience, at = answered(people, reach)
    return score.activity(np.searchsorted(people, by), now - at.astype(np.int64), audience == circle, len(people))


def _pieces(people: list[int], votes: Votes, found: Ranked, said: Ranked) -> dict[int, list[Piece]]:
    """The best threads of each, with their own best message in each."""
    own = _own_messages(votes, said)
    place = {thread: number for number, thread in enumerate(found.ids.tolist())}
    pieces = {}
    for person in people:
        mine = np.flatnonzero(votes.in_threads.person == person)
        best = mine[np.argsort(-votes.thread_votes[mine], kind="stable")][:PIECES]
        threads_ = [(int(votes.in_threads.thread[row]), float(votes.thread_votes[row])) for row in best]
        pieces[person] = [
            Piece(thread, own.get((person, thread), thread), vote, found.terms_of(place[thread])) for thread, vote in threads_
        ]
    return pieces


def _own_messages(votes: Votes, said: Ranked) -> dict[tuple[int, int], int]:
    """The best found message of each person in each thread."""
    threads_ = dict(
        Entry.objects.unrestricted("found within the asker's reach")
        .filter(pk__any=said.ids.tolist())
        .values_list("pk", "thread_id")
    )
    own: dict[tuple[int, int], int] = {}
    for row in np.argsort(-votes.message_votes, kind="stable").tolist():
        entry = int(votes.in_messages.thread[row])
        own.setdefault((int(votes.in_messages.person[row]), threads_.get(entry, 0)), entry)
    return own
