"""The forms of the verbs for imports: backdated Events marked imported, and nobody is told."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from traff.ground.activity.bulk import Past, record_many
from traff.sharing.openings.models import Opening


@transaction.atomic
def bring_in(opening: Opening, *, said: Mapping[str, Any], topics: Iterable[str]) -> None:
    """A new one, or one whose row has changed."""
    is_new = opening.pk is None
    opening.say(said, topics)
    if is_new:
        record_many("opening.published", [Past(opening.owner_id, "opening", opening.pk, opening.audience, opening.published_at)])


@transaction.atomic
def end_gone(*, standing: Collection[int], known: Collection[int]) -> int:
    """Close those known from one register that no longer stand in it; gives how many."""
    gone = Opening.objects.unrestricted("gone from their register").filter(pk__in=set(known) - set(standing))
    found = gone.filter(closed_at=None, withdrawn_at=None)
    openings = list(found.select_related("audience"))
    for opening in openings:
        opening.end()
    record_many("opening.closed", [Past(None, "opening", one.pk, one.audience, timezone.now()) for one in openings])
    return len(openings)
