"""Which topics somebody follows, and what they do not want to hear of: told by the room above that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from traff.ground.accounts.models import Person

Some = list[int] | None


@dataclass(frozen=True)
class Followed:
    """Ids."""

    topics: frozenset[int] = field(default_factory=frozenset)
    without_groups: frozenset[int] = field(default_factory=frozenset)
    without_topics: frozenset[int] = field(default_factory=frozenset)
    without_people: frozenset[int] = field(default_factory=frozenset)

    def as_lists(self) -> "tuple[Some, Some, Some, Some]":
        """In this order, None for what holds nothing: as a query that is put together once takes them."""
        topics, groups = list(self.topics) or None, list(self.without_groups) or None
        return topics, groups, list(self.without_topics) or None, list(self.without_people) or None


Telling = Callable[[Person], Followed]
_tellers: list[Telling] = []


def told_by(telling: Telling) -> None:
    """Called from the `AppConfig.ready()` of whoever keeps follows and mutes."""
    _tellers[:] = [telling]


def followed_by(person: Person) -> Followed:
    return _tellers[0](person) if _tellers else Followed()
