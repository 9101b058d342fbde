"""The forms of the verbs for imports: backdated Events marked imported, and nobody is told."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from traff.community.topics.models import HASHTAG, Topic
from traff.ground.activity.bulk import Past, record_many
from traff.ground.search import findable
from traff.sharing.openings.findable import draft_of_opening
from traff.sharing.openings.models import Opening

AT_ONCE = 500  # rows a statement
TAKEN = [*Opening.FIELDS, "language", "link", "closed_at"]


class Brought(NamedTuple):
    """One opening as its register tells it: a new one, or one whose row has changed."""

    opening: Opening
    said: Mapping[str, Any]
    topics: Sequence[str]


@transaction.atomic
def bring_in(brought: Sequence[Brought]) -> None:
    """Any number in a few queries."""
    openings = [one.opening for one in brought]
    for opening, said, _topics in brought:
        had_lapsed = opening.closes_on is not None and opening.closes_on < timezone.localdate()
        opening.take_words(said)
        opening.is_open = opening.audience.is_open
        if had_lapsed:  # what its owner closed stays closed, whatever the register says
            opening.open_again()
    new = [opening for opening in openings if not opening.pk]
    rows = Opening.objects.unrestricted("as their register says")
    rows.bulk_update([opening for opening in openings if opening.pk], TAKEN, batch_size=AT_ONCE)
    rows.bulk_create(new, batch_size=AT_ONCE)
    _tag(brought)
    prefetch_related_objects(openings, "topics")
    for opening in (opening for opening in openings if draft_of_opening(opening) is None):
        findable.unindex("opening", opening)
    findable.index_many([draft_of_opening(opening) for opening in openings])
    record_many("opening.published", [Past(one.owner_id, "opening", one.pk, one.audience, one.published_at) for one in new])


def _tag(brought: Sequence[Brought]) -> None:
    """With the topics it names and those its words are tagged with; a topic of several is looked up once."""
    named: dict[tuple[str, int], Topic] = {}
    tags = Opening.topics.through
    told = []
    for opening, _said, topics in brought:
        for name in dict.fromkeys([*topics, *HASHTAG.findall(opening.plain_text())]):
            key = (name, opening.audience_id)
            named[key] = named.get(key) or Topic.objects.named(name, seen_in=opening.audience)
            told.append(tags(opening_id=opening.pk, topic_id=named[key].pk))
    tags.objects.filter(opening__in=[one.opening.pk for one in brought]).delete()
    tags.objects.bulk_create(told, batch_size=AT_ONCE, ignore_conflicts=True)


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
