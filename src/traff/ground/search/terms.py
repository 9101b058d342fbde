"""Terms and what is known of them over open content: how many entries have them, and which words are attested."""

import math
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from traff.ground.access.reading import forget, once
from traff.ground.core.lookups import Ids

FOLDING = 0x7465_726D  # the advisory lock of whoever folds


def term_id(text: str) -> int:
    """The id of a term: CRC-32 as a signed int4. Two of a million terms share one in 1 of 8,600 cases each: harmless."""
    number = zlib.crc32(text.encode())
    return number - (1 << 32) if number >> 31 else number


ENTRIES, LENGTH, THREADS = map(term_id, ("#entries", "#length", "#threads"))


class Corpus(NamedTuple):
    """What is open: entries, threads, and tokens in all of them."""

    entries: int
    threads: int
    length: int

    @property
    def entry_length(self) -> float:
        return max(1.0, self.length / max(1, self.entries))

    @property
    def thread_length(self) -> float:
        return max(1.0, self.length / max(1, self.threads))

    def at_most(self, df: int) -> int:
        """A count that cannot be more than there are entries, nor less than none."""
        return min(max(df, 0), max(self.entries, 1))

    def idf(self, df: int) -> float:
        """How much it tells that an entry has a term which so many have."""
        return math.log(1 + (max(self.entries, 1) - df + 0.5) / (df + 0.5))


def frequencies(terms: Iterable[int]) -> tuple[Corpus, dict[int, int]]:
    """The corpus, and in how many open entries each of these terms stands (absent or 0 when in none); each asked once a look."""
    known: dict[int, int] = once("frequencies", dict)
    wanted = [term for term in (ENTRIES, THREADS, LENGTH, *terms) if term not in known]
    if wanted:
        sums = dict.fromkeys(wanted, 0)
        for term, number in _counts(wanted):
            sums[term] += number
        known.update(sums)
    return Corpus(known[ENTRIES], known[THREADS], known[LENGTH]), known


def _counts(terms: list[int]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, df FROM search_term WHERE id = ANY(%(ids)s) UNION ALL "
            "SELECT term_id, d FROM search_termdelta WHERE term_id = ANY(%(ids)s)",
            {"ids": Ids(terms)},
        )
        return cursor.fetchall()


def know_terms_of(entries: Iterable[int]) -> None:
    """Ask at once for what will be asked of these entries one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT unnest(terms) FROM search_entryterms WHERE entry_id = ANY(%s)", [Ids(entries)])
        frequencies(term for (term,) in cursor.fetchall())


def attested(words: Collection[str]) -> set[str]:
    """Those of these words that stand in open content."""
    if not words:
        return set()
    by_id = {term_id(word): word for word in words}
    _corpus, known = frequencies(by_id)
    return {word for term, word in by_id.items() if known.get(term, 0) > 0}


def beginning_with(prefix: str, limit: int = 20) -> list[str]:
    """The commonest words of open content that begin so, commonest first."""
    if not prefix:
        return []
    last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            'WITH begun AS (SELECT id FROM search_term WHERE text >= %(first)s AND text < %(last)s COLLATE "C" UNION '
            'SELECT term_id FROM search_termdelta WHERE text >= %(first)s COLLATE "C" AND text < %(last)s COLLATE "C") '
            "SELECT max(text) FROM (SELECT id, text, df FROM search_term WHERE id IN (SELECT id FROM begun) UNION ALL "
            "SELECT term_id, text, d FROM search_termdelta WHERE term_id IN (SELECT id FROM begun)) known "
            'GROUP BY id HAVING sum(df) > 0 ORDER BY sum(df) DESC, max(text) COLLATE "C" LIMIT %(limit)s',
            {"first": prefix, "last": last, "limit": limit},
        )
        return [text for (text,) in cursor.fetchall()]


def alike(word: str, limit: int = 40) -> dict[str, int]:
    """Words of open content that share most trigrams with this one, each with how many entries have it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, df FROM search_term WHERE text %% %(word)s AND text NOT LIKE '#%%' AND df > 0 "
            'ORDER BY similarity(text, %(word)s) DESC, df DESC, text COLLATE "C" LIMIT %(limit)s',
            {"word": word, "limit": limit},
        )
        found = dict(cursor.fetchall())
    still = attested(found)  # what has been taken away since counts were folded is no longer said
    return {text: df for text, df in found.items() if text in still and text.isalpha()}


def note(changes: Mapping[str, int]) -> None:
    """Append changes of document frequencies, in the running transaction; who looked before looks again."""
    forget()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_termdelta (term_id, text, d) SELECT * FROM unnest(%s::int[], %s::text[], %s::bigint[])",
            [[term_id(text) for text in changes], list(changes), list(changes.values())],
        )


def fold() -> None:
    """Bring the appended changes into search_term; skipped while another is at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(%s) AS free),
                 gone AS (DELETE FROM search_termdelta WHERE (SELECT free FROM mine) RETURNING term_id, d, text),
                 summed AS (SELECT term_id, sum(d) AS d, max(text) AS text FROM gone GROUP BY term_id)
            INSERT INTO search_term AS known (id, text, df)
            SELECT term_id, coalesce(text, ''), d FROM summed ORDER BY term_id
            ON CONFLICT (id) DO UPDATE SET df = known.df + excluded.df,
               text = CASE WHEN known.text = '' THEN excluded.text ELSE known.text END
            """,
            [FOLDING],
        )
