"""Groups as hits of a search: those whose existence this reader may know of."""

from collections.abc import Sequence
from typing import Any

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit


def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
    groups = Group.objects.visible_to(reader).select_related("audience").in_bulk([hit.entry.subject_id for hit in hits])
    return {
        pk: {
            "kind": "group",
            "url": groups[pk].get_absolute_url(),
            "title": hit.title,
            "text": hit.sentence,
            "language": hit.entry.language,
            "is_closed": not groups[pk].audience.is_open,
        }
        for hit in hits
        if (pk := hit.entry.subject_id) in groups
    }
