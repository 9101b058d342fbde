"""Who knows about this: people ranked by what they wrote where the asker may read, shown with the evidence for it.

Two questions, two forms. Asked in a circle it is a question in a stream, and whoever is likeliest to answer stands first
(`answering`). Asked of nobody in particular it is a matter, and whoever has shown most of it stands first (`knowing`).

For asking, never for choosing: at most ten are shown, evidence first. Left out: who objected, protected people, those
parted from the asker by a block, and everything that is not to be evidence.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.core.prepared import prepared
from traff.ground.core.time import seconds
from traff.ground.search.asking import Question, postings, question
from traff.ground.search.models import Entry
from traff.ground.search.reach import Reach
from traff.heart.matching import answering, knowing
from traff.heart.matching.pieces import Ranking
from traff.heart.matching.reasons import Evidence, evidence_of, words_of

SHOWN = 10


@dataclass(frozen=True)
class Knower:
    person: Person
    score: float
    reasons: list[str] = field(default_factory=list)  # words, the largest terms of the score first
    evidence: list[Evidence] = field(default_factory=list)


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
    """People who know about a text, best first; asked in a circle, those likeliest to answer.

    `circle`: the id of the audience in which it is asked. `before`: as on that day. `candidates`: ids of persons to choose
    among. Without `explain` there are no reasons and no evidence: for measuring alone.
    """
    at = before or timezone.now()
    reach = Reach.of(person, before=seconds(before) if before else None)
    asked = question(title, text)
    rows = postings(asked, reach)
    if not len(rows.term):
        return []

    def wanted(people: NDArray[np.int32]) -> list[int]:
        return _wanted(person, people, candidates)

    now, most = seconds(at), max(limit, 0)
    if circle is None:
        ranking = knowing.ranked(person, f"{title} {text}", asked, rows, reach, now, wanted, most, candidates)
    else:
        ranking = answering.ranked(asked, rows, reach, now, circle, wanted, most)
    people = Person.objects.in_bulk([pk for pk, _score in ranking.order])
    knowers = [Knower(people[pk], score) for pk, score in ranking.order]
    return _explained(person, knowers, ranking, asked) if explain else knowers


def _wanted(person: Person, people: NDArray[np.int32], candidates: Collection[int] | None) -> list[int]:
    among = people.tolist() if candidates is None else [pk for pk in people.tolist() if pk in candidates]
    return sorted(set(_shown(person, among)) - set(Block.between(person)))


@prepared
def _shown(person: Person, among: list[int]) -> QuerySet[Any, int]:
    """Without those who do not want to be asked."""
    shown = Person.objects.shown().filter(pk__any=among).exclude(pk=person.pk)
    objecting = Objection.objects.filter(moment=Moment.WHO).values("person_id")
    return shown.exclude(pk__in=objecting).values_list("pk", flat=True)


@prepared
def _evident(person: Person, ids: list[int]) -> QuerySet[Entry]:
    may_show = Entry.objects.visible_to(person).filter(Q(is_evidence=True) | Q(kind="person"), pk__any=ids)
    found: QuerySet[Entry] = may_show.select_related("place").defer("grams")
    return found


def _explained(person: Person, knowers: list[Knower], ranking: Ranking, asked: Question) -> list[Knower]:
    """With the three best pieces each, and the largest terms of these; who is left without any is not shown."""
    pieces = ranking.pieces_of([knower.person.pk for knower in knowers])
    wanted = {pk for mine in pieces.values() for piece in mine for pk in (piece.thread, piece.entry)}
    entries = {entry.pk: entry for entry in _evident(person, sorted(wanted))}
    explained = []
    for knower in knowers:
        mine = [piece for piece in pieces[knower.person.pk] if piece.thread in entries]
        weights: dict[int, float] = defaultdict(float)
        for piece in mine:
            for term, part in piece.terms:
                weights[term] += piece.vote * part
        evidence = [evidence_of(entries[piece.thread], entries.get(piece.entry), asked, piece.deed) for piece in mine]
        reasons = words_of(asked, weights)
        if evidence and reasons:
            explained.append(Knower(knower.person, knower.score, reasons, evidence))
    return explained
