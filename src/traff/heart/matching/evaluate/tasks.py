"""The three questions put to the product: who will answer, has somebody been here, which answer fits."""

from collections.abc import Collection
from functools import cache
from typing import Any

from traff.ground.accounts.models import Person
from traff.ground.search.searching import search
from traff.heart.matching.evaluate.loading import names_of
from traff.heart.matching.evaluate.ranking import DEEP, Ranking, by_rank
from traff.heart.matching.evaluate.reading import moment
from traff.heart.matching.similar import similar
from traff.heart.matching.who import who

ITEMS = {"experts": "", "related": "topic", "answers": "answer"}  # what is ranked, as `loading` names it


def experts(query: dict[str, Any]) -> Ranking:
    """People by how likely they are to answer this title and first message. The candidates' ids come with the query."""
    found = who(
        _asker(query.get("asker")),
        query.get("text") or "",
        title=query.get("title") or "",
        circle=_streams().get(query.get("stream") or "", 0),  # a stream of which nothing was heard yet
        before=moment(query["ts"]),
        candidates=_people(tuple(query["candidates"])) if query.get("candidates") is not None else None,
        limit=DEEP,
        explain=False,
    )
    return by_rank([knower.person.handle for knower in found])


def related(query: dict[str, Any]) -> Ranking:
    """Threads begun before the query's; nothing written at its time or later is looked at."""
    found = similar(
        _asker(query.get("asker")),
        query.get("text") or "",
        title=query.get("title") or "",
        circle=_streams().get(query.get("stream") or ""),
        before=moment(query["ts"]),
        limit=DEEP + 1,
    )
    topics = [_names("topic")[related.entry.subject_id] for related in found]
    return by_rank([topic for topic in topics if topic != query.get("topic_id")][:DEEP])


def answers(query: dict[str, Any]) -> Ranking:
    """Answers as the search page orders them."""
    results = search(_asker(None), query["text"], size=DEEP * 3)
    return by_rank([_names("answer")[hit.entry.subject_id] for hit in results.hits])


def _asker(handle: str | None) -> Person:
    """The asker, or a colleague who has written nothing."""
    known = _by_handle().get(handle or "")
    return known or Person.objects.get_or_create(handle="asker", defaults={"name": "Asker", "password": "!"})[0]


def forget() -> None:
    """What was read of one material, before another is asked."""
    for kept in (_by_handle, _people, _streams, _names):
        kept.cache_clear()


@cache
def _by_handle() -> dict[str, Person]:
    return {person.handle: person for person in Person.objects.all()}


@cache
def _people(handles: tuple[str, ...]) -> Collection[int]:
    known = _by_handle()
    return {known[handle].pk for handle in handles if handle in known}


@cache
def _streams() -> dict[str, int]:
    return {name: number for number, name in names_of("stream").items()}


@cache
def _names(what: str) -> dict[int, str]:
    return names_of(what)
