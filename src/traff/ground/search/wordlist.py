"""Everyday words in the other language: our own list, `words_sv_en.txt`, one meaning a line. Pure.

Words on one line mean the same, in either language. A word is looked up as it stands, then as a form of a word of the list,
then by its stem. What is looked for in the other language is a stem where that stem is one word's, else the forms of the word:
*rör* and *röra* share a stem, and so do *bear* and *bearing*.

What a field of its own calls its things is not here: that is learnt from the names of concepts (`translations.py`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from traff.ground.core.language import stem

LIST = Path(__file__).with_name("words_sv_en.txt")
OTHER = {"sv": "en", "en": "sv"}


@lru_cache(1 << 14)
def meaning(word: str, language: str) -> tuple[str, ...]:
    """The terms that a lower-case word may be in the other language; none if the list does not know it."""
    mine, theirs = _side(language), _side(OTHER[language])
    lines = mine.listed.get(word) or mine.inflected.get(word) or mine.stems.get(stem(word, language), [])
    return tuple(dict.fromkeys(term for line in lines for meant in theirs.lines[line] for term in _terms(meant, OTHER[language])))


def swedish() -> frozenset[str]:
    """Every Swedish word of the list: what the parts of a compound may be, beside what people wrote."""
    return _side("sv").words


@dataclass(frozen=True)
class _Side:
    """One language of the list: where a word stands as listed, as one of its forms, and by its stem."""

    lines: list[list[str]]
    words: frozenset[str]
    listed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    inflected: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sharing: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # of a stem: the words that have it


@cache
def _side(language: str) -> _Side:
    parted = [line.split(" = ") for line in LIST.read_text(encoding="utf-8").splitlines()]
    lines = [line[language == "en"].split(", ") for line in parted]
    side = _Side(lines, frozenset(word for words in lines for word in words))
    for number, words in enumerate(lines):
        for word in words:
            side.listed[word].append(number)
            side.stems[stem(word, language)].append(number)
            side.sharing[stem(word, language)].add(word)
            for form in forms(word, language):
                side.inflected[form].append(number)
    return side


@lru_cache(1 << 14)
def _terms(word: str, language: str) -> tuple[str, ...]:
    """By what a word is looked for: its stem, if that is long and no other word's but those it stands beside; else its forms."""
    side, mine = _side(language), stem(word, language)
    beside = {other for line in side.listed[word] for other in side.lines[line]}
    possible = [form for form in forms(word, language) if form not in side.words]
    if len(mine) >= SHORTEST and side.sharing[mine] <= beside:
        possible = [other for form in possible if (other := stem(form, language)) not in side.stems]
        return tuple(dict.fromkeys([mine, *possible]))
    return tuple(dict.fromkeys([word, *possible]))


_AFTER_A = ("de", "te", "t", "d", "er", "ar", "ade", "at", "ad", "as", "ande", "or", "orna", "an")
_AFTER_E, _AFTER_OTHERS = ("en", "et", "ar", "arna", "er", "erna"), ("en", "et", "ar", "er", "arna", "erna", "t", "a")
_SHORTENED = ("ar", "et", "arna", "en", "a")  # nyckel → nycklar, vatten → vattnet, frusen → frusna
SHORTEST = 4  # letters of a stem that is sure to be one word's


def forms(word: str, language: str) -> list[str]:
    """Forms that a word may have, and some that no word has."""
    if len(word) < 3:
        return []
    if language == "en":
        if word.endswith("y"):
            return [f"{word}s", f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
        if word.endswith("e"):
            return [f"{word}s", f"{word}d", f"{word[:-1]}ing"]
        return [word + letters for letters in ("s", "es", "ed", "ing")]
    if word.endswith("a"):
        return [word[:-1] + letters for letters in _AFTER_A]
    if word.endswith("e"):
        return [word[:-1] + letters for letters in _AFTER_E]
    found = [word + letters for letters in _AFTER_OTHERS]
    if len(word) > 4 and word[-2] == "e" and word[-1] in "lnr" and word[-3] not in "aeiouyåäö":
        found += [f"{word}n", *(f"{word[:-2]}{word[-1]}{letters}" for letters in _SHORTENED)]
    return found
