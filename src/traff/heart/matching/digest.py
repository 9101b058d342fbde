"""The heart's section of the weekly mail: träffar that the person has neither met on home nor in an earlier mail."""

from typing import Any

from traff.ground.accounts.models import Moment, Person
from traff.ground.core.digest import Section, Week
from traff.ground.core.markup import to_text
from traff.heart.matching.meetings import Meeting, meetings
from traff.heart.matching.suggest import FOR_QUESTIONS, SHOWN, found_of, is_due, look_for, mark_as_shown, standing


def section(week: Week) -> Section | None:
    """One to three, each with its reason; none when there is nothing new."""
    lines = [_line(meeting) for meeting in unmet(week.person, is_sent=week.is_sent)]
    return ("matching/mail/traffar", {"lines": lines}) if lines else None


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
