"""From a question to a conversation, when the asker has stepped forward."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.sharing.conversations.models import Conversation
from traff.sharing.openings.models import Ask, Opening

REASON = gettext_lazy("because of the opening “%(title)s”")


def conversation_about(ask: Ask, *, by: Person) -> Conversation | Opening:
    """Where the two go on; where they cannot be brought together, back to the opening."""
    opening, owner = ask.opening, ask.opening.owner
    if owner is None:
        return opening
    reason = str(REASON) % {"title": opening}
    try:
        return Conversation.between(by, [owner], reason=reason, path=opening.get_absolute_url())
    except PermissionDenied:
        return opening
