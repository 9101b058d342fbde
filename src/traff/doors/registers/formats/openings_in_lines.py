"""Openings as lines of the open format (`docs/open-format.md`)."""

from traff.doors.registers.reading import Record
from traff.doors.registers.rows import OpeningRow
from traff.sharing.openings.models import Extent


def opening(record: Record) -> OpeningRow:
    return OpeningRow(
        where=record.where,
        id=record.id(),
        title=record.line("title", is_needed=True, limit=140),
        building=record.text("building", is_needed=True, limit=4000),
        help_needed=record.text("help_needed", is_needed=True, limit=4000),
        learns=record.text("learns", limit=2000),
        extent=record.choice("extent", tuple(Extent.values)),
        hours=hours(record),
        starts=record.day("starts"),
        ends=record.day("ends"),
        place=record.line("place", limit=120),
        is_remote=record.flag("is_remote", otherwise=False),
        languages=tuple(language[:8] for language in record.texts("languages")),
        topics=record.texts("topics"),
        owner=record.text("owner"),
        contact=record.text("contact"),
        group=record.text("group"),
        closes=record.day("closes"),
        published=record.time("published"),
        link=record.address("link"),
    )


def hours(record: Record) -> int | None:
    said = record.text("hours", limit=4)
    if said and not (said.isascii() and said.isdecimal() and 1 <= int(said) <= 40):
        raise record.rejected("is no number of hours a week; expected 1 to 40", "hours")
    return int(said) if said else None
