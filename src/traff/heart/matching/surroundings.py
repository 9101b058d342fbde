"""A person's surroundings: who is near, where they sit, and whom not to offer them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from traff.ground.access.reading import once
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.core.prepared import prepared
from traff.ground.organisation.models import Seat
from traff.heart.matching.models import Apart, Suggestion
from traff.heart.matching.ties import near, shares_of_near
from traff.heart.matching.unexpected import Standing, unexpectedness

BEYOND = 3  # no near one knows them: three steps or more (a wider search would cost more than it tells)


@dataclass(frozen=True)
class Surroundings:
    person: Person
    near_ids: list[int] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)

    @classmethod
    def of(cls, person: Person) -> "Surroundings":
        return cls(person=person, near_ids=near(person), standing=standings([person.pk]).get(person.pk, Standing()))

    def unexpectedness_of(self, candidates: Iterable[int]) -> dict[int, float]:
        """U per candidate, 0..1; in three queries for any number of them."""
        wanted = list(dict.fromkeys(candidates))
        shares, where, close = shares_of_near(self.near_ids, wanted), standings(wanted), set(self.near_ids)
        return {
            other: unexpectedness(
                self.standing,
                where.get(other, Standing()),
                hops=1 if other in close else 2 if other in shares else BEYOND,
                shared_contacts=shares.get(other, 0.0),
            )
            for other in wanted
        }

    def same_unit(self, candidates: Iterable[int]) -> set[int]:
        """Those who sit in the same unit: colleagues, not strangers."""
        path = self.standing.unit_path
        return {other for other, there in standings(candidates).items() if path and path == there.unit_path}

    def same_unit_or_place(self, candidates: Iterable[int]) -> set[int]:
        """Those who sit in the same unit or the same place."""
        here = self.standing
        return {
            other
            for other, there in standings(candidates).items()
            if (here.unit_path and here.unit_path == there.unit_path) or (here.place_id and here.place_id == there.place_id)
        }

    def not_offered(self, candidates: Iterable[int], moment: str) -> set[int]:
        """Those who are not to be offered to this person in this moment: by their own wish, this person's, or the register's.

        What those who have left wrote can still be reused.
        """
        wanted = list(candidates)
        return set(_away(self.person, wanted, Moment(moment), timezone.now() - Suggestion.AWAY)) if wanted else set()


def standings(people: Iterable[int]) -> dict[int, Standing]:
    """Where people sit, by id; those without a seat, or protected, are absent."""
    wanted = list(people)
    return once(("standings", *wanted), lambda: _standings(wanted))


def _standings(people: list[int]) -> dict[int, Standing]:
    seats = _seats(people)
    return {person: Standing(unit_path=tuple(path) if path else None, place_id=place) for person, path, place in seats}


@prepared
def _seats(people: list[int]) -> QuerySet[Any, tuple[int, list[int] | None, int | None]]:
    rows = Seat.objects.filter(person__any=people, person__is_protected=False)
    return rows.values_list("person_id", "unit__path", "place_id")


@prepared
def _away(person: Person, wanted: list[int], moment: Moment, since: datetime) -> QuerySet[Any, int]:
    """Of these people, who is not to be offered to this one."""
    people = Person.objects.filter(pk__any=wanted)
    offered = people.filter(is_protected=False) if moment == Moment.REUSE else people.shown()
    other = {"person": OuterRef("pk"), "moment": moment}
    apart = Apart.objects.filter(person=person, other=OuterRef("pk"), since__gt=since)
    if moment == Moment.REUSE:
        apart = apart.filter(knows=False)  # somebody one knows may have been here before
    against = (Objection.objects.filter(**other), Block.objects.parting(person, OuterRef("pk")), apart)
    away = ~Q(pk__in=offered.values("pk")) | Q(*(Exists(rows) for rows in against), _connector=Q.OR) | Q(pk=person.pk)
    return people.filter(away).values_list("pk", flat=True)


def own_unit(person: Person, among: Iterable[int]) -> set[int]:
    """Of these people, those who sit in the same unit."""
    where = standings([person.pk, *among])
    here = where.get(person.pk, Standing()).unit_path
    return {other for other, there in where.items() if here and there.unit_path == here} - {person.pk}
