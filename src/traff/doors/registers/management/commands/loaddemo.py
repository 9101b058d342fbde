from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from traff.doors.registers.demo import demo_folder, load_demo
from traff.doors.registers.report import Report


class Command(BaseCommand):
    help = "Load the demonstration organisation into an empty database, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="another demo, in Träff's open format")

    def handle(self, *args: Any, folder: Path | None = None, **options: Any) -> None:
        report = Report(self.stdout)  # type: ignore[arg-type]
        if load_demo(folder or demo_folder(), report):
            self.stdout.write(report.summary())
        else:
            self.stdout.write("The demo stands already; nothing was changed.")
