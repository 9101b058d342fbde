"""Narrowing: what of a hit can be filtered by, and how many hits each choice would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from traff.ground.core.icons import KINDS
from traff.ground.core.language import LANGUAGES
from traff.ground.core.lookups import Ids
from traff.ground.core.prepared import prepared
from traff.ground.organisation.models import Place, Unit
from traff.ground.search.binary import copy_out
from traff.ground.search.reach import Reach

DAY = 86_400
AGES = {"week": 7 * DAY, "month": 30 * DAY, "year": 365 * DAY}  # seconds; each holds those before it
OLDER = "older"
OPTIONS = 8  # shown of one facet, those with most hits
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Filters:
    """What was chosen; "" or 0 = nothing."""

    kind: str = ""
    unit: int = 0  # with everything beneath it
    place: int = 0
    when: str = ""
    language: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Filters":
        """From an address; what makes no sense counts as not chosen."""
        return cls(
            kind=_among(given.get("kind"), KINDS),
            unit=_number(given.get("unit")),
            place=_number(given.get("place")),
            when=_among(given.get("when"), [*AGES, OLDER]),
            language=_among(given.get("language"), LANGUAGES),
        )

    @property
    def chosen(self) -> dict[str, str | int]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def without(self, name: str) -> "Filters":
        return Filters(**{**vars(self), name: getattr(Filters, name)})

    def __bool__(self) -> bool:
        return bool(self.chosen)


@dataclass(frozen=True)
class Option:
    value: str | int
    count: int
    word: str = ""  # where its name is not known to the page: a unit's, a place's
    is_on: bool = False


@dataclass(frozen=True)
class Facet:
    name: str  # of the filter: "kind", "unit", "place", "when", "language"
    options: list[Option]


@dataclass(frozen=True)
class Traits:
    """What hits are filtered by: one place a thread, numbers instead of words."""

    ids: Ints  # of the roots, sorted
    kind: Ints  # into KINDS from 1; 0 = another
    unit: Ints
    place: Ints
    language: Ints  # into LANGUAGES from 1
    at: Ints

    @classmethod
    def of(cls, roots: Ints, reach: Reach) -> "Traits":
        detail = "CASE WHEN detail = '' THEN kind ELSE detail END"
        query = (
            f"SELECT id, coalesce(array_position(%(kinds)s, {detail}::text), 0), "  # noqa: S608
            "coalesce(unit_id::int, 0), coalesce(place_id::int, 0), "
            "coalesce(array_position(%(languages)s, language::text), 0), at FROM search_entry "
            f"WHERE id = ANY(%(ids)s) AND {reach.clause}"
        )
        known = {"kinds": list(KINDS), "languages": list(LANGUAGES), "ids": Ids(roots.tolist())}
        columns = copy_out(query, {**known, **reach.parameters}, "i4 i4 i4 i4 i4 i4")
        order = np.argsort(columns[0])
        return cls(*(column[order] for column in columns))

    @property
    def is_person(self) -> Mask:
        mask: Mask = self.kind == list(KINDS).index("person") + 1
        return mask

    def only(self, kept: Mask) -> "Traits":
        return Traits(*(getattr(self, field.name)[kept] for field in fields(self)))


class Narrowing:
    """The traits of all hits, one set of filters, and the counts that go with them."""

    def __init__(self, traits: Traits, filters: Filters, now: int) -> None:
        self.traits, self.now = traits, now
        self.below = _subtree(filters.unit) if filters.unit else frozenset()
        if filters.unit and not self.below:
            filters = filters.without("unit")
        if filters.place and not Place.objects.filter(pk=filters.place).exists():
            filters = filters.without("place")
        self.filters = filters

    @property
    def kept(self) -> Mask:
        return self._passing(self.filters)

    def facets(self) -> list[Facet]:
        """Each facet's counts obey all the other filters, so that a count is what a click would leave."""
        made = [Facet(name, getattr(self, f"_{name}s")(self._passing(self.filters.without(name)))) for name in NAMES]
        return [facet for facet in made if len(facet.options) > 1 or any(option.is_on for option in facet.options)]

    def _passing(self, filters: Filters) -> Mask:
        traits, kept = self.traits, np.ones(len(self.traits.ids), bool)
        if filters.kind:
            kept &= traits.kind == list(KINDS).index(filters.kind) + 1
        if filters.unit:
            kept &= np.isin(traits.unit, list(self.below))
        if filters.place:
            kept &= traits.place == filters.place
        if filters.language:
            kept &= traits.language == LANGUAGES.index(filters.language) + 1
        if filters.when:
            kept &= self._aged(filters.when)
        return kept

    def _aged(self, when: str) -> Mask:
        age = self.now - self.traits.at.astype(np.int64)
        aged: Mask = age > AGES["year"] if when == OLDER else age <= AGES[when]
        return aged

    def _kinds(self, kept: Mask) -> list[Option]:
        return _counted(self.traits.kind[kept], list(KINDS), self.filters.kind)

    def _languages(self, kept: Mask) -> list[Option]:
        return _counted(self.traits.language[kept], list(LANGUAGES), self.filters.language)

    def _whens(self, kept: Mask) -> list[Option]:
        counts = {when: int((kept & self._aged(when)).sum()) for when in [*AGES, OLDER]}
        return [Option(when, n, is_on=when == self.filters.when) for when, n in counts.items() if n or when == self.filters.when]

    def _places(self, kept: Mask) -> list[Option]:
        counts = _counts(self.traits.place[kept])
        if not counts and not self.filters.place:
            return []
        places = _places([*counts, self.filters.place])
        return _most([Option(place.pk, counts.get(place.pk, 0), str(place), place.pk == self.filters.place) for place in places])

    def _units(self, kept: Mask) -> list[Option]:
        """The chosen unit and those right beneath it; with none chosen the uppermost that tell hits apart."""
        counts = _counts(self.traits.unit[kept])
        if not counts and not self.filters.unit:
            return []
        summed, parents = _upwards(counts)
        shown = _children(parents, summed, self.filters.unit)
        units = {unit.pk: unit for unit in _units([*shown, self.filters.unit])}
        options = [Option(pk, summed[pk], str(units[pk])) for pk in shown if pk in units]
        here = units.get(self.filters.unit)
        return [*([Option(here.pk, summed.get(here.pk, 0), str(here), is_on=True)] if here else []), *_most(options)]


NAMES = ("kind", "unit", "place", "when", "language")


def _among(value: Any, known: Iterable[str]) -> str:
    return value if isinstance(value, str) and value in known else ""


def _number(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _subtree(unit: int) -> frozenset[int]:
    return frozenset(Unit.objects.filter(path__contains=[unit]).values_list("pk", flat=True))


@prepared
def _units(ids: list[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__any=ids)


@prepared
def _places(ids: list[int]) -> QuerySet[Place]:
    return Place.objects.filter(pk__any=ids)


@prepared
def _paths(ids: list[int]) -> QuerySet[Unit, tuple[int, list[int]]]:
    return Unit.objects.filter(pk__any=ids).values_list("pk", "path")


def _upwards(counts: Mapping[int, int]) -> tuple[dict[int, int], dict[int, int | None]]:
    """Of these units and all above them: the hits in each with what is beneath it, and what it hangs under."""
    summed: dict[int, int] = {}
    parents: dict[int, int | None] = {}
    for pk, path in _paths(list(counts)):
        for above, unit in zip([None, *path], path, strict=False):
            summed[unit] = summed.get(unit, 0) + counts[pk]
            parents[unit] = above
    return summed, parents


def _children(parents: Mapping[int, int | None], summed: Mapping[int, int], chosen: int) -> list[int]:
    level = [pk for pk in summed if parents[pk] == (chosen or None)]
    while not chosen and len(level) == 1:  # one company above all: its parts tell more
        beneath = [pk for pk in summed if parents[pk] == level[0]]
        if not beneath:
            break
        level = beneath
    return level


def _counts(values: Ints) -> dict[int, int]:
    found, counts = np.unique(values[values > 0], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _counted(values: Ints, words: list[str], chosen: str) -> list[Option]:
    counts = {words[number - 1]: n for number, n in _counts(values).items()}
    return _most(
        [Option(word, counts.get(word, 0), is_on=word == chosen) for word in words if counts.get(word) or word == chosen]
    )


def _most(options: list[Option]) -> list[Option]:
    return sorted(options, key=lambda option: (not option.is_on, -option.count, str(option.word), str(option.value)))[:OPTIONS]
