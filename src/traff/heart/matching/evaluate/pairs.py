"""Pairs of texts on one matter in two languages: does the one find the other among everything that is there?

The texts are put into the loaded organisation for one transaction that is rolled back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.search.findable import EntryDraft, index_many
from traff.ground.search.searching import search
from traff.heart.matching.evaluate.intervals import interval
from traff.heart.matching.evaluate.reading import lines
from traff.heart.matching.similar import similar

SIDE = "pair"
DEEP = 300


@dataclass(frozen=True)
class Found:
    """Where a text's pair stood (from 1; 0 = not found), and the words that were given as the reason."""

    pair: str
    asks: str  # language of the side that asked
    is_asking: bool  # whether it is the side that was written to ask
    place: int
    place_in_search: int
    reasons: tuple[str, ...]


def measure(path: str) -> list[Found]:
    rows = list(lines(path))
    with transaction.atomic():
        asker = Person.objects.create(handle="asks-in-two-languages", name="Asker", password="!")  # noqa: S106
        everyone, at = Audience.objects.everyone(), timezone.now()
        sides = [(row, language) for row in rows for language in ("sv", "en")]
        index_many(
            [
                EntryDraft(SIDE, number, row[language]["title"], row[language]["text"], language, everyone, [], at)
                for number, (row, language) in enumerate(sides)
            ]
        )
        found = [
            _asked(asker, row, language, 2 * number + (language == "sv"))
            for number, row in enumerate(rows)
            for language in ("sv", "en")
        ]
        transaction.set_rollback(True)
    return found


def _asked(asker: Person, row: dict[str, Any], language: str, wanted: int) -> Found:
    """Ask with one side; the text itself is left out of what it finds."""
    own = wanted ^ 1
    title, text = row[language]["title"], row[language]["text"]
    related = similar(asker, text, title=title, limit=DEEP)
    answers = [hit for hit in related if (hit.entry.kind, hit.entry.subject_id) != (SIDE, own)]
    place = next((n for n, hit in enumerate(answers, 1) if (hit.entry.kind, hit.entry.subject_id) == (SIDE, wanted)), 0)
    reasons = tuple(answers[place - 1].reasons) if place else ()
    hits = [hit.entry for hit in search(asker, f"{title}\n{text}", size=DEEP, counts=False).hits]
    others = [(entry.kind, entry.subject_id) for entry in hits if (entry.kind, entry.subject_id) != (SIDE, own)]
    in_search = others.index((SIDE, wanted)) + 1 if (SIDE, wanted) in others else 0
    return Found(row["id"], language, row.get("asks") == language, place, in_search, reasons)


def told(found: list[Found]) -> Iterator[str]:
    """Recall at ten and reciprocal rank, by the way they were asked."""
    groups = {
        "the asking side": [one for one in found if one.is_asking],
        "sv finds en": [one for one in found if one.asks == "sv"],
        "en finds sv": [one for one in found if one.asks == "en"],
        "all": found,
    }
    for name, mine in groups.items():
        for call, places in (("similar", [one.place for one in mine]), ("search", [one.place_in_search for one in mine])):
            recall, low, high, n = interval([float(0 < place <= 10) for place in places])
            first = sum(1 / place for place in places if place) / max(1, n)
            yield f"{name:16} {call:8} R@10 {recall:.3f}  95 % {low:.3f} to {high:.3f}  MRR {first:.3f}  ({n} texts)"
