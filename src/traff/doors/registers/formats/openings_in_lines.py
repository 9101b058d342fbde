"""Openings as lines of the open format (`docs/open-format.md`)."""

from urllib.parse import urlsplit

from traff.doors.registers.reading import Record
from traff.doors.registers.rows import OpeningRow
from traff.sharing.openings.models import Extent


def opening(record: Record) -> OpeningRow:
    return OpeningRow(
        where=record.where,
        id=record.id(),
        title=record.text("title", is_needed=True, limit=140),
        building=record.text("building", is_needed=True, limit=4000),
        help_needed=record.text("help_needed", is_needed=True, limit=4000),
        learns=record.text("learns", limit=2000),
        extent=record.choice("extent", tuple(Extent.values)),
        hours=hours(record),
        starts=record.day("starts"),
        ends=record.day("ends"),
        place=record.text("place", limit=120),
        is_remote=record.flag("is_remote", otherwise=False),
        languages=tuple(language[:8] for language in record.texts("languages")),
        topics=record.texts("topics"),
        owner=record.text("owner"),
        contact=record.text("contact"),
        group=record.text("group"),
        closes=record.day("closes"),
        published=record.time("published"),
        link=link(record),
    )


def hours(record: Record) -> int | None:
    said = record.text("hours", limit=4)
    if said and not (said.isascii() and said.isdecimal() and 1 <= int(said) <= 40):
        raise record.rejected("“hours” is no number of hours a week; expected 1 to 40")
    return int(said) if said else None


def link(record: Record) -> str:
    """An address of the web, or none."""
    address = record.text("link", limit=500)
    try:
        is_web = urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).hostname)
    except ValueError:
        is_web = False
    if address and not is_web:
        raise record.rejected("“link” is no address of the web; expected like https://jobs.example/17")
    return address
