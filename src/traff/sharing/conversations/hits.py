"""Messages as hits of a search, for those who take part in the conversation."""

from collections.abc import Sequence
from typing import Any

from traff.community.people.faces import faces_of
from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit
from traff.sharing.conversations.models import Message


def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
    found = Message.objects.visible_to(reader).filter(pk__in=[hit.entry.subject_id for hit in hits]).select_related("author")
    messages = {message.pk: message for message in found}
    faces = faces_of(message.author for message in messages.values())
    return {
        pk: {
            "kind": "message",
            "url": messages[pk].get_absolute_url(),
            "title": hit.title,
            "text": hit.sentence,
            "language": hit.entry.language,
            "at": hit.at,
            "author": faces[messages[pk].author_id],
        }
        for hit in hits
        if (pk := hit.entry.subject_id) in messages
    }
