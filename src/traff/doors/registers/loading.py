"""Rows into the house: sorted out by the batch, rendered on several processors, written a transaction a batch.

A kill loses at most the running batch, and reading the same source again goes on from there: what stands unchanged is
recognised by its digest before anything is rendered or written.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Max

from traff.doors.registers.applying import apply
from traff.doors.registers.batch import Batch, Item, Known
from traff.doors.registers.gone import end_what_is_gone
from traff.doors.registers.reading import Source
from traff.doors.registers.rendering import Renderer, Rendering
from traff.doors.registers.rows import ORDER, CustomerRow, Row, UnitRow
from traff.ground.activity.bulk import IMPORTED
from traff.ground.activity.listeners import tell_batch
from traff.ground.activity.models import Event
from traff.sharing.content.models.post import SAID_BY_TITLE

SIZE = 2_000  # rows a batch and transaction
AHEAD = 3  # batches rendered while one is written


class Loader:
    def __init__(self, source: Source, name: str, *, dry_run: bool = False) -> None:
        self.source, self.report, self.dry_run = source, source.report, dry_run
        self.known = Known(name)
        self.first_event = (Event.objects.unrestricted("the last deed").aggregate(last=Max("id"))["last"] or 0) + 1
        self.lines: dict[str, dict[str, int]] = defaultdict(dict)  # kind → id → the line it stood on in this run

    def load(self, rows: Iterable[Row]) -> None:
        waiting: deque[tuple[Batch, Rendering]] = deque()
        with Renderer() as renderer:
            for some in _batches(rows):
                batch = self.sort_out(some)
                texts = [raw for item in batch.items if (raw := item.raw)]
                waiting.append((batch, renderer.start(texts)))
                if len(waiting) > AHEAD:
                    self._finish(*waiting.popleft())
            while waiting:
                self._finish(*waiting.popleft())
        if not self.dry_run:
            end_what_is_gone(self.known.source, self.lines, self.report)
        self._told_at_last()
        self.report.progress(is_last=True)

    def _told_at_last(self) -> None:
        """One job a listener for the whole import, where it changed something."""
        if not self.dry_run and self.report.total("new") + self.report.total("changed"):
            last = Event.objects.unrestricted("the last deed").aggregate(last=Max("id"))["last"] or 0
            with transaction.atomic():
                tell_batch(IMPORTED, first=self.first_event, last=last)

    # Sorting out: what is new, changed, unchanged, and what cannot go in ---------------------------------------------

    def sort_out(self, rows: list[Row]) -> Batch:
        batch = Batch()
        rows = [row for kind in ORDER for row in rows if type(row) is kind and self._comes_first(row)]
        standing = self.known.look_up({(row.kind, row.id) for row in rows})
        named = {(ref.kind, ref.id) for row in rows for ref in row.references()}
        self.known.look_up(key for key in named if self.known.here(*key) is None)
        for row in rows:
            if type(row) in {UnitRow, CustomerRow}:  # in any order among themselves
                self.known.ids[row.kind].setdefault(row.id, 0)
        for row in rows:
            before = standing.get((row.kind, row.id))
            digest = row.digest()
            if before and before[1] == digest:
                self.report.count(row.kind, "unchanged")
            elif self._can_stand(row):
                object_id = before[0] if before else 0
                self.known.ids[row.kind][row.id] = object_id
                batch.items.append(Item(row, digest, object_id, is_new=before is None))
        return batch

    def _comes_first(self, row: Row) -> bool:
        line = self.lines[row.kind].setdefault(row.id, row.where.line)
        if line == row.where.line:
            return True
        self.report.reject(row.where, f"the {row.kind} “{row.id}” stands on line {line} already; ids are unique", row.kind)
        return False

    def _can_stand(self, row: Row) -> bool:
        for ref in row.references():
            if self.known.here(ref.kind, ref.id) is None:
                trouble = f"“{ref.field}” names the {ref.kind} “{ref.id}”, which is not known in the source {self.known.source}"
                if ref.is_needed:
                    self.report.reject(row.where, f"{trouble}: add it to the source, or correct the id", row.kind)
                    return False
                self.report.remark(row.where, f"{trouble}: it goes in without")
        return True

    # Writing ---------------------------------------------------------------------------------------------------------

    def _finish(self, batch: Batch, rendering: Rendering) -> None:
        words = iter(rendering.result())
        for item in batch.items:
            if item.raw:
                item.words = next(words)
                if item.words.is_empty and not (item.row.kind == "post" and item.row.post_kind in SAID_BY_TITLE):  # type: ignore[attr-defined]
                    item.refusal = item.words.trouble or "there is nothing to read in it"
        if self.dry_run:
            self._tell(batch)
        else:
            self._write(batch)
        self.report.progress()

    def _write(self, batch: Batch) -> None:
        before = [(item, item.object_id, item.refusal) for item in batch.items]
        try:
            with transaction.atomic():
                apply(batch, self.known, self.source)
                self.known.keep(item for item in batch.items if not item.refusal)
        except (DatabaseError, ValidationError) as trouble:
            for item, object_id, refusal in before:
                item.object_id, item.refusal = object_id, refusal
                self.known.ids[item.row.kind][item.row.id] = object_id
            self._without_the_cause(batch, trouble)
        else:
            self._tell(batch)

    def _without_the_cause(self, batch: Batch, trouble: Exception) -> None:
        """One row that the database refuses must not keep the others out."""
        if len(batch.items) > 1:
            for half in batch.halves():
                self._write(half)
        else:
            batch.items[0].refusal = f"the database refuses it ({' '.join(str(trouble).split())[:200]})"
            self._tell(batch)

    def _tell(self, batch: Batch) -> None:
        for item in batch.items:
            if item.refusal:
                self.known.forget(item.row)
                self.report.reject(item.row.where, item.refusal, item.row.kind)
            else:
                self.report.count(item.row.kind, "new" if item.is_new else "changed")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while some := list(islice(rows, SIZE)):
        yield some
