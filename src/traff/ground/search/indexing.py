"""Drafts into the index, in the running transaction: the entry, its postings, its authors, the counts of what is open."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from traff.ground.core.copying import copy_rows, take_ids
from traff.ground.core.language import COMPOUNDING, forms, parts_of, possible_parts
from traff.ground.core.processes import end_with_parent
from traff.ground.core.time import seconds
from traff.ground.search import concepts
from traff.ground.search.analysis import MOST, TITLE, Counted, Names, Words, compounding, count
from traff.ground.search.binary import copy_in, packed, packed_array
from traff.ground.search.models import Authored, Entry
from traff.ground.search.terms import attested, fold, note, term_id

if TYPE_CHECKING:
    from traff.ground.search.findable import EntryDraft

CHUNK = 500  # texts analysed in one go
MANY = 400  # from here on other processes help
ENTRY = (
    "id", "kind", "subject_id", "detail", "thread", "title", "text", "language", "audience", "is_open", "unit", "place",
    "group_id", "at", "is_evidence", "length", "grams",
)  # fmt: skip
ANSWERS = """
UPDATE search_authored a SET answers = wanted.answers FROM (
  SELECT entry_id, person_id, row_number() OVER (PARTITION BY thread_id, person_id ORDER BY at, entry_id) = 1
     AND NOT EXISTS (SELECT 1 FROM search_authored b WHERE b.entry_id = w.thread_id AND b.person_id = w.person_id) AS answers
    FROM search_authored w WHERE thread_id = ANY(%s)) wanted
 WHERE a.entry_id = wanted.entry_id AND a.person_id = wanted.person_id AND a.answers <> wanted.answers
"""


def store(drafts: Sequence["EntryDraft"]) -> None:
    """Index these, anew where they stand already. A thread's root comes with or before what hangs on it."""
    drafts = list({(draft.kind, draft.subject_id): draft for draft in drafts}.values())
    if not drafts:
        return
    ids, threads, standing = _numbered(drafts)
    if standing:
        _forget(standing)
    names = concepts.held().linking
    is_open = np.array([draft.audience.is_open for draft in drafts], bool)
    counted = list(_counted([_words(draft) for draft in drafts], names))
    parts = _compounds(counted, is_open)
    _write_entries(drafts, ids, threads, standing, counted)
    _write_postings(drafts, np.array(ids, np.int32), np.array(threads, np.int32), is_open, counted, parts)
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [sorted(set(threads))])
    if len(drafts) >= MANY:
        fold()


def _words(draft: "EntryDraft") -> Words:
    confirmed = tuple(f"#{kind}:{subject}" for kind, subject in draft.concepts)
    return Words(draft.title, draft.text, draft.language, draft.thread is None, confirmed)


def _numbered(drafts: Sequence["EntryDraft"]) -> tuple[list[int], list[int], set[int]]:
    """Ids of the entries, kept where they stand, and of their threads' roots; those that stand already."""
    wanted = {(draft.kind, draft.subject_id) for draft in drafts} | {draft.thread for draft in drafts if draft.thread}
    known: dict[tuple[str, int], int] = {}
    for kind in sorted({kind for kind, _ in wanted}):
        subjects = [subject for k, subject in wanted if k == kind]
        rows = Entry.objects.unrestricted("its number in the index").filter(kind=kind, subject_id__in=subjects)
        known.update({(kind, subject): pk for pk, subject in rows.values_list("pk", "subject_id")})
    fresh = [key for draft in drafts if (key := (draft.kind, draft.subject_id)) not in known]
    standing = set(known.values())
    known.update(zip(fresh, take_ids(Entry, len(fresh)), strict=True))
    ids = [known[draft.kind, draft.subject_id] for draft in drafts]
    threads = [known.get(draft.thread, pk) if draft.thread else pk for draft, pk in zip(drafts, ids, strict=True)]
    return ids, threads, standing.intersection(ids)


def _forget(ids: Iterable[int]) -> None:
    """Take away the postings of entries that are about to be written anew; what hangs on them stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_count(e, -1) FROM search_entry e WHERE id = ANY(%s) AND is_open", [list(ids)])
        cursor.execute(
            "WITH gone AS (DELETE FROM search_entryterms WHERE entry_id = ANY(%s) RETURNING entry_id, terms) "
            "DELETE FROM search_posting p USING (SELECT entry_id, unnest(terms) AS term_id FROM gone) g "
            "WHERE p.term_id = g.term_id AND p.entry_id = g.entry_id",
            [list(ids)],
        )
        cursor.execute("DELETE FROM search_authored WHERE entry_id = ANY(%s)", [list(ids)])


def _counted(texts: Sequence[Words], names: Names) -> Iterator[Counted]:
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    if len(texts) < MANY:
        yield from (count(chunk, names) for chunk in chunks)
    else:
        yield from _pool().map(count, chunks, [names] * len(chunks))


@cache
def _pool() -> ProcessPoolExecutor:
    """Spawned, not forked: the processes know nothing of this one's connections and threads."""
    return ProcessPoolExecutor(
        max_workers=min(4, os.cpu_count() or 1), mp_context=get_context("spawn"), initializer=end_with_parent
    )


def _compounds(counted: Sequence[Counted], is_open: NDArray[np.bool_]) -> dict[str, tuple[str, ...]]:
    """The parts of the compounds among these texts; attested is what stands in open content, these texts included."""
    words: set[str] = set()
    vocabulary: set[str] = set()
    start = 0
    for chunk in counted:
        words |= compounding(chunk)
        vocabulary |= compounding(chunk, is_open[start : start + len(chunk.lengths)].tolist())
        start += len(chunk.lengths)
    possible = possible_parts(words)
    known = attested(possible - vocabulary) | (possible & vocabulary)
    return {word: parts for word in words if (parts := parts_of(word, known))}


def _write_entries(
    drafts: Sequence["EntryDraft"], ids: list[int], threads: list[int], standing: set[int], counted: Sequence[Counted]
) -> None:
    found = ((chunk.lengths[n], chunk.languages[n], chunk.grams[n]) for chunk in counted for n in range(len(chunk.lengths)))
    rows = [
        (
            pk, draft.kind, draft.subject_id, draft.detail, thread, draft.title[:300], draft.text, language, draft.audience.pk,
            draft.audience.is_open, draft.unit_id, draft.place_id, draft.group_id, seconds(draft.at), draft.is_evidence, length,
            grams,
        )
        for pk, thread, draft, (length, language, grams) in zip(ids, threads, drafts, found, strict=True)
    ]  # fmt: skip
    fresh = [row for row in rows if row[0] not in standing]
    copy_rows(Entry, ENTRY, fresh)
    if standing:
        known = [Entry(**dict(zip(_ATTRIBUTES, row, strict=True))) for row in rows if row[0] in standing]
        Entry.objects.unrestricted("written anew").bulk_update(known, [name for name in ENTRY if name != "id"])
    authored = (
        (pk, person, thread, draft.audience.pk, draft.audience.is_open, seconds(draft.at), order, False)
        for pk, thread, draft in zip(ids, threads, drafts, strict=True)
        for order, person in enumerate(dict.fromkeys(draft.author_ids))
    )
    copy_rows(Authored, ("entry", "person", "thread_id", "audience_id", "is_open", "at", "order", "answers"), authored)


_ATTRIBUTES = [
    {"thread": "thread_id", "audience": "audience_id", "unit": "unit_id", "place": "place_id"}.get(n, n) for n in ENTRY
]


def _write_postings(
    drafts: Sequence["EntryDraft"],
    ids: NDArray[np.int32],
    threads: NDArray[np.int32],
    is_open: NDArray[np.bool_],
    counted: Sequence[Counted],
    parts: dict[str, tuple[str, ...]],
) -> None:
    """Postings sorted by term, which is how their index likes them; forward arrays; the counts of what is open."""
    texts: dict[int, str] = {}
    pieces = []
    start = 0
    for chunk in counted:
        vocabulary, entry, term, tf = _with_parts(chunk, parts)
        hashed = [term_id(text) for text in vocabulary]
        texts.update(zip(hashed, vocabulary, strict=True))
        pieces.append(((entry.astype(np.int64) + start) << 32 | (np.array(hashed, np.int64)[term] + (1 << 31)), tf))
        start += len(chunk.lengths)
    keys, tf = (np.concatenate(column) for column in zip(*pieces, strict=True))
    keys, place = np.unique(keys, return_inverse=True)  # two forms of one word may be one term
    titled = np.bincount(place, tf >= TITLE) > 0
    tf = (np.minimum(np.bincount(place, tf % TITLE), MOST) + TITLE * titled).astype(np.int16)
    entry, term = (keys >> 32).astype(np.int32), ((keys & 0xFFFFFFFF) - (1 << 31)).astype(np.int32)
    bounds = np.searchsorted(entry, np.arange(len(ids) + 1))
    spans = [slice(*pair) for pair in pairwise(bounds)]
    copy_in(
        "search_entryterms",
        "entry_id, terms, tfs",
        b"".join(_forward(pk, term[s], tf[s]) for pk, s in zip(ids, spans, strict=True)),
    )
    order = np.argsort(term, kind="stable")
    entry, term, tf = entry[order], term[order], tf[order]
    audience = np.array([draft.audience.pk for draft in drafts], np.int32)
    at = np.array([seconds(draft.at) for draft in drafts], np.int32)
    columns = [term, ids[entry], threads[entry], audience[entry], at[entry], tf, is_open[entry]]
    copy_in(
        "search_posting", "term_id, entry_id, thread_id, audience_id, at, tf, is_open", packed("i4 i4 i4 i4 i4 i2 b", columns)
    )
    lengths = np.array([n for chunk in counted for n in chunk.lengths])
    changes = {
        "#entries": int(is_open.sum()),
        "#threads": int((is_open & (ids == threads)).sum()),
        "#length": int(lengths[is_open].sum()),
    }
    opened, dfs = np.unique(term[is_open[entry]], return_counts=True)
    changes.update((texts[number], df) for number, df in zip(opened.tolist(), dfs.tolist(), strict=True))
    note({text: d for text, d in changes.items() if d})


def _forward(entry: int, terms: NDArray[np.int32], tfs: NDArray[np.int16]) -> bytes:
    return b"\0\x03\0\0\0\x04" + int(entry).to_bytes(4, "big") + packed_array("i4", terms) + packed_array("i2", tfs)


def _with_parts(
    chunk: Counted, parts: dict[str, tuple[str, ...]]
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32], NDArray[np.int16]]:
    """The rows of a chunk, and one more for every form of every part of a compound in them."""
    numbers = {text: number for number, text in enumerate(chunk.vocabulary)}
    compounds = {numbers[word]: pair for word, pair in parts.items() if word in numbers}
    rows = np.flatnonzero(np.isin(chunk.term, list(compounds)))
    rows = rows[np.array([chunk.languages[entry] in COMPOUNDING for entry in chunk.entry[rows]], bool)] if len(rows) else rows
    origin: list[int] = []
    added: list[int] = []
    for row, word in zip(rows.tolist(), chunk.term[rows].tolist(), strict=True):
        extra = {form for part in compounds[word] for form in forms(part, "sv")}
        added += [numbers.setdefault(form, len(numbers)) for form in sorted(extra)]
        origin += [row] * len(extra)
    entry, tf = (np.concatenate([column, column[origin]]) for column in (chunk.entry, chunk.tf))
    return list(numbers), entry, np.concatenate([chunk.term, np.array(added, np.int32)]), tf
