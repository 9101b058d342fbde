"""What is known of a source, and a batch of rows on its way in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from traff.doors.registers.models import Origin
from traff.doors.registers.rendering import Raw, Rendered
from traff.doors.registers.rows import PostRow, ReplyRow, Row, StepRow
from traff.ground.core.copying import copy_rows


@dataclass
class Item:
    """A row that is to go in. `object_id`: what it became before, 0 when it is new."""

    row: Row
    digest: str
    object_id: int = 0
    is_new: bool = True
    words: Rendered | None = None
    refusal: str = ""  # why it could not go in after all

    @property
    def raw(self) -> Raw | None:
        match self.row:
            case PostRow() as post:
                pieces = (post.body, *(text for _, text in post.case))
                return Raw(pieces, post.markup, post.title, post.language)
            case ReplyRow() as reply:
                return Raw((reply.body,), reply.markup)
            case StepRow() as step if step.text:
                return Raw((step.text,), "markdown")
        return None

    @property
    def rendered(self) -> Rendered:
        if self.words is None:
            raise LookupError(f"{self.row.where} has not been rendered yet")
        return self.words


@dataclass
class Batch:
    items: list[Item] = field(default_factory=list)

    def of(self, kind: type[Row]) -> list[Item]:
        return [item for item in self.items if type(item.row) is kind and not item.refusal]

    def halves(self) -> "list[Batch]":
        middle = len(self.items) // 2
        return [Batch(self.items[:middle]), Batch(self.items[middle:])]


class Known:
    """Of one source: which of its things stand here as what. Holds what this run has met; the rest is asked for."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.ids: dict[str, dict[str, int]] = defaultdict(dict)  # kind → id there → id here; 0 = on its way in

    def look_up(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
        """(kind, id there) → (id here, digest), of those that stand; remembered as known."""
        wanted = list(keys)
        if not wanted:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT o.kind, o.external_id, o.object_id, o.digest FROM registers_origin o "
                "JOIN unnest(%s::text[], %s::text[]) AS w(kind, id) ON o.kind = w.kind AND o.external_id = w.id "
                "WHERE o.source = %s",
                [[kind for kind, _ in wanted], [id_ for _, id_ in wanted], self.source],
            )
            found = {(kind, id_): (object_id, digest) for kind, id_, object_id, digest in cursor.fetchall()}
        for (kind, id_), (object_id, _digest) in found.items():
            self.ids[kind][id_] = object_id
        return found

    def here(self, kind: str, id_: str) -> int | None:
        """Its id here; 0 when it is on its way in; None when it is not known."""
        return self.ids[kind].get(id_)

    def forget(self, row: Row) -> None:
        self.ids[row.kind].pop(row.id, None)

    def keep(self, items: Iterable[Item]) -> None:
        """Write down what became of what, in the running transaction."""
        items = list(items)
        fresh = ((self.source, i.row.kind, i.row.id, i.object_id, i.digest) for i in items if i.is_new)
        copy_rows(Origin, ("source", "kind", "external_id", "object_id", "digest"), fresh)
        changed = [item for item in items if not item.is_new]
        if changed:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE registers_origin o SET digest = v.digest, object_id = v.object_id "
                    "FROM unnest(%s::text[], %s::text[], %s::int[], %s::text[]) AS v(kind, id, object_id, digest) "
                    "WHERE o.source = %s AND o.kind = v.kind AND o.external_id = v.id",
                    [
                        [item.row.kind for item in changed],
                        [item.row.id for item in changed],
                        [item.object_id for item in changed],
                        [item.digest for item in changed],
                        self.source,
                    ],
                )
