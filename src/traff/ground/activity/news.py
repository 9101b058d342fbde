"""What an Event says, and to whom. The room that owns a deed registers it; whoever delivers (bell, mail, push) asks here.

    news.register("reply.written", hear=whom_a_reply_concerns, say=say_reply)      # in the owner's AppConfig.ready()

`hear` gives the ids of the people it concerns, without its actor. `say` gives what one of them is told, read with that person's
own eyes (`visible_to`), in their language, at the time of telling; None when there is nothing to tell any more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event


@dataclass(frozen=True)
class News:
    text: str  # one sentence, plain: "Maja Ek answered your question “Corrosion in salt water”"
    url: str  # where it is read, a path of this site
    thread: str  # what is bundled into one notice: "post/12", "conversation/3"
    icon: str = "bell"  # a name of core.icons


Hear = Callable[[Event], Iterable[int]]
Say = Callable[[Event, Person], News | None]


@dataclass(frozen=True)
class Teller:
    hear: Hear
    say: Say


_tellers: dict[str, Teller] = {}


def register(verb: str, *, hear: Hear, say: Say) -> None:
    """Say whom a deed concerns and what it tells them."""
    _tellers[verb] = Teller(hear, say)


def verbs() -> list[str]:
    """The deeds that concern somebody."""
    return sorted(_tellers)


def concerned(event: Event) -> set[int]:
    """Ids of the people whom this event concerns, never its actor."""
    teller = _tellers.get(event.verb)
    return set(teller.hear(event)) - {event.actor_id} if teller else set()


def said(event: Event, person: Person) -> News | None:
    """What this person is told of it now; None when there is nothing to tell (any more)."""
    teller = _tellers.get(event.verb)
    return teller.say(event, person) if teller else None
