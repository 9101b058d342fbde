"""What a register no longer names is marked, never deleted; and what it names again is unmarked."""

from collections.abc import Mapping

from traff.doors.registers.models import Origin
from traff.doors.registers.report import Report
from traff.doors.registers.rows import Where
from traff.sharing.customers import registering
from traff.sharing.customers.models import Customer, Project

KEPT: dict[str, type[Customer] | type[Project]] = {"customer": Customer, "project": Project}


def mark_gone(source: str, read: Mapping[str, set[str]], report: Report) -> None:
    """After a whole reading: `read` are the ids there was a row of, by kind.

    Where a row could not be read, nothing is marked as gone: it may be the one.
    """
    for kind, model in KEPT.items():
        if not read.get(kind):
            continue  # this source, or this reading of it, says nothing of them
        known = Origin.objects.filter(source=source, kind=kind)
        standing = known.filter(external_id__in=read[kind]).values_list("object_id", flat=True)
        if report.counts[kind]["rejected"] or report.counts["line"]["rejected"]:
            registering.mark_gone(model, standing=list(standing), known=list(standing))
            report.remark(Where(source, 0), f"some rows could not be read, so no {kind} is marked as gone")
        elif gone := registering.mark_gone(model, standing=list(standing), known=list(known.values_list("object_id", flat=True))):
            report.remark(Where(source, 0), f"{gone:,} no longer stand in the register ({kind}): marked, and kept")
