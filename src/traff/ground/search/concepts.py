"""Concepts: what texts are linked to by name, in Swedish and English, however inflected.

An unconfirmed name links only when it has several words or is rare, or reasons would read "you both wrote about *year*". Each
process holds the names until the concepts change: reading thirty thousand for every question would take longer than the question.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from traff.ground.access.reading import forget, once
from traff.ground.core.language import stemmed
from traff.ground.core.prepared import prepared
from traff.ground.search.analysis import Name, Names
from traff.ground.search.models import Concept
from traff.ground.search.terms import ENTRIES, frequencies, term_id

if TYPE_CHECKING:
    from traff.ground.search.findable import ConceptDraft

COMMON, FEW = 0.01, 3  # from so large a part of all entries, and from so many, a word is everyday
SHORTEST_CANDIDATE = 4  # letters of an unconfirmed name: "is" and "art" are words of everyday
STEPS = 4  # how common a name is is asked again when the number of entries has grown by a fourth of its doubling
VERSION = """
SELECT count(*), max(id), (SELECT coalesce(sum(df), 0) FROM search_term WHERE id = %(entries)s)
     + (SELECT coalesce(sum(d), 0) FROM search_termdelta WHERE term_id = %(entries)s) FROM search_conceptchange
"""  # the count of changes too: who began first may be done last
KEPT_CHANGES = 100
LANGUAGES = ("sv", "en")
SAID = ["label", "label_sv", "names", "is_confirmed", "is_linking", "is_sensitive"]


class Held(NamedTuple):
    """What a process holds of the concepts."""

    linking: Names  # every name that links, as `analysis.found_names` wants them, in a fixed order
    unspoken: frozenset[str]  # stems of the names of sensitive matters: they match, and are never said as a reason


def held() -> Held:
    """As of now, or as of the look one is in; in one query when nothing has changed."""
    return once("concepts", _held)


def _held() -> Held:
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"entries": ENTRIES})
        count, last, entries = cursor.fetchone()
    version = str(connection.settings_dict["NAME"]), count, last or 0
    return Held(_linking_names(version, int(STEPS * math.log2(max(entries, 0) + 1))), _unspoken(version))


@lru_cache(2)
def _linking_names(version: tuple[str, int, int], size: int) -> Names:
    names: set[Name] = set()
    single: dict[int, set[Name]] = {}
    rows = Concept.objects.filter(is_linking=True).values_list("kind", "subject_id", "names", "is_confirmed")
    for kind, subject, said, is_confirmed in rows.iterator():
        for name in said:
            for language, key in zip(LANGUAGES, _stems(name), strict=True):
                found = (language, key, f"#{kind}:{subject}")
                if key.strip() and (is_confirmed or " " in key.strip()):
                    names.add(found)
                elif len(key.strip()) >= SHORTEST_CANDIDATE:
                    single.setdefault(term_id(key.strip()), set()).add(found)
    if single:
        corpus, df = frequencies(single)
        everyday = max(FEW, COMMON * corpus.entries)
        rare = (found for term, found in single.items() if df.get(term, 0) < everyday)
        names.update(name for found in rare for name in found)
    return Names((*version, size), tuple(sorted(names)))


@lru_cache(2)
def _unspoken(version: tuple[str, int, int]) -> frozenset[str]:
    names = Concept.objects.filter(is_sensitive=True).values_list("names", flat=True)
    return frozenset(stem.strip() for said in names for name in said for stem in _stems(name))


@lru_cache(100_000)
def _stems(name: str) -> tuple[str, ...]:
    """In each language; most names stand as they did when one is new."""
    return tuple(stemmed(name, language) for language in LANGUAGES)


def touches(unspoken: frozenset[str], name: str) -> bool:
    """Whether it is the name of a sensitive matter, in any inflection: it matches, and is not said."""
    return bool(unspoken) and any(stemmed(name, language).strip() in unspoken for language in ("sv", "en"))


def hushed_in(unspoken: frozenset[str], text: str) -> frozenset[str]:
    """With the single words of those names of several words that stand in a text: none of them is said alone either."""
    long = [name for name in unspoken if " " in name]
    said = [stemmed(text, language) for language in LANGUAGES] if long else ()
    return unspoken.union(*(name.split() for name in long if any(f" {name} " in stems for stems in said)))


def forget_changes() -> None:
    """Old lines of change go; whoever counted them reads the concepts once more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_conceptchange WHERE (SELECT count(*) FROM search_conceptchange) > %s "
            "AND id < (SELECT max(id) FROM search_conceptchange)",
            [KEPT_CHANGES],
        )


def names_of(*said: str) -> list[str]:
    """Names as a concept keeps them: each once, in a fixed order."""
    return sorted({name.strip()[:120] for name in said if name.strip()})


def keep(drafts: Iterable["ConceptDraft"]) -> None:
    """Make or renew concepts; texts written from now on are linked to them."""
    concepts = {
        (draft.kind, draft.subject_id): Concept(
            kind=draft.kind, subject_id=draft.subject_id, label=draft.label[:120], label_sv=draft.label_sv[:120],
            names=names_of(draft.label, draft.label_sv, *draft.aliases),
            is_confirmed=draft.is_confirmed, is_linking=draft.is_linking, is_sensitive=draft.is_sensitive,
        )
        for draft in drafts
    }  # fmt: skip
    forget()
    Concept.objects.bulk_create(
        concepts.values(), update_conflicts=True, unique_fields=["kind", "subject_id"], update_fields=SAID
    )


def labels_of(terms: Iterable[str]) -> dict[str, Concept]:
    """The concepts behind terms like "#topic:7"."""
    keys = [tuple(term[1:].split(":", 1)) for term in terms if term.startswith("#") and ":" in term]
    found = _labelled([int(subject) for _kind, subject in keys]) if keys else ()
    return {concept.term: concept for concept in found if (concept.kind, str(concept.subject_id)) in set(keys)}


@prepared
def _labelled(subjects: list[int]) -> QuerySet[Concept]:
    return Concept.objects.filter(subject_id__any=subjects)
