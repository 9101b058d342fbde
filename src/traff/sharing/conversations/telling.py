"""Whom a conversation's deeds concern, and what they are told: never a word of what was said, for it may go by mail."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.sharing.conversations.models import Conversation, Line, Meeting, Message, Part

ICON, CALENDAR = "messages-square", "calendar-clock"
MESSAGES = Sort("messages", gettext_lazy("Messages to you"), at_once=True)
MEETINGS = Sort("meetings", gettext_lazy("Fifteen minutes: proposals and answers"), at_once=True)


def register() -> None:
    news.register("conversation.started", hear=all_in_it, say=say_started, sort=MESSAGES)
    news.register("message.sent", hear=all_in_it, say_many=say_messages, sort=MESSAGES)
    news.register("meeting.proposed", hear=all_in_it, say=say_proposed, sort=MEETINGS)
    news.register("meeting.accepted", hear=all_in_it, say=say_accepted, sort=MEETINGS)
    news.register("meeting.cancelled", hear=all_in_it, say=say_cancelled, sort=MEETINGS)


def all_in_it(event: Event) -> Iterable[int]:
    """Everybody who takes part. What a block keeps from somebody, `say_…` keeps too: it reads with their own eyes."""
    parts = Part.objects.filter(conversation__audience=event.audience_id, left_at=None)
    return list(parts.values_list("person_id", flat=True))


def say_started(event: Event, person: Person) -> News | None:
    """Somebody opened a conversation and said why. Words and proposals that follow are told as such, and then this is not."""
    conversation = Conversation.objects.visible_to(person).filter(pk=event.subject_id).first()
    lines = set(Message.objects.visible_to(person).filter(conversation=event.subject_id).values_list("line", flat=True))
    if conversation is None or not lines or lines & {Line.WORDS, Line.MEETING}:
        return None
    return _told(event, conversation, _("%(name)s started a conversation with you"))


def say_messages(events: Sequence[Event], person: Person) -> dict[int, News]:
    """Nothing of what has been read meanwhile; in two queries, however many there are."""
    visible = Message.objects.visible_to(person).select_related("conversation")
    messages = visible.in_bulk([event.subject_id for event in events])
    parts = Part.objects.of(person).filter(conversation__in={message.conversation_id for message in messages.values()})
    read_at = dict(parts.values_list("conversation_id", "read_at"))
    told: dict[int, News] = {}
    for event in events:
        if (message := messages.get(event.subject_id)) is None:
            continue
        is_new = message.conversation_id in read_at and message.at > read_at[message.conversation_id]
        if is_new and (said := _told(event, message.conversation, _("%(name)s wrote to you"))):
            told[event.pk] = said
    return told


def say_proposed(event: Event, person: Person) -> News | None:
    meeting = _meeting(event, person)
    if meeting is None or not meeting.is_waiting:
        return None
    return _told(event, meeting.message.conversation, _("%(name)s asks for fifteen minutes with you"), CALENDAR)


def say_accepted(event: Event, person: Person) -> News | None:
    meeting = _meeting(event, person)
    if meeting is None or not meeting.is_ahead:
        return None
    return _told(event, meeting.message.conversation, _("%(name)s chose a time for your fifteen minutes"), CALENDAR)


def say_cancelled(event: Event, person: Person) -> News | None:
    meeting = _meeting(event, person)
    if meeting is None:
        return None
    return _told(event, meeting.message.conversation, _("%(name)s called off your fifteen minutes"), CALENDAR)


def _meeting(event: Event, person: Person) -> Meeting | None:
    found: Meeting | None = (
        Meeting.objects.visible_to(person).select_related("message__conversation").filter(pk=event.subject_id).first()
    )
    return found


def _told(event: Event, conversation: Conversation, text: str, icon: str = ICON) -> News | None:
    if event.actor is None:
        return None
    words = text % {"name": event.actor.name}  # the same in a mail: it quotes nothing
    return News(words, conversation.get_absolute_url(), f"conversation/{conversation.pk}", icon, outside=words)
