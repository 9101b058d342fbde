"""One's conversations, the newest first."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery

from traff.community.people.faces import faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.paging import beyond, cursor_at
from traff.sharing.conversations.models import Message, Part
from traff.sharing.conversations.shown import QUIET, Talk, beginning_of, names_of, others_in, own_url

SIZE = 30


def page_of(reader: Person, before: str = "") -> tuple[list[Talk], str]:
    """A page of them, and the address of the next page; "" for none."""
    latest = Message.objects.visible_to(reader).filter(conversation=OuterRef("conversation_id")).order_by("-id")
    mine = (
        Part.objects.of(reader)
        .exclude(heard_at=None)
        .filter(beyond(before, "heard_at"))
        .annotate(last=Subquery(latest.values("pk")[:1]))
    )
    found: list[Any] = list(mine.order_by("-heard_at", "-id")[: SIZE + 1])
    parts = found[:SIZE]
    messages = Message.objects.visible_to(reader).select_related("author").in_bulk([part.last for part in parts if part.last])
    people = others_in([part.conversation_id for part in parts], reader)
    faces = faces_of(person for others in people.values() for person in others)
    talks = [_talk(part, people.get(part.conversation_id, []), faces, messages.get(part.last), reader) for part in parts]
    last = parts[-1] if len(found) > SIZE else None
    return talks, f"?{urlencode({'before': cursor_at(last.heard_at, last.pk)})}" if last else ""


def _talk(part: Part, people: list[Person], faces: Any, last: Message | None, reader: Person) -> Talk:
    heard_at, is_mine = part.heard_at or part.read_at, last is not None and last.author_id == reader.pk
    return Talk(
        id=part.conversation_id,
        url=own_url(part.conversation_id),
        names=names_of(people),
        faces=[faces[person.pk] for person in people[:3]],
        at=heard_at,
        excerpt=beginning_of(last, is_mine=is_mine),
        is_mine=is_mine and last is not None and last.line not in QUIET,
        is_unread=heard_at > part.read_at,
    )
