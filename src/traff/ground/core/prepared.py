"""Queries that are put together once: `@prepared` over a function that gives a QuerySet.

Django puts a query together anew each time it is asked: more Python than everything else on a page of ours. Most of our
queries are the same but for a few values, so the statement is kept, with a note of where each value of the arguments goes:

    @prepared
    def following(person: Person, post_id: int) -> QuerySet[Follow]:
        return Follow.objects.filter(person=person, post_id=post_id)

    following(me, 12)  # a QuerySet to go through; filter it further inside the function, not here

What may vary: numbers, texts, times, lists of ids (`field__any=ids`), models in hand (by primary key), and what `teach`
says of a class. None, booleans, enums and classes belong to the shape: a statement of its own; all else is refused. The function
is called with stand-ins, twice; if the two statements differ in more than the stand-ins, it looked into them, or at a clock:
`Unpreparable`. (A day is the same both times: give it.)
In tests (settings.PREPARED_IS_CHECKED) every call is also put together the ordinary way, and must come out the same.
"""

import logging
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Count, Model, QuerySet, Value
from django.http import Http404
from django.utils.translation import get_language

P = ParamSpec("P")
Q = TypeVar("Q", bound="QuerySet[Any, Any]")
T = TypeVar("T")
Get = Callable[[Any], Any]


class Unpreparable(TypeError):
    """The function does not give the same statement for all values; the message says of which function."""


@dataclass(frozen=True)
class Lesson:
    """How values of a class go into queries: what of them decides the statement, and what only fills it."""

    shape: Callable[[Any], Hashable]
    parts: tuple[Get, ...]
    stand_in: Callable[[Any, Callable[[], int]], Any]  # of a value, with fresh numbers in the place of its parts


_lessons: dict[type, Lesson] = {}
_numbers = count(1_900_000_000)  # within a column's reach, beyond its use


def teach(kind: type, lesson: Lesson) -> None:
    _lessons[kind] = lesson


def _row_in_hand(row: Model, number: Callable[[], int]) -> Model:
    """Knows its key alone: what else is asked of it would be read from the database, where it is not."""
    return type(row).from_db(None, [row._meta.pk.attname], [number()])


_ITSELF: tuple[Get, ...] = (lambda value: value,)
_PLAIN: dict[type, Lesson] = {
    int: Lesson(lambda _: int, _ITSELF, lambda _, number: number()),
    str: Lesson(lambda _: str, _ITSELF, lambda _, number: f"stand-in-{number()}"),
    datetime: Lesson(lambda _: datetime, _ITSELF, lambda _, number: datetime.fromtimestamp(number(), UTC)),
    date: Lesson(lambda _: date, _ITSELF, lambda _, number: date.fromordinal(number() % 100_000 + 600_000)),
    list: Lesson(lambda _: list, _ITSELF, lambda _, number: [number()]),
}
_MODEL = Lesson(type, (lambda row: row.pk,), _row_in_hand)
_SHAPE_ALONE = Lesson(lambda value: value, (), lambda value, _: value)


def _lesson(value: Any) -> Lesson:
    known = _lessons.get(value.__class__) or _PLAIN.get(type(value))  # request.user says its class, and is a wrapper
    if known:
        return known
    if isinstance(value, Model):
        return _MODEL
    if value is None or isinstance(value, bool | Enum | type):
        return _SHAPE_ALONE
    raise Unpreparable(f"{type(value).__name__} cannot be given to a prepared query: give what it holds")


@dataclass(frozen=True)
class Plan:
    """A statement with its values; `filled` says which of them come from which argument."""

    queryset: "QuerySet[Any]"
    compiler: Any
    statement: str
    values: tuple[Any, ...]
    filled: tuple[tuple[int, int, Get, type], ...]
    converters: Any  # of the columns, which are always the same

    @property
    def told(self) -> tuple[Any, ...]:
        """To compare by: values may be wrapped, and wrappers do not compare."""
        return self.statement, repr(self.values), self.filled

    def bind(self, given: tuple[Any, ...]) -> "QuerySet[Any]":
        values, known = list(self.values), {}
        for place, argument, get, wrapped in self.filled:
            if (argument, get) not in known:
                known[argument, get] = get(given[argument])
            value = known[argument, get]
            values[place] = value if type(value) is wrapped else wrapped(value)
        told = (self.statement, tuple(values))
        mine = {"connection": connections[self.queryset.db], "as_sql": lambda *_, **__: told}
        compiler = _twin(self.compiler, **mine, get_converters=lambda _: self.converters)
        query = _twin(self.queryset.query, get_compiler=lambda *_, **__: compiler, chain=_refuse, clone=_refuse)
        bound: QuerySet[Any] = _twin(self.queryset, _query=query, _result_cache=None)
        return bound


def _twin(thing: Any, **differences: Any) -> Any:
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    twin.__dict__.update(differences)
    return twin


def _refuse(*_: Any, **__: Any) -> Any:
    raise Unpreparable("A prepared query cannot be changed any more: filter, order and cut it inside its function")


class prepared(Generic[P, Q]):  # noqa: N801 (a decorator)
    def __init__(self, build: Callable[P, Q]) -> None:
        self.build, self.__doc__, self.__name__ = build, build.__doc__, getattr(build, "__qualname__", "")
        self._plans: dict[Hashable, Plan | None] = {}

    def __call__(self, *given: P.args, **named: P.kwargs) -> Q:
        if named:
            raise Unpreparable(f"{self.__name__}: arguments by place only")
        lessons = [_lesson(value) for value in given]
        shape = (get_language(), *(lesson.shape(value) for lesson, value in zip(lessons, given, strict=True)))
        if shape not in self._plans:
            self._plans[shape] = self._plan(lessons, given)
        plan = self._plans[shape]
        if plan is None:  # nothing can come out: nothing is asked
            return self.build(*given, **named)
        bound: Any = plan.bind(given)
        if settings.PREPARED_IS_CHECKED:
            self._check(bound, self.build(*given, **named))
        return bound

    def _plan(self, lessons: list[Lesson], given: tuple[Any, ...]) -> Plan | None:
        with suppress(EmptyResultSet):
            one, other = self._trace(lessons, given), self._trace(lessons, given)
            if one.told == other.told:
                return one
            trouble = f"{self.__name__} looks into its arguments, or at the clock: give it what the statement needs"
            if settings.PREPARED_IS_CHECKED:
                raise Unpreparable(f"{trouble}\n{one.told}\n{other.told}")
            logging.getLogger("traff").error(trouble)  # and ask as Django would: slower, and right
        return None

    def _trace(self, lessons: list[Lesson], given: tuple[Any, ...]) -> Plan:
        """One time with stand-ins; a value of the statement that is a part of one comes from there ever after."""
        stands: list[Any] = [lesson.stand_in(value, lambda: next(_numbers)) for lesson, value in zip(lessons, given, strict=True)]
        queryset: Any = self.build(*stands)  # type: ignore[call-arg]
        if queryset._known_related_objects:
            raise Unpreparable(f"{self.__name__} goes through a relation of its argument: filter by it instead")
        compiler = queryset.query.get_compiler(queryset.db)
        statement, values = compiler.as_sql()
        values = list(values)
        filled = []
        for place, value in enumerate(values):
            for argument, (lesson, stand) in enumerate(zip(lessons, stands, strict=True)):
                for get in lesson.parts:
                    if isinstance(value, type(part := get(stand))) and value == part:
                        filled.append((place, argument, get, type(value)))  # Django wraps some numbers, to give their width
                        values[place] = None
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.connection = None  # each asks through that of its own thread
        return Plan(queryset, compiler, statement, tuple(values), tuple(filled), converters)

    def _check(self, bound: Any, ordinary: Any) -> None:
        mine = bound.query.get_compiler(bound.db).as_sql()
        theirs = ordinary.query.get_compiler(ordinary.db).as_sql()
        if (mine[0], repr(list(mine[1]))) != (theirs[0], repr(list(theirs[1]))):
            raise Unpreparable(f"{self.__name__} asks something else of these values:\n{mine}\n{theirs}")


def counted(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, tuple[int]]":
    """Inside a function: how many, as the one row of a query."""
    return rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values_list("n")


def first(rows: "QuerySet[Any, T]") -> T | None:
    """Of a query that is cut to one row inside its function."""
    return next(iter(rows), None)


def first_or_404(rows: "QuerySet[Any, T]") -> T:
    """The row, or the answer that there is no such page."""
    if (row := first(rows)) is None:
        raise Http404
    return row
