"""Reading what others wrote: files of JSON lines, any of which may be broken. Nothing here trusts anything."""

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.utils import timezone

from traff.doors.registers.report import Rejected, Report
from traff.doors.registers.rows import Where

LINE = 16 * 2**20  # bytes; a longer line is no line
TEXT = 1_000_000  # characters of one text
NAME = 200
FIRST = 20  # lines by which a file is recognised
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL's UTF-8 text cannot hold
SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


@dataclass(frozen=True)
class Source:
    """A folder or a file to read from; `shift` moves every time (the demo's anchor becomes today)."""

    path: Path
    report: Report
    shift: timedelta = field(default_factory=timedelta)

    @property
    def folder(self) -> Path:
        return self.path if self.path.is_dir() else self.path.parent

    def find(self, name: str) -> Path | None:
        """`name`.jsonl, plain or gz."""
        return find(self.path, name)

    def records(self, name: str) -> "Iterator[Record]":
        """The records of `name`.jsonl(.gz); none when there is no such file."""
        path = self.find(name)
        return self.records_of(path) if path else iter(())

    def records_of(self, path: Path) -> "Iterator[Record]":
        for where, line in self._lines(path):
            try:
                yield Record(where, _parse(where, line), self.shift)
            except Rejected as rejected:
                self.report.reject(rejected.where, rejected.reason)

    def _lines(self, path: Path) -> Iterator[tuple[Where, bytes]]:
        number = 0
        try:
            with open_bytes(path) as file:
                while line := file.readline(LINE):
                    number += 1
                    if len(line) == LINE and not line.endswith(b"\n"):
                        while (rest := file.readline(LINE)) and not rest.endswith(b"\n"):
                            pass
                        self.report.reject(Where(path.name, number), f"the line is longer than {LINE:,} bytes; split its text")
                    elif line.strip():
                        yield Where(path.name, number), line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        except (OSError, EOFError, zlib.error) as trouble:
            self.report.reject(Where(path.name, number + 1), f"the file cannot be read from here on ({trouble}); fetch it anew")


def find(folder: Path, name: str) -> Path | None:
    if folder.is_file():
        return folder if folder.name in {f"{name}.jsonl", f"{name}.jsonl.gz"} else None
    return next((path for ending in ("", ".gz") if (path := folder / f"{name}.jsonl{ending}").is_file()), None)


def lines_in(path: Path) -> list[Path]:
    """The files of JSON lines in a folder, or the one that `path` is."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and file.name.lower().endswith((".jsonl", ".jsonl.gz"))]


def fields_in(path: Path) -> list[str]:
    """What the first objects of a file of JSON lines call their fields; none when it is no such file."""
    names: dict[str, None] = {}
    try:
        with open_bytes(path) as file:
            for line in filter(bytes.strip, islice(iter(lambda: file.readline(LINE), b""), FIRST)):
                names |= dict.fromkeys(_parse(Where(path.name, 0), line.removeprefix(b"\xef\xbb\xbf")))
    except (OSError, EOFError, zlib.error, Rejected):
        return list(names)
    return list(names)


def open_bytes(path: Path) -> BinaryIO:
    return io.BufferedReader(gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _parse(where: Where, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except UnicodeDecodeError as error:
        raise Rejected(where, f"is not UTF-8 (byte {error.start + 1}); convert the file to UTF-8") from error
    except RecursionError as error:
        raise Rejected(where, "is nested too deeply; one flat JSON object a line is expected") from error
    except ValueError as error:
        raise Rejected(where, f"is not JSON ({error}); one JSON object a line is expected") from error
    if not isinstance(value, dict):
        raise Rejected(where, f"is a JSON {_sort(value)}; one JSON object a line is expected")
    if SUSPECT.search(line):
        value = {UNSTORABLE.sub("", key): _storable(part) for key, part in value.items()}
    return value


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _sort(value: Any) -> str:
    names = {list: "list", dict: "object", str: "text", bool: "true or false", int: "number", float: "number", type(None): "null"}
    return names.get(type(value), "value")


class Record:
    """One JSON object and the questions a format asks of it; each raises Rejected with what to do."""

    __slots__ = ("names", "shift", "values", "where")

    def __init__(
        self, where: Where, values: dict[str, Any], shift: timedelta = timedelta(), *, names: Mapping[str, str] | None = None
    ) -> None:
        self.where, self.values, self.shift = where, values, shift
        self.names = names or {}  # what a field is called where it stood

    def rejected(self, reason: str, name: str = "") -> Rejected:
        """`name`: the field that the reason speaks of."""
        return Rejected(self.where, f"“{self.names.get(name, name)}” {reason}" if name else reason)

    def text(self, name: str, *, is_needed: bool = False, limit: int = NAME) -> str:
        """A text without blanks around it; "" when absent. Numbers are taken for their digits."""
        value = self.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise self.rejected(f"is a {_sort(value)}, not a text", name)
        value = value.strip()
        if is_needed and not value:
            raise self.rejected("is missing", name)
        if len(value) > limit:
            raise self.rejected(f"is {len(value):,} characters long; at most {limit:,} fit", name)
        return value

    def line(self, name: str, *, is_needed: bool = False, limit: int = NAME) -> str:
        """A text on one line, whatever breaks stand in it."""
        return " ".join(self.text(name, is_needed=is_needed, limit=limit).split())

    def id(self, name: str = "id") -> str:
        return self.text(name, is_needed=True)

    def address(self, name: str) -> str:
        """An address of the web, or none."""
        said = self.text(name, limit=500)
        try:
            is_web = urlsplit(said).scheme in {"http", "https"} and bool(urlsplit(said).hostname)
        except ValueError:
            is_web = False
        if said and not is_web:
            raise self.rejected("is no address of the web; expected like https://register.example/17", name)
        return said

    def body(self, name: str = "body", *, is_needed: bool = False) -> str:
        return self.text(name, is_needed=is_needed, limit=TEXT)

    def texts(self, name: str, *, is_needed: bool = False) -> tuple[str, ...]:
        """A list of texts, blanks and repeats left out; a single text counts as a list of one."""
        value = self.values.get(name)
        if value is None:
            value = []
        if isinstance(value, str | int) and not isinstance(value, bool):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(part, str | int) for part in value):
            raise self.rejected("is not a list of texts", name)
        found = tuple(dict.fromkeys(text for part in value if (text := str(part).strip())))
        if too_long := next((text for text in found if len(text) > NAME), None):
            raise self.rejected(f"holds a text of {len(too_long):,} characters; at most {NAME} fit", name)
        if is_needed and not found:
            raise self.rejected("is missing: at least one is needed", name)
        return found

    def flag(self, name: str, *, otherwise: bool) -> bool:
        value = self.values.get(name)
        if value is None:
            return otherwise
        if not isinstance(value, bool):
            raise self.rejected(f"is a {_sort(value)}; true or false is expected", name)
        return value

    def choice(self, name: str, choices: tuple[str, ...], *, otherwise: str = "") -> str:
        value = self.text(name) or otherwise
        if value not in choices:
            raise self.rejected(f"is “{value[:40]}”; expected: {', '.join(choices)}", name)
        return value

    def time(self, name: str) -> datetime | None:
        """ISO 8601. Without a zone: the site's. A date alone: noon. None when absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        at = _moment(value.strip()) if isinstance(value, str) else None
        if at is None:
            raise self.rejected("is no time; expected like 2026-11-23T09:30:00+01:00 or 2026-11-23", name)
        at += self.shift
        if at < EARLIEST:
            raise self.rejected("lies before 1900", name)
        if at > timezone.now() + timedelta(days=1):
            raise self.rejected("lies in the future", name)
        return at

    def day(self, name: str) -> date | None:
        """A day, also one to come; None when absent."""
        text = self.text(name, limit=40)
        try:
            return date.fromisoformat(text[:10]) + timedelta(days=self.shift.days) if text else None
        except (ValueError, OverflowError):
            raise self.rejected("is no day; expected like 2026-11-23", name) from None

    def needed_time(self, name: str) -> datetime:
        at = self.time(name)
        if at is None:
            raise self.rejected("is missing; a time like 2026-11-23T09:30:00+01:00 is needed", name)
        return at


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.combine(date.fromisoformat(text), time(12)) if len(text) == 10 else datetime.fromisoformat(text)
        if at.tzinfo is None:
            at = at.replace(tzinfo=timezone.get_default_timezone())
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
