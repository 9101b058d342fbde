"""Openings as hits of a search: those that stand, for whom openings are there."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit
from traff.sharing.openings.models import Opening
from traff.sharing.openings.switch import is_shown_to
from traff.sharing.openings.wording import extent_in_words, where_in_words


def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
    if not is_shown_to(reader):
        return {}
    standing = Opening.objects.visible_to(reader).standing(timezone.localdate()).select_related("place", "group")
    openings = standing.in_bulk([hit.entry.subject_id for hit in hits])
    return {
        pk: {
            "url": openings[pk].get_absolute_url(),
            "title": hit.title,
            "text": hit.sentence,
            "language": hit.entry.language,
            "facts": [fact for fact in (extent_in_words(openings[pk]), where_in_words(openings[pk])) if fact],
        }
        for hit in hits
        if (pk := hit.entry.subject_id) in openings
    }
