"""Whom a conversation's deeds concern, and what they are told: never a word of what was said, for it may go by mail."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.activity.news import News
from traff.sharing.conversations.models import Conversation, Meeting, Message, Part

ICON, CALENDAR = "messages-square", "calendar-clock"


def all_in_it(event: Event) -> Iterable[int]:
    """Everybody who takes part. What a block keeps from somebody, `say_…` keeps too: it reads with their own eyes."""
    parts = Part.objects.filter(conversation__audience=event.audience_id, left_at=None)
    return list(parts.values_list("person_id", flat=True))


def say_started(event: Event, person: Person) -> News | None:
    """Somebody opened a conversation and said why; the words that follow are told as words."""
    conversation = Conversation.objects.visible_to(person).filter(pk=event.subject_id).first()
    reached = Message.objects.visible_to(person).filter(conversation=event.subject_id).exists() if conversation else False
    return _told(event, conversation, _("%(name)s started a conversation with you")) if conversation and reached else None


def say_message(event: Event, person: Person) -> News | None:
    """Nothing when it has been read meanwhile."""
    message = Message.objects.visible_to(person).select_related("conversation").filter(pk=event.subject_id).first()
    read = Part.objects.of(person).filter(conversation=message.conversation_id, read_at__gte=message.at) if message else None
    if message is None or (read and read.exists()):
        return None
    return _told(event, message.conversation, _("%(name)s wrote to you"))


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
    return News(text % {"name": event.actor.name}, conversation.get_absolute_url(), f"conversation/{conversation.pk}", icon)
