"""Concepts of an imported vocabulary: they stand in search alone, until people make one their topic."""

from typing import cast

from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import ConceptRow
from traff.ground.search.vocabulary import Candidate, keep_many


def concepts(items: list[Item], known: Known, source: Source) -> None:
    rows = [cast(ConceptRow, item.row) for item in items]
    said = [
        Candidate(label=row.en or row.sv, label_sv=row.sv, aliases=row.aliases, id=item.object_id)
        for item, row in zip(items, rows, strict=True)
    ]
    for item, pk in zip(items, keep_many(said), strict=True):
        item.object_id = pk
