"""People as hits of a search: those this reader may list, as the parts of the look show them."""

from collections.abc import Sequence
from typing import Any

from traff.community.people.faces import faces_of
from traff.community.people.models import listed_for
from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit


def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
    faces = faces_of(listed_for(reader).filter(pk__in=[hit.entry.subject_id for hit in hits]))
    return {
        pk: {"kind": "person", "url": faces[pk].url, "title": hit.title, "person": faces[pk], "text": hit.sentence}
        for hit in hits
        if (pk := hit.entry.subject_id) in faces
    }
