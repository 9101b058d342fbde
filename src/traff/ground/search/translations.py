"""What a word is called in the other language, learnt from the two names that concepts have.

A pair of names says only that some word of the one is some word of the other; over thousands of pairs *vattenpump* = *water
pump* and *vattenrening* = *water purification* leave *vatten* = *water*. That is IBM Model 1 (Brown et al. 1993), both ways.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import parts_of, stem, words
from traff.ground.search.models import Concept, Translation

ROUNDS = 8
LONGEST = 4  # words of a name that is learnt from
LEAST, KEPT = 0.15, 3  # sureness of a translation, and how many a word keeps
Pair = tuple[list[str], list[str]]


@dataclass(frozen=True)
class _Learnt:
    """Every two words that stand in one pair of names, and how sure each translates the other."""

    sv: NDArray[np.int64]
    en: NDArray[np.int64]
    sureness: NDArray[np.float64]


def learn() -> int:
    """Anew from all concepts whose names may be said; gives how many translations are known."""
    names = Concept.objects.filter(is_linking=True, is_sensitive=False).exclude(label_sv="").exclude(label="")
    said = [(label_sv, label) for label_sv, label in names.values_list("label_sv", "label") if label_sv != label]
    known = list(_translations(said))
    with transaction.atomic():
        Translation.objects.all().delete()
        Translation.objects.bulk_create(known, batch_size=5000)
    return len(known)


def meanings(stems: Iterable[str], language: str) -> dict[str, list[tuple[str, float]]]:
    """Of each of these stems its likeliest in the other language, with how sure that is, 0..1."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    rows = Translation.objects.filter(language=language, word__in=list(stems)).order_by("word", "-sureness", "meant")
    for word, meant, sureness in rows.values_list("word", "meant", "sureness"):
        found[word].append((meant, sureness))
    return dict(found)


def _translations(said: list[tuple[str, str]]) -> Iterable[Translation]:
    pairs = list(_pairs(said))
    if not pairs:
        return
    numbers: dict[str, dict[str, int]] = {"sv": {}, "en": {}}
    triples = [
        (pair, numbers["sv"].setdefault(one, len(numbers["sv"])), numbers["en"].setdefault(other, len(numbers["en"])))
        for pair, (ones, others) in enumerate(pairs)
        for one in ones
        for other in others
    ]
    learnt = _aligned(*np.array(triples, np.int64).T)
    sv, en = list(numbers["sv"]), list(numbers["en"])
    for language, mine, theirs, mine_named, theirs_named in (
        ("sv", learnt.sv, learnt.en, sv, en),
        ("en", learnt.en, learnt.sv, en, sv),
    ):
        order = np.lexsort((theirs, -learnt.sureness, mine))
        place = np.arange(len(order)) - np.searchsorted(mine[order], mine[order])
        for row in order[place < KEPT].tolist():
            if learnt.sureness[row] >= LEAST:
                word, meant = mine_named[int(mine[row])], theirs_named[int(theirs[row])]
                yield Translation(language=language, word=word, meant=meant, sureness=float(learnt.sureness[row]))


def _pairs(said: list[tuple[str, str]]) -> Iterable[Pair]:
    """Stems of the two names; a Swedish compound as its parts, and as a whole too."""
    attested = {word for sv, _en in said for word in words(sv)}
    for sv, en in said:
        swedish = [word for word in words(sv) if word not in FUNCTION_WORDS]
        english = [stem(word, "en") for word in words(en) if word not in FUNCTION_WORDS]
        split = [part for word in swedish for part in parts_of(word, attested) or (word,)]
        for ways in dict.fromkeys((tuple(split), tuple(swedish))):
            if 0 < len(ways) <= LONGEST and 0 < len(english) <= LONGEST:
                yield [stem(word, "sv") for word in ways], english


def _aligned(pair: NDArray[np.int64], sv: NDArray[np.int64], en: NDArray[np.int64]) -> _Learnt:
    keys, key = np.unique(sv << 32 | en, return_inverse=True)
    ones, others = keys >> 32, keys & 0xFFFFFFFF
    sureness = np.sqrt(_one_way(key, pair, sv, en, ones) * _one_way(key, pair, en, sv, others))
    return _Learnt(ones, others, sureness)


def _one_way(
    key: NDArray[np.int64],
    pair: NDArray[np.int64],
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    sources: NDArray[np.int64],
) -> NDArray[np.float64]:
    """How likely each source word is to be said as each target word: expectation, maximisation, a few rounds."""
    _occurrences, occurrence = np.unique(pair << 32 | target, return_inverse=True)
    chance = np.ones(len(sources))
    for _round in range(ROUNDS):
        share = chance[key] / np.bincount(occurrence, chance[key])[occurrence]
        counted = np.bincount(key, share, len(sources))
        chance = counted / np.maximum(np.bincount(sources, counted)[sources], 1e-12)
    return chance
