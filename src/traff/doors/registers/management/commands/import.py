# ruff: noqa: N999 (the command is called import)
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from traff.doors.registers.elsewhere import check_not_elsewhere
from traff.doors.registers.formats import recognise
from traff.doors.registers.loading import Loader
from traff.doors.registers.reading import Source
from traff.doors.registers.report import Report
from traff.ground.accounts.models import DemoMarker


class Command(BaseCommand):
    help = "Bring in people and what they wrote. Again changes nothing; changed rows are taken over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder or a file; its format is recognised")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument(
            "--source", default="", metavar="NAME", help="what the source is called (else: as it says, or the folder)"
        )
        parser.add_argument(
            "--columns", default="", metavar="FIELD=COLUMN,…", help="of customers in CSV or JSON lines: id=Kundnr,name=Kundnamn,…"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, source: str, columns: str, **options: Any) -> None:
        form = recognise(path, told_columns(columns))
        if form.name != "vocabulary" and DemoMarker.objects.exists():
            raise CommandError(
                "This database is the demo's, where anybody may be anybody: real people do not go in. "
                "Set TRAFF_DATA to a fresh folder (TRAFF_DATA=~/traff ./traff import …), or name your own DATABASE_URL."
            )
        report = Report(self.stdout, sys.stderr)  # type: ignore[arg-type]
        name = (source or form.source_name(path))[:80]
        self.stdout.write(f"{path} is read as {form.name}; the source is called “{name}”.")
        opened = Source(path, report)
        rows = form.rows(opened)
        if form.name == "customers" and not source:
            rows = iter(read := list(rows))
            check_not_elsewhere(read, name, path)
        Loader(opened, name, dry_run=dry_run).load(rows)
        self.stdout.write(report.summary() + (" (dry run: nothing was written)" if dry_run else ""))


def told_columns(said: str) -> dict[str, str]:
    """ "id=Kundnr,name=Kundnamn" → field to column. Raises CommandError for what is not so."""
    pairs = [pair.partition("=") for pair in said.split(",") if pair.strip()]
    if any(not field.strip() or not column.strip() for field, _equals, column in pairs):
        raise CommandError("--columns is written like id=Kundnr,name=Kundnamn.")
    return {field.strip(): column.strip() for field, _equals, column in pairs}
