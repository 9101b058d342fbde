"""An imported vocabulary: candidate knowledge of names in Swedish and English. It has no owner but its source.

A candidate links only where its name is telling (`concepts.held`), and no text is indexed anew for it: what is written
from now on is linked, and `./traff reindex` links the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from traff.ground.access.reading import forget
from traff.ground.core.copying import take_ids
from traff.ground.search.concepts import names_of
from traff.ground.search.models import Concept

KIND = "term"


@dataclass(frozen=True)
class Candidate:
    label: str
    label_sv: str = ""
    aliases: Sequence[str] = ()
    id: int = 0  # 0 = new


def keep_many(candidates: Sequence[Candidate]) -> list[int]:
    """Make or renew these; gives their ids in order, thousands a second."""
    forget()
    fresh = iter(take_ids(Concept, sum(not candidate.id for candidate in candidates)))
    ids = [candidate.id or next(fresh) for candidate in candidates]
    rows = [
        Concept(
            id=pk, kind=KIND, subject_id=pk, label=said.label[:120], label_sv=said.label_sv[:120],
            names=names_of(said.label, said.label_sv, *said.aliases), is_confirmed=False, is_linking=True,
        )
        for pk, said in zip(ids, candidates, strict=True)
    ]  # fmt: skip
    Concept.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "subject_id"], update_fields=["label", "label_sv", "names"]
    )
    return ids
