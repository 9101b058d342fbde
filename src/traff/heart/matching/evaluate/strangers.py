"""Rankings of people one has had nothing to do with, from what stood before a time: Träff's own, and what it is compared with.

Familiarity is the baseline of Chen et al. and Guy et al. (RecSys 2009): people near one's near ones. All choose among the same.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count

from traff.ground.accounts.models import Moment, Person
from traff.ground.core.time import seconds
from traff.ground.search.asking import postings
from traff.ground.search.documents import authors, threads
from traff.ground.search.models import Authored
from traff.ground.search.reach import Reach
from traff.heart.matching.bundles import pieces_of
from traff.heart.matching.models import Tie
from traff.heart.matching.similar import AS_THREAD, CANDIDATES
from traff.heart.matching.strangers import strangers_for
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import familiar

DEEP = 50
PIECES = 12  # of one's own latest writing, for the words alone
SEED = 2026
Ranking = list[int]


@dataclass(frozen=True)
class Seeker:
    """Somebody, with everybody who could be new to them: people who had written something before `at`."""

    person: Person
    at: datetime
    writers: frozenset[int]

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings.of(self.person)

    @cached_property
    def new(self) -> frozenset[int]:
        """Not near, never met in a thread, and allowed to be offered."""
        away = self.around.not_offered(self.writers, Moment.STRANGER) | familiar(self.person, self.writers)
        return self.writers - away

    def best(self, scores: dict[int, float]) -> Ranking:
        """Those new to them with a score above nothing, best first."""
        ranked = sorted((-value, other) for other, value in scores.items() if other in self.new and value > 0)
        return [other for _value, other in ranked[:DEEP]]


def by_traff(seeker: Seeker) -> Ranking:
    """As home offers them (M3), asked for fifty instead of three."""
    offers = strangers_for(seeker.person, most=DEEP, before=seeker.at)
    return [offer.fit.author_id for offer in offers if offer.fit.author_id in seeker.new]


def by_words(seeker: Seeker) -> Ranking:
    """BM25 alone: who began the threads most like one's own latest pieces."""
    scores: dict[int, float] = defaultdict(float)
    reach = Reach.of(seeker.person, before=seconds(seeker.at))
    for piece in pieces_of(seeker.person, seeker.at)[:PIECES]:
        asked, own = piece.asked, piece.entry.thread_id if piece.entry else 0
        rows = postings(asked, reach)
        if len(rows.term):
            found = threads(asked, rows, reach, AS_THREAD, keep=CANDIDATES, evidence=True, without=own)
            share = dict(zip(found.ids.tolist(), found.shares.tolist(), strict=True))
            begun = authors(found.ids, reach)
            for thread, person in zip(begun.thread.tolist(), begun.person.tolist(), strict=True):
                scores[person] = max(scores[person], share[thread])
    return seeker.best(scores)


def by_popularity(seeker: Seeker) -> Ranking:
    """Whoever has written with most people."""
    return seeker.best(dict(Tie.objects.values_list("person_id").annotate(n=Count("pk"))))


def by_familiarity(seeker: Seeker) -> Ranking:
    """Whom one's near ones know best."""
    scores: dict[int, float] = defaultdict(float)
    rows = Tie.objects.filter(person_id__in=seeker.around.near_ids).order_by("pk")
    for other, count in rows.values_list("other_id", "threads"):
        scores[other] += math.log1p(count)
    return seeker.best(scores)


def by_chance(seeker: Seeker) -> Ranking:
    everybody = sorted(seeker.new)
    random.Random(f"{SEED}:{seeker.person.pk}").shuffle(everybody)  # noqa: S311
    return everybody[:DEEP]


METHODS: dict[str, Callable[[Seeker], Ranking]] = {
    "Träff": by_traff,
    "BM25": by_words,
    "popularity": by_popularity,
    "familiarity": by_familiarity,
    "random stranger": by_chance,
}


def writers(before: datetime) -> frozenset[int]:
    """Everybody who is shown and had written something open."""
    rows = Authored.objects.unrestricted("who had written, for measuring").filter(at__lt=seconds(before), is_open=True)
    people: Collection[int] = rows.order_by().values_list("person_id", flat=True).distinct()
    return frozenset(Person.objects.shown().filter(pk__in=list(people)).values_list("pk", flat=True))
