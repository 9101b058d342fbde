"""Would the strangers Träff offers have become acquaintances? A temporal split of an organisation: docs/measurements.md.

What stood before T builds; asked for are the ties across units that people made in the days after it with somebody they had
nothing to do with. Serendipity@k is the mean over the list of useful × U (Ge 2010, Kotkov 2016): found, and unexpected.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Max

from traff.ground.accounts.models import Person
from traff.heart.matching.evaluate.as_on import as_on
from traff.heart.matching.evaluate.intervals import differences, interval
from traff.heart.matching.evaluate.new_ties import Deeds, counted, new_ties
from traff.heart.matching.evaluate.strangers import METHODS, Ranking, Seeker, writers
from traff.heart.matching.surroundings import standings
from traff.sharing.content.models import Post, Reply

DAYS = 30
NEAR_TOP = 50  # of the familiarity baseline: who stands there is hardly unexpected
ASKED_AT_MOST = 300  # people ranked
PRINTED = ("hits@3", "serendipity@3", "outside@3", "hits@10", "serendipity@10", "MAP", "recall@10")


@dataclass
class Outcome:
    """Of one method: a row of measures for each person ranked, and whom it showed to whom."""

    measures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    shown: list[tuple[int, Ranking]] = field(default_factory=list)


@dataclass(frozen=True)
class Split:
    at: datetime
    until: datetime
    deeds: Deeds  # new ties after `at` between people new to each other and of different units
    people: int  # ranked
    writers: frozenset[int]
    unit_of: dict[int, int]
    outcomes: dict[str, Outcome]


def newest() -> datetime | None:
    """When something was last written in the open."""
    post = Post.objects.unrestricted("the newest").filter(is_open=True).aggregate(at=Max("published_at"))["at"]
    reply = Reply.objects.unrestricted("the newest").filter(post__is_open=True).aggregate(at=Max("published_at"))["at"]
    return max((at for at in (post, reply) if at), default=None)


def split(at: datetime, *, days: int = DAYS, most: int = ASKED_AT_MOST, methods: Sequence[str] = tuple(METHODS)) -> Split:
    until = at + timedelta(days=days)
    deeds = new_ties(at, until)
    with as_on(at):
        everybody = writers(at)
        where = standings(everybody)
        unit_of = {person: stands.unit_path[-1] for person, stands in where.items() if stands.unit_path}
        found: dict[int, set[int]] = defaultdict(set)
        for who, whom in deeds:
            if {who, whom} <= everybody and (who not in unit_of or unit_of.get(who) != unit_of.get(whom)):
                found[who].add(whom)
        people = Person.objects.active().filter(is_guest=False).in_bulk(sorted(found))
        seekers = [Seeker(people[pk], at, everybody) for pk in sorted(found) if pk in people]
        truths = [(seeker, found[seeker.person.pk] & seeker.new) for seeker in seekers]
        truths = [(seeker, wanted) for seeker, wanted in truths if wanted]
        truths = [truths[n] for n in np.linspace(0, len(truths) - 1, min(most, len(truths))).astype(int)] if truths else []
        outcomes = {name: Outcome() for name in methods}
        for seeker, wanted in truths:
            _ask(seeker, wanted, outcomes)
    kept = {(seeker.person.pk, whom) for seeker, wanted in truths for whom in wanted}
    deeds = {pair: deed for pair, deed in deeds.items() if pair in kept}
    return Split(at, until, deeds, len(truths), everybody, unit_of, outcomes)


def _ask(seeker: Seeker, wanted: set[int], outcomes: dict[str, Outcome]) -> None:
    rankings = {name: METHODS[name](seeker) for name in outcomes}
    known = set(METHODS["familiarity"](seeker)[:NEAR_TOP])
    u = seeker.around.unexpectedness_of({other for ranking in rankings.values() for other in ranking[:10]})
    for name, ranking in rankings.items():
        outcomes[name].shown.append((seeker.person.pk, ranking[:10]))
        for measure, value in measures(ranking, wanted, u, known).items():
            outcomes[name].measures[measure].append(value)


def measures(ranking: Ranking, wanted: set[int], u: dict[int, float], known: set[int]) -> dict[str, float]:
    """Of one person: `u` how unexpected each would be, `known` the top of the familiarity baseline."""
    hits = [place for place, other in enumerate(ranking, 1) if other in wanted]
    out = {}
    for k in (3, 10):  # a day's cards, a page
        useful = [other for other in ranking[:k] if other in wanted]
        out[f"hits@{k}"] = float(bool(useful))
        out[f"serendipity@{k}"] = sum(u[other] for other in useful) / k
        out[f"outside@{k}"] = sum(other not in known for other in useful) / k
    out["MAP"] = sum(n / place for n, place in enumerate(hits, 1)) / len(wanted)
    out["recall@10"] = sum(place <= 10 for place in hits) / len(wanted)
    return out


def spread(outcome: Outcome, everybody: frozenset[int], unit_of: dict[int, int]) -> dict[str, float]:
    """Of a method as a whole: how many people it shows, how evenly, and between how many units."""
    exposure = dict.fromkeys(everybody, 0.0)
    pairs: set[frozenset[int]] = set()
    for person, ranking in outcome.shown:
        for place, other in enumerate(ranking, 1):
            exposure[other] += 1 / math.log2(1 + place)
            if person in unit_of and other in unit_of and unit_of[person] != unit_of[other]:
                pairs.add(frozenset((unit_of[person], unit_of[other])))
    units = len(set(unit_of.values()))
    out = {
        "coverage": sum(value > 0 for value in exposure.values()) / max(1, len(exposure)),
        "Gini": gini(list(exposure.values())),
    }
    if units > 1:
        out["unit pairs"] = len(pairs) / (units * (units - 1) / 2)
    return out


def gini(values: list[float]) -> float:
    """0 when all are shown alike, near 1 when one alone is."""
    column = np.sort(np.array(values))
    if not column.sum():
        return 0.0
    n = len(column)
    return float((2 * np.arange(1, n + 1) - n - 1) @ column / (n * column.sum()))


def told(result: Split) -> Iterator[str]:
    """The table, line by line."""
    yield f"{result.at:%Y-%m-%d} to {result.until:%Y-%m-%d}: {result.people} people made new ties ({counted(result.deeds)})"
    known = len(result.unit_of)
    if known < len(result.writers):
        yield f"unit known of {known} of {len(result.writers)} people; an unknown one counts neither as same nor as other"
    if not result.people:
        return
    base = result.outcomes["Träff"].measures
    for measure in PRINTED:
        yield f"\n{measure}"
        for name, outcome in result.outcomes.items():
            mean, low, high, _n = interval(outcome.measures[measure])
            line = f"  {name:16} {mean:.4f}  95 % {low:.4f} to {high:.4f}"
            if name != "Träff":
                difference, below, above = differences(base[measure], outcome.measures[measure])
                line += f"   Träff {difference:+.4f} ({below:+.4f} to {above:+.4f})"
            yield line
    yield "\nspread of the first ten (coverage of people, exposure Gini, pairs of units)"
    for name, outcome in result.outcomes.items():
        parts = "  ".join(f"{what} {value:.3f}" for what, value in spread(outcome, result.writers, result.unit_of).items())
        yield f"  {name:16} {parts}"
