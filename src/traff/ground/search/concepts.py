"""Concepts: what texts are linked to by name, in Swedish and English, however inflected.

An unconfirmed name links only when it has several words or is rare, or reasons would read "you both wrote about *year*".
"""

from collections.abc import Iterable

from traff.ground.core.language import stemmed
from traff.ground.search.analysis import Name
from traff.ground.search.models import Concept
from traff.ground.search.terms import frequencies, term_id

COMMON = 0.01  # of all entries


def linking_names() -> tuple[Name, ...]:
    """Every name that links, as `analysis.found_names` wants them, in a fixed order."""
    names: set[Name] = set()
    single: dict[int, set[Name]] = {}
    for concept in Concept.objects.filter(is_linking=True):
        for name in concept.names:
            for language in ("sv", "en"):
                key = stemmed(name, language)
                if key.strip() and (concept.is_confirmed or " " in key.strip()):
                    names.add((language, key, concept.term))
                elif key.strip():
                    single.setdefault(term_id(key.strip()), set()).add((language, key, concept.term))
    if single:
        corpus, df = frequencies(single)
        rare = (found for term, found in single.items() if df.get(term, 0) < COMMON * corpus.entries)
        names.update(name for found in rare for name in found)
    return tuple(sorted(names))


def keep(
    kind: str,
    subject_id: int,
    *,
    label: str,
    label_sv: str = "",
    aliases: Iterable[str] = (),
    is_confirmed: bool,
    is_linking: bool,
    is_sensitive: bool = False,
) -> Concept:
    """Make or renew a concept; texts written from now on are linked to it."""
    names = sorted({name.strip()[:120] for name in (label, label_sv, *aliases) if name.strip()})
    values = {
        "label": label[:120], "label_sv": label_sv[:120], "names": names,
        "is_confirmed": is_confirmed, "is_linking": is_linking, "is_sensitive": is_sensitive,
    }  # fmt: skip
    return Concept.objects.update_or_create(kind=kind, subject_id=subject_id, defaults=values)[0]


def unspoken() -> frozenset[str]:
    """The names of sensitive matters, as stems: whatever matches by them, they are never said as a reason."""
    names = Concept.objects.filter(is_sensitive=True).values_list("names", flat=True)
    return frozenset(stemmed(name, language).strip() for said in names for name in said for language in ("sv", "en"))


def labels_of(terms: Iterable[str]) -> dict[str, Concept]:
    """The concepts behind terms like "#topic:7"."""
    keys = [tuple(term[1:].split(":", 1)) for term in terms if term.startswith("#") and ":" in term]
    found = Concept.objects.filter(subject_id__in=[int(subject) for _kind, subject in keys])
    return {concept.term: concept for concept in found if (concept.kind, str(concept.subject_id)) in set(keys)}
