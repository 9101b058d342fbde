"""A conversation as one of its people reads it: lines with their days, the newest last, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.activity.undo import seconds_left
from traff.ground.core.markup import shown
from traff.ground.files.models import File
from traff.sharing.conversations.cards import Card, cards_of
from traff.sharing.conversations.models import Conversation, Line, Message, Part
from traff.sharing.conversations.reasons import in_my_language

SIZE = 50
IN_ONE_BREATH = timedelta(minutes=5)


@dataclass(frozen=True)
class Said:
    """One line. `day` stands where a new day begins, `is_new` at the first one not yet read."""

    id: int
    line: str
    author: Face
    is_mine: bool
    at: datetime
    body: SafeString | str
    language: str
    path: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    meeting: Card | None = None
    day: date | None = None
    is_new: bool = False
    follows: bool = False  # its author's line before it was a moment ago
    undo_seconds: int = 0

    @property
    def is_quiet(self) -> bool:
        return self.line not in {Line.WORDS, Line.MEETING}


def lines_of(conversation: Conversation, reader: Person, *, before: int = 0, after: int | None = None) -> tuple[list[Said], int]:
    """The newest lines (before one of them, or those after one), and the id before which earlier ones stand; 0 for none."""
    found = Message.objects.visible_to(reader).filter(conversation=conversation).newest_first()
    if after is not None:
        return said_by(list(reversed(found.after(after)[:SIZE])), reader), 0
    lines = list((found.before(before) if before else found)[: SIZE + 1])
    shown_lines = lines[:SIZE][::-1]
    earlier = shown_lines[0].pk if len(lines) > SIZE else 0
    return said_by(shown_lines, reader, read_at=_read_at(conversation, reader)), earlier


def said_by(messages: Sequence[Message], reader: Person, *, read_at: datetime | None = None) -> list[Said]:
    if not messages:
        return []
    faces = faces_of(message.author for message in messages)
    files, cards = _files(messages, reader), cards_of(messages, reader)
    lines: list[Said] = []
    before: Message | None = None
    is_read = True
    for message in messages:
        day = timezone.localtime(message.at).date()
        is_new_day = before is None or timezone.localtime(before.at).date() != day
        is_new = is_read and read_at is not None and message.at > read_at and message.author_id != reader.pk
        is_read = is_read and not is_new
        lines.append(
            Said(
                id=message.pk,
                line=message.line,
                author=faces[message.author_id],
                is_mine=message.author_id == reader.pk,
                at=message.at,
                body=shown(message.body) if message.line != Line.REASON else in_my_language(message.body),
                language=message.language if message.line == Line.WORDS else "",
                path=message.path,
                files=files.get(message.pk, []),
                meeting=cards.get(message.pk) or cards.get(message.about_id or 0),
                day=day if is_new_day else None,
                is_new=is_new,
                follows=not is_new_day and not is_new and _in_one_breath(before, message),
                undo_seconds=seconds_left(message.at) if message.author_id == reader.pk and message.line == Line.WORDS else 0,
            )
        )
        before = message
    return lines


def _in_one_breath(before: Message | None, message: Message) -> bool:
    if before is None or before.author_id != message.author_id or before.line != Line.WORDS or message.line != Line.WORDS:
        return False
    return message.at - before.at < IN_ONE_BREATH


def _files(messages: Sequence[Message], reader: Person) -> dict[int, list[dict[str, Any]]]:
    by_message: dict[int, list[dict[str, Any]]] = {}
    if not messages:
        return by_message
    for file in File.objects.visible_to(reader).attached_to("message", [message.pk for message in messages]):
        described = {"name": file.name, "url": file.get_absolute_url(), "is_picture": file.is_picture, "alt": file.alt}
        by_message.setdefault(file.subject_id, []).append({**described, "size": filesizeformat(file.blob.size)})
    return by_message


def _read_at(conversation: Conversation, reader: Person) -> datetime | None:
    part = Part.objects.of(reader).filter(conversation=conversation).first()
    return part.read_at if part else None


@dataclass(frozen=True)
class Talk:
    """A conversation in the list: with whom, its last line, whether there is something new."""

    id: int
    url: str
    names: str
    faces: list[Face]
    at: datetime
    excerpt: str
    is_mine: bool
    is_unread: bool


def others_in(conversations: Iterable[int], reader: Person) -> dict[int, list[Person]]:
    """Whom one talks with, by conversation; where everybody else has left, those who did."""
    here: dict[int, list[Person]] = {}
    gone: dict[int, list[Person]] = {}
    parts = Part.objects.filter(conversation__in=list(conversations)).exclude(person=reader).select_related("person")
    for part in parts.order_by("id"):
        (gone if part.left_at else here).setdefault(part.conversation_id, []).append(part.person)
    return {pk: here.get(pk) or gone[pk] for pk in here.keys() | gone.keys()}


def names_of(people: Sequence[Person]) -> str:
    """Of one the whole name, of several what one calls them."""
    if len(people) == 1:
        return people[0].name
    names = [person.get_short_name() for person in people]
    if len(names) > 4:
        return _("%(names)s and %(count)d more") % {"names": ", ".join(names[:3]), "count": len(names) - 3}
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]} if names else ""


QUIET = (Line.LEFT, Line.CHOSEN, Line.CALLED_OFF)


def beginning_of(message: Message | None, *, is_mine: bool = False) -> str:
    """One line of it, in the language of the page where it is not somebody's words."""
    if message is None:
        return ""
    if message.line in QUIET:
        return _done(Line(message.line), message.author.get_short_name(), is_mine=is_mine)
    if message.line == Line.MEETING:
        return _("Fifteen minutes? %(about)s") % {"about": message}
    return (in_my_language(message.body) if message.line == Line.REASON else str(message)) or _("A file")


def _done(line: Line, name: str, *, is_mine: bool) -> str:
    if is_mine:
        return {Line.CHOSEN: _("You chose a time"), Line.CALLED_OFF: _("You called off the meeting")}.get(line, "")
    told = {
        Line.LEFT: _("%(name)s left the conversation"),
        Line.CHOSEN: _("%(name)s chose a time"),
        Line.CALLED_OFF: _("%(name)s called off the meeting"),
    }
    return told[line] % {"name": name}


def own_url(pk: int) -> str:
    return f"{reverse('conversation', args=[pk])}#end"
