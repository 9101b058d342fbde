"""Proposals of a meeting as they stand in a conversation, each to its reader in their own time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.organisation.models import zones_of
from traff.sharing.conversations.clock import said_to_both
from traff.sharing.conversations.models import Line, Meeting, Message
from traff.sharing.conversations.models.meeting import LENGTH, WEEK


@dataclass(frozen=True)
class Time:
    at: str  # ISO 8601, for the form
    words: str
    is_over: bool


@dataclass(frozen=True)
class Card:
    """`state`: asked (the reader may choose) · waiting (for the other) · agreed · over · passed · replaced · off."""

    id: int
    url: str
    state: str
    asked: Person
    other: Person
    times: list[Time]
    chosen: str
    place: str
    link: str
    is_ahead: bool
    asks_worth: bool
    calendar_url: str


def cards_of(messages: Sequence[Message], reader: Person) -> dict[int, Card]:
    """By the message that proposes it: of proposals among these, and of those that quiet lines among them answer."""
    ids = {message.about_id or message.pk for message in messages if message.line == Line.MEETING or message.about_id}
    if not ids:
        return {}
    found = Meeting.objects.visible_to(reader).filter(pk__in=ids).select_related("asked", "message__author")
    asks = _asking(ids, reader) if any(meeting.is_agreed and not meeting.is_ahead for meeting in found) else set()
    zones = zones_of({reader.pk, *(meeting.other_than(reader).pk for meeting in found)})
    return {meeting.pk: card_of(meeting, reader, zones, asks_worth=meeting.pk in asks) for meeting in found}


def _asking(ids: set[int], reader: Person) -> set[int]:
    """Of these, whether they were worth it is asked of the reader now."""
    now = timezone.now()
    over = Meeting.objects.visible_to(reader).to_be_asked_about(reader, since=now - WEEK, until=now - LENGTH)
    return set(over.filter(pk__in=ids).values_list("pk", flat=True))


def card_of(meeting: Meeting, reader: Person, zones: dict[int, ZoneInfo], *, asks_worth: bool) -> Card:
    other = meeting.other_than(reader)
    mine, theirs = zones[reader.pk], zones[other.pk]

    def words(at: datetime) -> str:
        return said_to_both(at, mine, theirs, other.get_short_name())

    now = datetime.now(mine)
    return Card(
        id=meeting.pk,
        url=f"{reverse('conversation', args=[meeting.message.conversation_id])}#message-{meeting.pk}",
        state=state_of(meeting, reader),
        asked=meeting.asked,
        other=other,
        times=[Time(at.isoformat(), words(at), at <= now) for at in meeting.times],
        chosen=words(meeting.starts_at) if meeting.starts_at else "",
        place=meeting.place,
        link=meeting.link,
        is_ahead=meeting.is_ahead,
        asks_worth=asks_worth,
        calendar_url=meeting.calendar_url,
    )


def state_of(meeting: Meeting, reader: Person) -> str:
    """What the reader is told of it: that it was let pass, who let it pass alone; to the other it simply grew old."""
    is_asked = meeting.asked_id == reader.pk
    if meeting.called_off_at:
        return "off"
    if meeting.starts_at:
        return "agreed"
    if meeting.replaced_at:
        return "replaced"
    if meeting.passed_at and is_asked:
        return "passed"
    if all(at <= datetime.now(at.tzinfo) for at in meeting.times):
        return "over"
    return "asked" if is_asked else "waiting"
