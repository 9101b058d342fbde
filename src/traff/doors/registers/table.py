"""A table as people's spreadsheets write it: CSV with a header, between commas, semicolons or tabs, plain or gz.

Nothing is lost in silence: a row that cannot be read is told with its line, and the next one is read.
"""

import codecs
import csv
import io
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from django.core.management.base import CommandError

from traff.doors.registers.reading import LINE, UNSTORABLE, Record, open_bytes
from traff.doors.registers.report import Report
from traff.doors.registers.rows import Where

LONGEST = 1_000  # lines of one row; a quote that is open for longer was never closed
UNREAD = "\ufffd"
BROKEN = (OSError, EOFError, zlib.error, UnicodeDecodeError)  # what a torn file gives
ENDINGS = (".csv", ".csv.gz")


class Table:
    """One file. Each line is read as UTF-8, or else as Windows-1252, which older spreadsheets write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def delimiter(self) -> str:
        try:
            first = next((line for line in self._told() if line.strip()), "")
        except BROKEN:
            first = ""
        return first.strip()[4:5] or ";" if _is_hint(first) else max(";\t,", key=first.count)

    @cached_property
    def header(self) -> list[str]:
        return [name.strip() for name in next(self._rows(Report(), ""), (None, []))[1]]

    def records(self, columns: Mapping[str, str], report: Report, kind: str) -> Iterator[Record]:
        """The rows by `columns`, field to column; what cannot be read is told as a rejected row of this kind."""
        if missing := sorted(set(columns.values()) - set(self.header)):
            raise CommandError(f"{self.path.name} has no column {', '.join(missing)}; it has {', '.join(self.header)}.")
        places, wide = {field: self.header.index(column) for field, column in columns.items()}, len(self.header)
        rows = self._rows(report, kind)
        next(rows, None)
        for where, cells in rows:
            if any(cell.strip() for cell in cells[wide:]):
                quoted = f"put a text that holds “{self.delimiter}” in quotes"
                report.reject(where, f"has {len(cells)} cells where the header has {wide}: {quoted}", kind)
                continue
            said = {field: UNSTORABLE.sub("", cells[n]).strip() if n < len(cells) else "" for field, n in places.items()}
            for field in (field for field, value in said.items() if UNREAD in value):
                report.remark(where, f"“{columns[field]}” holds a letter that could not be read; save the table as UTF-8")
            yield Record(where, said, names=columns)

    def _rows(self, report: Report, kind: str) -> Iterator[tuple[Where, list[str]]]:
        """The header and every row that says something, with the line it begins on."""
        lines = _Lines(self._told())
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            where = Where(self.path.name, lines.before + 1)
            try:
                cells = next(reader, None)
            except csv.Error as trouble:
                report.reject(where, f"cannot be read as a row ({trouble}); mend its quotes and line breaks", kind)
                lines.give_back()
                continue
            except BROKEN as trouble:
                report.reject(where, f"the file cannot be read from here on ({trouble}); fetch it anew", kind)
                return
            if cells is None:
                return
            if any(cell.strip() for cell in cells) and not (lines.before == 0 and _is_hint(lines.row[0])):
                yield where, cells
            lines.go_on()

    def _told(self) -> Iterator[str]:
        with open_bytes(self.path) as file:
            if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                file.seek(0)
                with io.TextIOWrapper(file, "utf-16", newline="") as text:
                    yield from text
                return
            file.seek(0)
            while line := file.readline(LINE):
                yield _decoded(line)


class _Lines:
    """Lines that can be given back: a quote that nobody closed would swallow all that follows it."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.again = lines, deque[str]()
        self.row: list[str] = []  # the lines of the row that is being read
        self.before = 0  # lines before it

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.row) == LONGEST:
            raise csv.Error("a quote is never closed")
        line = self.again.popleft() if self.again else next(self.lines, None)
        if line is None and self.row:  # asked for more in the middle of a row
            raise csv.Error("a quote is never closed")
        if line is None:
            raise StopIteration
        self.row.append(line)
        return line

    def go_on(self) -> None:
        self.before += len(self.row)
        self.row = []

    def give_back(self) -> None:
        """All but the first line of the row."""
        self.again.extendleft(reversed(self.row[1:]))
        self.before += 1
        self.row = []


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _is_hint(line: str) -> bool:
    """ "sep=;" above the header, which a spreadsheet writes for itself."""
    return line.lower().startswith("sep=")


def tables_in(path: Path) -> list[Table]:
    """The tables of a folder, or the one that `path` is."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [Table(file) for file in files if file.is_file() and file.name.lower().endswith(ENDINGS)]


def recognised(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Field → column, of the fields that have a column by one of their `names` (lower case, letters and digits alone)."""
    columns = {plain(column): column for column in reversed(header)}
    found = {field: next((columns[name] for name in said if name in columns), "") for field, said in names.items()}
    return {field: column for field, column in found.items() if column}


def plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
