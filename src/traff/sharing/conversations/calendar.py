"""An entry for a calendar, as RFC 5545 wants it: times in UTC, texts escaped, lines folded at 75 octets."""

from collections.abc import Iterator
from datetime import UTC, datetime

from traff.sharing.conversations.models import Meeting

TYPE = "text/calendar; charset=utf-8"
OCTETS = 75  # a line's most, without its end


def entry_of(meeting: Meeting, *, title: str, text: str, url: str) -> bytes:
    """The meeting as a file that calendars take in. Taken in again it is the same entry, also when it was called off."""
    changed = meeting.called_off_at or meeting.chosen_at or meeting.message.at
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Traff//Traff//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"DTSTAMP:{_utc(changed)}",
        f"DTSTART:{_utc(meeting.starts_at or meeting.times[0])}",
        f"DTEND:{_utc(meeting.ends_at)}",
        f"SEQUENCE:{1 if meeting.called_off_at else 0}",
        f"STATUS:{'CANCELLED' if meeting.called_off_at else 'CONFIRMED'}",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(text)}",
        *([f"LOCATION:{escaped(where)}"] if (where := meeting.place or meeting.link) else []),
        f"URL:{meeting.link or url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line break stand behind a backslash."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "".join(sign for sign in text.replace("\n", "\\n") if sign >= " ")


def folded(line: str) -> Iterator[bytes]:
    """A line in parts of at most 75 octets, RFC 5545, 3.1; none breaks a letter, each but the first begins with a space."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > OCTETS:
            yield part
            part = b" "
        part += octets
    yield part


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
