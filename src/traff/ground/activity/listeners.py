"""Who listens to what: verbs → procrastinate tasks, registered by upper rooms in `ready()`.

The queue is the outbox: jobs are written in the deed's own transaction, so a deed and its consequences stand or fall
together. A listener gets the event's id, is idempotent, and locks per subject.
"""

from collections import defaultdict
from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

_listeners: dict[str, list[Any]] = defaultdict(list)
_batch_listeners: dict[str, list[Any]] = defaultdict(list)


def listen(verb: str, task: Any) -> None:
    """Queue `task(event_id=…)` for every event of this verb."""
    if task not in _listeners[verb]:
        _listeners[verb].append(task)


def tell(event_id: int, verb: str) -> None:
    """One job a listener."""
    for task in _listeners[verb]:
        task.defer(event_id=event_id)


def listen_to_batches(verb: str, task: Any) -> None:
    """Queue `task(first=…, last=…)` once for every imported batch: the ids of its first and its last event.

    Nobody is notified of what was imported; this is for upkeep (aggregates, ties). Between the two ids other events
    may stand: ask for `is_imported` and the verb.
    """
    if task not in _batch_listeners[verb]:
        _batch_listeners[verb].append(task)


def tell_batch(verb: str, *, first: int, last: int) -> None:
    """One job a listener and batch, never one an event; a listener that is to run already needs no second word."""
    for task in _batch_listeners[verb]:
        with suppress(AlreadyEnqueued), transaction.atomic():
            task.defer(first=first, last=last)
