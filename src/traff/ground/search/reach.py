"""How far somebody's eyes reach in the index: the one rule (`Audience.readable_q`) over rows that carry audience and openness.

`before` (seconds since 2000-01-01 UTC) leaves out what was written then or later: asking as on an earlier day.
"""

from dataclasses import dataclass
from typing import Any

from traff.ground.access.reading import joined_ids


@dataclass(frozen=True)
class Reach:
    clause: str  # an SQL condition over audience_id, is_open and at
    parameters: dict[str, Any]
    is_empty: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.clause, repr(self.parameters)

    @classmethod
    def of(cls, person: Any, *, before: int | None = None) -> "Reach":
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return cls("false", {}, is_empty=True)
        joined = joined_ids(person)
        clause = (
            "audience_id = ANY(%(circles)s::int[])" if person.is_guest else "(is_open OR audience_id = ANY(%(circles)s::int[]))"
        )
        parameters: dict[str, Any] = {"circles": joined.all if person.is_guest else joined.closed}
        if before is not None:
            clause, parameters["before"] = f"{clause} AND at < %(before)s", before
        return cls(clause, parameters)
