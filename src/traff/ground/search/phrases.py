"""What was typed, apart: plain words and "quoted phrases". Postings fetch who has the words, the text confirms the phrase."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from traff.ground.core.language import words
from traff.ground.search.reach import Reach
from traff.ground.search.terms import frequencies, term_id

QUOTED = re.compile(r'["“”„»«]([^"“”„»«]+)["“”„»«]')
LONGEST = 500  # characters of a query; the rest is cut
FETCHED_BY = 3  # a phrase's rarest words: enough to fetch by
CONFIRMED = 2000  # messages read to confirm a phrase, newest first


@dataclass(frozen=True)
class Wording:
    """A query: everything said, and what of it must stand together."""

    text: str  # all words, quotes taken away
    phrases: tuple[tuple[str, ...], ...] = ()
    is_unfinished: bool = False  # the last word may still be growing

    @classmethod
    def of(cls, typed: str) -> "Wording":
        typed = typed[:LONGEST].replace("\0", " ")
        quoted = (tuple(words(phrase)) for phrase in QUOTED.findall(typed))
        text = " ".join(QUOTED.sub(r" \1 ", typed).split())
        return cls(text, tuple(dict.fromkeys(phrase for phrase in quoted if len(phrase) > 1)), typed[-1:].isalnum())


def threads_with(phrases: tuple[tuple[str, ...], ...], reach: Reach) -> NDArray[np.int32]:
    """Threads in which every one of these phrases stands, each within one message; sorted."""
    found: NDArray[np.int32] | None = None
    for phrase in phrases:
        ids = np.unique(np.array(_threads(phrase, reach), np.int32))
        found = ids if found is None else np.intersect1d(found, ids, assume_unique=True)
    return np.zeros(0, np.int32) if found is None else found


def _threads(phrase: tuple[str, ...], reach: Reach) -> list[int]:
    pattern = re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, phrase)) + r"(?![^\W_])", re.IGNORECASE)
    return [thread for thread, text in _candidates(phrase, reach) if pattern.search(text)]


def _candidates(phrase: tuple[str, ...], reach: Reach) -> list[tuple[int, str]]:
    """Thread and text of the messages that have the phrase's words, anywhere."""
    ids = sorted({term_id(word) for word in phrase})
    _corpus, df = frequencies(ids)
    rarest = sorted(ids, key=lambda term: (df.get(term, 0), term))[:FETCHED_BY]
    parameters: dict[str, Any] = {**reach.parameters, "terms": rarest, "words": len(rarest), "most": CONFIRMED}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT thread_id, title || E'\\n' || text FROM search_entry WHERE id IN (SELECT entry_id FROM search_posting "  # noqa: S608
            f"WHERE term_id = ANY(%(terms)s) AND {reach.clause} GROUP BY entry_id HAVING count(*) = %(words)s "
            f"ORDER BY max(at) DESC, entry_id DESC LIMIT %(most)s) AND {reach.clause}",
            parameters,
        )
        return [(int(thread), str(text)) for thread, text in cursor.fetchall()]
