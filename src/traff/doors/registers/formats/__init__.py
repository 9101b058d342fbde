"""The formats that `./traff import` knows. A format is one module: it recognises a path and reads it into rows.

A new one is a module here with a `Format` of its own, and its line in `KNOWN`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from django.core.management.base import CommandError

from traff.doors.registers.reading import Source
from traff.doors.registers.rows import Row

TELL = """Customers and projects need a number and a name, vacancies a title and a link or a closing date.
Say which columns (of JSON lines: which fields) they are: --columns id=…,name=… or --columns title=…,link=…"""


class Format(Protocol):
    name: str
    looks_like: str  # for people: by what it is recognised

    def recognises(self, path: Path) -> bool:
        """Cheaply, from names and first lines."""

    def source_name(self, path: Path) -> str:
        """What this source is called when nobody says; the same for every import of the same thing."""

    def rows(self, source: Source) -> Iterator[Row]:
        """In the order of `rows.ORDER`; a row that cannot be read is told to the source's report and left out."""


def recognise(path: Path, columns: Mapping[str, str] | None = None) -> Format:
    """The format of a folder or file. Raises CommandError naming the known ones.

    `columns`, field to column, tell a table's header.
    """
    from traff.doors.registers.formats.archive import Archive
    from traff.doors.registers.formats.customers import Customers
    from traff.doors.registers.formats.open_format import OpenFormat
    from traff.doors.registers.formats.organisation import Organisation
    from traff.doors.registers.formats.vacancies import Vacancies
    from traff.doors.registers.formats.vocabulary import Vocabulary
    from traff.doors.registers.reading import fields_in, lines_in
    from traff.doors.registers.table import tables_in

    of_tables: Format = Vacancies(columns) if columns and "title" in columns else Customers(columns)
    every: list[Format] = [OpenFormat(), Archive(), Organisation(), Customers(), Vacancies(), Vocabulary()]
    known = [of_tables] if columns else every
    if not path.exists():
        raise CommandError(f"There is nothing at {path}.")
    for form in known:
        if form.recognises(path):
            return form
    named = {table.path: table.header for table in tables_in(path)} | {file: fields_in(file) for file in lines_in(path)}
    unknown = {file: names for file, names in named.items() if not any(form.recognises(file) for form in known)}
    seen = "".join(f"{file.name} {_has(names)}.\n" for file, names in unknown.items())
    asked = f"{seen}{TELL}\n" if seen else ""
    listed = "\n".join(f"  {form.name:<14}{form.looks_like}" for form in known)
    raise CommandError(f"The format of {path} is not known.\n{asked}Träff reads:\n{listed}")


def _has(names: list[str]) -> str:
    """For a terminal: what a file of other bytes holds never reaches it as it stands."""
    told = ["".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:60] for name in names[:30] if name]
    return f"has the columns {', '.join(told)}" if told else "has no columns that can be read"
