"""What of one's own file conversations give: one's own lines and meetings, never what others said."""

from collections.abc import Iterator
from typing import Any

from traff.ground.accounts.models import Person
from traff.sharing.conversations.models import Line, Meeting, Message, Worth

OWN = "one's own"


def messages(person: Person) -> Iterator[dict[str, Any]]:
    """What one wrote and proposed; what was withdrawn is gone."""
    said = Message.objects.unrestricted(OWN).filter(author=person, withdrawn_at=None, line__in=(Line.WORDS, Line.MEETING))
    for message in said.order_by("pk").iterator():
        yield {"in": f"/conversations/{message.conversation_id}/", "at": message.at, "body": message.body}


def meetings(person: Person) -> Iterator[dict[str, Any]]:
    proposed = Meeting.objects.unrestricted(OWN).filter(message__author=person, message__withdrawn_at=None)
    for meeting in proposed.order_by("pk").select_related("message").iterator():
        where = {"place": meeting.place, "link": meeting.link, "in": f"/conversations/{meeting.message.conversation_id}/"}
        yield {**where, "proposed": meeting.times, "chosen": meeting.starts_at, "called_off_at": meeting.called_off_at}
    for worth in Worth.objects.of(person).order_by("pk"):
        yield {"was_it_worth_it": worth.answer, "at": worth.at}
