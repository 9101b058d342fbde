"""The heart's section of the weekly mail: träffar that the person has neither met on home nor in an earlier mail."""

from typing import Any

from django.template.loader import render_to_string

from traff.ground.accounts.models import Moment, Person
from traff.ground.core.markup import to_text
from traff.heart.matching.meetings import Meeting, meetings
from traff.heart.matching.suggest import FOR_QUESTIONS, SHOWN, found_of, is_due, look_for, mark_as_shown, standing


def section(context: dict[str, Any]) -> str:
    """`digest.section`: one to three, each with its reason; "" when there is nothing new."""
    if "meetings" not in context["found"]:  # the mail asks twice, for text and for HTML
        context["found"]["meetings"] = [_line(it) for it in unmet(context["person"], is_sent=context["is_sent"])]
    lines = context["found"]["meetings"]
    ending = "txt" if context["plain"] else "html"
    return render_to_string(f"matching/mail/traffar.{ending}", {**context, "lines": lines}) if lines else ""


def unmet(person: Person, *, is_sent: bool) -> list[Meeting]:
    """As home would choose them, from what was never shown; marked as shown when the mail goes.

    Nothing closed leaves by mail: neither work from a closed circle, nor what was found for a question asked in one, nor
    the words and drafts that listen.
    """
    if person.is_guest:
        return []
    if is_due(person):
        look_for(person)
    rows = [row for row in standing(person) if row.shown_at is None and row.listening_id is None]
    rows = [row for row in rows if row.entry.is_open and (not row.about or row.about.is_open)]
    mine = [row for row in rows if row.moment == Moment.REUSE][:FOR_QUESTIONS]
    theirs = {row.person_id for row in mine}
    chosen = [*mine, *(row for row in rows if row.moment == Moment.STRANGER and row.person_id not in theirs)][:SHOWN]
    if is_sent:
        mark_as_shown(person, chosen)
    return meetings([found_of(person, row) for row in chosen], person)


def _line(meeting: Meeting) -> dict[str, Any]:
    face = meeting.face
    place = " · ".join(part for part in (face.unit, face.place) if part)
    return {
        "name": face.name,
        "about": ", ".join(part for part in (face.title, place) if part),
        "title": meeting.post["title"],
        "url": meeting.post["url"],
        "language": meeting.post["language"],
        "sentence": " ".join(to_text(meeting.sentence).split()),
        "reason": f"{meeting.lead} {', '.join(meeting.reasons)}",
    }
