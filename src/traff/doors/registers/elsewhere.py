"""The same register under another name: exports carry dates, and a source knows only its own ids. Told before all is doubled."""

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from django.db.models import Count

from traff.doors.registers.models import Origin
from traff.doors.registers.rows import CustomerRow, ProjectRow, Row


def check_not_elsewhere(rows: Iterable[Row], name: str, path: Path) -> None:
    """Raises CommandError when half of the customers, or projects, are known from another source and not from this one."""
    for sort in (CustomerRow, ProjectRow):
        ids = {row.id for row in rows if isinstance(row, sort)}
        standing = Origin.objects.filter(kind=sort.kind, external_id__in=ids).values_list("source").annotate(n=Count("pk"))
        known = dict(standing.order_by("-n", "source"))
        here = known.pop(name, 0)
        other, most = next(iter(known.items()), ("", 0))
        if most and most * 2 >= len(ids) > here * 2:
            raise CommandError(
                f"{most:,} of the {len(ids):,} {sort.kind}s in {path.name} stand in Träff already, from the source “{other}”, "
                "and would come in a second time. Nothing was written.\n"
                f"The same register, exported anew:           ./traff import {path} --source {other}\n"
                f"Another one that happens to use these ids:  ./traff import {path} --source {name}"
            )
