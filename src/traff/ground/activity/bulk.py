"""The bulk form of `record`: history brought in. Events are backdated and marked; nobody is notified."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from traff.ground.access.models import Audience
from traff.ground.activity.listeners import tell_batch
from traff.ground.activity.models import Event
from traff.ground.core.copying import copy_rows, take_ids

IMPORTED = "history.imported"  # told once at the end of an import that brought in something, over all its events
FIELDS = ("id", "actor", "verb", "subject_kind", "subject_id", "audience", "is_open", "at", "is_imported")


class Past(NamedTuple):
    """One deed of the past."""

    actor_id: int | None
    kind: str
    subject_id: int
    audience: Audience
    at: datetime


def record_many(verb: str, deeds: Sequence[Past]) -> None:
    """Leave one Event a deed, and one job for the whole batch, in the running transaction."""
    if not deeds:
        return
    ids = take_ids(Event, len(deeds))
    rows = (
        (pk, deed.actor_id, verb, deed.kind, deed.subject_id, deed.audience.pk, deed.audience.is_open, deed.at, True)
        for pk, deed in zip(ids, deeds, strict=True)
    )
    copy_rows(Event, FIELDS, rows)
    tell_batch(verb, first=ids[0], last=ids[-1])
