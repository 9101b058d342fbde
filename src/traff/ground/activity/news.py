"""What an Event says, and to whom. The room that owns a deed registers it; whoever delivers (bell, mail, push) asks here.

    news.register("reply.written", hear=whom_a_reply_concerns, say=say_reply)      # in the owner's AppConfig.ready()

`hear` gives the ids of the people it concerns, without its actor. `say` gives what one of them is told, read with that person's
own eyes (`visible_to`), in their language, at the time of telling; None when there is nothing to tell any more. `say_many`
says it of many events at once, so that a page of them asks the database a fixed number of times.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traff.ground.accounts.models import Person
from traff.ground.activity.listeners import listen
from traff.ground.activity.models import Event


@dataclass(frozen=True)
class News:
    text: str  # one sentence, plain: "Maja Ek answered your question “Corrosion in salt water”"
    url: str  # where it is read, a path of this site
    thread: str  # what is bundled into one notice: "post/12", "conversation/3"
    icon: str = "bell"  # a name of core.icons
    outside: str = ""  # what may be mailed of a closed thing: it names nothing that only its circle knows


@dataclass(frozen=True)
class Sort:
    """What people choose to hear of; several deeds can be of one sort."""

    key: str
    word: str | Promise = field(compare=False)  # on the page where one chooses
    at_once: bool = False  # mailed at once unless one chooses otherwise: for what waits for an answer


OTHER = Sort("other", _("Other things that concern you"))
Hear = Callable[[Event], Iterable[int]]
Say = Callable[[Event, Person], News | None]
SayMany = Callable[[Sequence[Event], Person], Mapping[int, News]]  # by the event's id; what is not to be told is left out


@dataclass(frozen=True)
class Teller:
    hear: Hear
    say_many: SayMany
    sort: Sort


_tellers: dict[str, Teller] = {}
_deliverers: list[Any] = []
_endings: set[str] = set()
_recallers: list[Any] = []


def register(verb: str, *, hear: Hear, say: Say | None = None, say_many: SayMany | None = None, sort: Sort = OTHER) -> None:
    """Say whom a deed concerns, what it tells them, and of what sort it is."""
    if (say is None) == (say_many is None):
        raise ValueError(f"{verb} is said either one by one or many at once")
    _tellers[verb] = Teller(hear, say_many or _one_by_one(say), sort)  # type: ignore[arg-type]  # one of the two stands
    for task in _deliverers:
        listen(verb, task)


def deliver_by(task: Any) -> None:
    """Queue `task(event_id=…)` for every deed that concerns somebody, also for those that are registered later."""
    if task not in _deliverers:
        _deliverers.append(task)
    for verb in _tellers:
        listen(verb, task)


def register_end(verb: str) -> None:
    """A deed that takes its subject away: what was told of it is told no more."""
    _endings.add(verb)
    for task in _recallers:
        listen(verb, task)


def recall_by(task: Any) -> None:
    """Queue `task(event_id=…)` for every such deed."""
    if task not in _recallers:
        _recallers.append(task)
    for verb in _endings:
        listen(verb, task)


def verbs() -> list[str]:
    """The deeds that concern somebody."""
    return sorted(_tellers)


def sorts() -> list[Sort]:
    """What can be chosen among, in the order of registration; what has no sort of its own comes last."""
    found = dict.fromkeys(teller.sort for teller in _tellers.values())
    return [sort for sort in found if sort != OTHER] + [OTHER] * (OTHER in found)


def sort_of(verb: str) -> Sort:
    teller = _tellers.get(verb)
    return teller.sort if teller else OTHER


def concerned(event: Event) -> set[int]:
    """Ids of the people whom this event concerns, never its actor."""
    teller = _tellers.get(event.verb)
    return set(teller.hear(event)) - {event.actor_id} if teller else set()


def said(event: Event, person: Person) -> News | None:
    """What this person is told of it now; None when there is nothing to tell (any more)."""
    return said_of([event], person).get(event.pk)


def said_of(events: Iterable[Event], person: Person) -> dict[int, News]:
    """The same of many, by the event's id; those of one teller are asked about together."""
    together: dict[SayMany, list[Event]] = defaultdict(list)
    for event in events:
        if teller := _tellers.get(event.verb):
            together[teller.say_many].append(event)
    return {pk: told for say_many, some in together.items() for pk, told in say_many(some, person).items()}


def _one_by_one(say: Say) -> SayMany:
    def say_many(events: Sequence[Event], person: Person) -> dict[int, News]:
        return {event.pk: told for event in events if (told := say(event, person)) is not None}

    return say_many
