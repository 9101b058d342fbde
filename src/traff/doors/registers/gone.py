"""What a register no longer names ends as its kind ends, after a whole reading: nothing is deleted."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import NamedTuple

from traff.doors.registers.models import Origin
from traff.doors.registers.report import Report
from traff.doors.registers.rows import Where
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.registering import mark_gone
from traff.sharing.openings.bulk import end_gone


class End(NamedTuple):
    """What becomes of those of a kind that are known from a source and no longer stand in it."""

    end: Callable[..., int]  # standing=ids, known=ids: how many ended now
    word: str
    is_forgotten: bool = False  # one that comes back is a new one


def _marked(model: type[Customer] | type[Project]) -> End:
    return End(partial(mark_gone, model), "marked as gone")


ENDS = {"customer": _marked(Customer), "project": _marked(Project), "opening": End(end_gone, "closed", is_forgotten=True)}


def end_what_is_gone(source: str, read: Mapping[str, Collection[str]], report: Report) -> None:
    """`read` are the ids there was a row of, by kind; of a kind without any, this source or this reading says nothing.

    Where a row could not be read nothing ends: it may be the one.
    """
    for kind in (kind for kind in ENDS if read.get(kind)):
        known = Origin.objects.filter(source=source, kind=kind)
        standing = list(known.filter(external_id__in=read[kind]).values_list("object_id", flat=True))
        if any(report.counts[told]["rejected"] for told in (kind, "line") if told in report.counts):
            ENDS[kind].end(standing=standing, known=standing)
            report.remark(Where(source, 0), f"some rows could not be read, so no {kind} is {ENDS[kind].word}")
        elif gone := ENDS[kind].end(standing=standing, known=list(known.values_list("object_id", flat=True))):
            report.remark(Where(source, 0), f"{gone:,} no longer stand in the source ({kind}): {ENDS[kind].word}")
            if ENDS[kind].is_forgotten:
                known.exclude(external_id__in=read[kind]).delete()
