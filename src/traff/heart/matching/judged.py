"""Judged slots: what was shown, what relevance was made of then, and whether its receiver found it useful.

Only earlier work (M1) and strangers' posts (M3); an opening (M4) is no post, and nothing is learnt of openings. Only what was
open to all, shown for what is open to all: a closed circle's answers move nothing outside it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from traff.ground.accounts.models import Moment
from traff.heart.matching.exposure import IGNORED
from traff.heart.matching.models import Answer
from traff.heart.matching.weights import SCORE_CAP

LEARNT_FROM = (Moment.REUSE, Moment.STRANGER)
NO = (Answer.WRONG_TOPIC, Answer.HIDE)  # "not now" and "I know them" judge nothing
CLIPPED = 20.0  # of 1 / propensity: one rare slot is not to outweigh all others
MOST = 50_000  # the newest
JUDGED = """
SELECT person, at, propensity, rel_score, rel_coverage, coalesce(answer, '') = %(yes)s FROM (
  SELECT DISTINCT ON (x.receiver_id, x.entry_id, x.moment) x.receiver_id AS person, x.at, x.propensity, x.rel_score,
         x.rel_coverage, s.answer, s.put_off_until IS NOT NULL AS later,
         count(*) FILTER (WHERE x.day < %(today)s) OVER (PARTITION BY x.receiver_id, x.entry_id, x.moment) AS days
    FROM matching_exposure x
    JOIN search_entry e ON e.id = x.entry_id AND e.kind = 'post' AND e.is_open AND e.is_evidence
    LEFT JOIN matching_suggestion s ON s.receiver_id = x.receiver_id AND s.entry_id = x.entry_id AND s.moment = x.moment
   WHERE x.is_open AND x.moment = ANY (%(moments)s) AND x.rel_score IS NOT NULL AND x.rel_coverage IS NOT NULL
   ORDER BY x.receiver_id, x.entry_id, x.moment, x.at DESC
) shown
 WHERE answer = %(yes)s OR answer = ANY (%(no)s)
    OR (coalesce(answer, '') = '' AND NOT coalesce(later, false) AND days >= %(ignored)s)
 ORDER BY at DESC, person, rel_score, rel_coverage LIMIT %(most)s
"""


@dataclass(frozen=True)
class Judged:
    """One row a slot, oldest first."""

    person: NDArray[np.int64]
    at: NDArray[np.float64]  # seconds
    weight: NDArray[np.float64]  # 1 / propensity, clipped
    features: NDArray[np.float64]  # score (capped), coverage
    useful: NDArray[np.float64]  # 1 or 0

    def __len__(self) -> int:
        return len(self.person)

    @property
    def people(self) -> int:
        return len(np.unique(self.person))

    def __getitem__(self, rows: slice) -> "Judged":
        return Judged(self.person[rows], self.at[rows], self.weight[rows], self.features[rows], self.useful[rows])


def judged() -> Judged:
    """Everything judged by now; each piece once for each receiver, as it was when last shown."""
    asked: dict[str, Any] = {
        "yes": Answer.USEFUL, "no": list(NO), "today": timezone.localdate(), "moments": list(LEARNT_FROM), "ignored": IGNORED,
        "most": MOST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(JUDGED, asked)
        rows: list[Any] = cursor.fetchall()[::-1]
    numbers = [(at.timestamp(), *rest) for _person, at, *rest in rows]
    column = np.array(numbers, float).reshape(-1, 5)
    return Judged(
        person=np.array([row[0] for row in rows], np.int64),
        at=column[:, 0],
        weight=np.minimum(1 / np.maximum(column[:, 1], 1 / CLIPPED), CLIPPED),
        features=np.column_stack([np.minimum(column[:, 2], SCORE_CAP), column[:, 3]]),
        useful=column[:, 4],
    )
