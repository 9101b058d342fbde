"""Who listens to what: verbs → procrastinate tasks, registered by upper rooms in `ready()`.

The queue is the outbox: jobs are written in the deed's own transaction, so a deed and its consequences stand or fall
together. A listener gets the event's id, is idempotent, and locks per subject.
"""

from collections import defaultdict
from typing import Any

_listeners: dict[str, list[Any]] = defaultdict(list)


def listen(verb: str, task: Any) -> None:
    """Queue `task(event_id=…)` for every event of this verb."""
    if task not in _listeners[verb]:
        _listeners[verb].append(task)


def tell(event_id: int, verb: str) -> None:
    """One job a listener."""
    for task in _listeners[verb]:
        task.defer(event_id=event_id)
