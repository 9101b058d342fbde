"""What a conversation's page shows around its lines."""

from typing import Any

from django.shortcuts import get_object_or_404

from traff.community.people.faces import faces_of, own_face
from traff.ground.accounts.models import Person
from traff.sharing.conversations.choosing import may_write
from traff.sharing.conversations.models import Conversation
from traff.sharing.conversations.shown import lines_of, names_of, others_in


def talk_with(reader: Person, pk: int) -> Conversation:
    """The conversation, for those who are in it; unknown and not for this reader are the same. Raises Http404."""
    found: Conversation = get_object_or_404(Conversation.objects.visible_to(reader).select_related("audience"), pk=pk)
    return found


def page_of(conversation: Conversation, reader: Person, *, before: int = 0) -> dict[str, Any]:
    others = others_in([conversation.pk], reader).get(conversation.pk, [])
    lines, earlier = lines_of(conversation, reader, before=before)
    only = others[0] if len(others) == 1 else None
    closed = conversation.why_closed_to(reader)
    return {
        "conversation": conversation,
        "names": names_of(others),
        "faces": list(faces_of(others).values()),
        "others": others,
        "lines": lines,
        "last_id": lines[-1].id if lines else 0,
        "earlier": earlier,
        "is_past": bool(before),
        "is_group": len(others) > 1,
        "closed": closed,
        "meets": only if only and not closed and may_write(reader, only) else None,
        "me": own_face(reader),
    }


def number(text: str | None) -> int:
    """An id as an address carries it; 0 for none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
