"""The demonstration organisation: loaded once, into an empty database, its anchor moved to today."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from traff.attention.notifications.tasks import ring_for_the_demo
from traff.doors.registers.formats import recognise
from traff.doors.registers.formats.open_format import head
from traff.doors.registers.loading import Loader
from traff.doors.registers.reading import Source
from traff.doors.registers.report import Report
from traff.ground.accounts.models import DemoMarker, Person

FOLDERS = (Path(__file__).parents[4] / "demo", Path(__file__).parents[2] / "demo")  # a checkout; an installed package


def demo_folder() -> Path:
    """The folder with the demo's traff.json. Raises CommandError when there is none."""
    for folder in FOLDERS:
        if found := sorted(folder.glob("*/traff.json")):
            return found[0].parent
    raise CommandError("There is no demonstration organisation here: no demo/*/traff.json.")


def load_demo(folder: Path, report: Report) -> bool:
    """All of it or nothing. False when it stands already; raises CommandError when other people do."""
    if DemoMarker.objects.exists():
        return False
    if Person.objects.exists():
        raise CommandError(
            "This database holds people already; the demo goes into an empty one. Set TRAFF_DATA to a fresh folder."
        )
    said: dict[str, Any] = head(folder) or {}
    name = str(said.get("organisation", folder.name))
    source = Source(folder, report, _shift(said))
    with transaction.atomic():
        Loader(source, name).load(recognise(folder).rows(source))
        DemoMarker.objects.create(organisation=name[:80])
        ring_for_the_demo.defer()
    return True


def _shift(said: dict[str, Any]) -> timedelta:
    """From the day the demo plays on to today, in whole days, so that mornings stay mornings; nothing without an anchor."""
    try:
        return timezone.localdate() - date.fromisoformat(str(said["anchor"]))
    except (KeyError, ValueError):
        return timedelta()
