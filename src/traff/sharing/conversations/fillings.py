"""What conversations put on other pages: writing to somebody, what is new, one question after a meeting, one's own list."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from traff.community.people.faces import face_of
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared
from traff.sharing.conversations.choosing import may_write
from traff.sharing.conversations.models import Meeting, Part
from traff.sharing.conversations.models.meeting import LENGTH, WEEK


def write_to(context: dict[str, Any]) -> str:
    """`person.actions`: write, or ask for fifteen minutes."""
    request, person = context["request"], context["person"]
    if context.get("is_blocked") or not may_write(request.user, person):
        return ""
    return render_to_string("conversations/parts/write_to.html", {"person": person}, request)


def was_it_worth_it(context: dict[str, Any]) -> str:
    """`home.aside`: one question on the latest meeting that is over and not spoken of, for a week."""
    request = context["request"]
    now = timezone.now()
    meeting = first(_over(request.user, now - WEEK, now - LENGTH))
    if meeting is None:
        return ""
    values = {"meeting": meeting, "face": face_of(meeting.other_than(request.user))}
    return render_to_string("conversations/parts/worth.html", values, request)


@prepared
def _over(person: Person, since: datetime, until: datetime) -> QuerySet[Meeting]:
    met: QuerySet[Meeting] = Meeting.objects.visible_to(person).to_be_asked_about(person, since=since, until=until)[:1]
    return met


def mine(context: dict[str, Any]) -> str:
    """`own_data`: that there are conversations, and what is kept of one's part in them."""
    request = context["request"]
    return render_to_string("conversations/parts/mine.html", {"count": Part.objects.of(request.user).count()}, request)
