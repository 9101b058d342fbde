"""Texts to counted terms, many at a time: pure, and light enough to be sent to other processes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.grams import grams
from traff.ground.core.language import COMPOUNDING, forms, language_of, stemmed, tokens

TITLE = 32  # how much once in a title is in a tf; below it the times in the text
MOST = 31
UNKNOWN = "?"  # a language that is to be detected; "" is one that could not be

Name = tuple[str, str, str]  # a concept's name: language, stems between spaces, term


@dataclass(frozen=True)
class Names:
    """Names that link. They are told apart by their key alone: an automaton is looked up by them for every question."""

    key: tuple[Any, ...] = ()
    items: tuple[Name, ...] = field(default=(), compare=False, repr=False)


NOTHING = Names()


class Words(NamedTuple):
    title: str
    text: str
    language: str
    is_root: bool = True
    concepts: tuple[str, ...] = ()  # terms its author confirmed


@dataclass(frozen=True)
class Counted:
    """Terms of many texts: `vocabulary` numbers them; row i says that text `entry[i]` has term `term[i]` with `tf[i]`."""

    vocabulary: list[str]
    entry: NDArray[np.int32]
    term: NDArray[np.int32]
    tf: NDArray[np.int16]
    lengths: list[int]
    languages: list[str]
    grams: list[bytes]


def count(texts: Sequence[Words], names: Names = NOTHING) -> Counted:
    """Every term of every text but the parts of compounds, which need to know what is attested."""
    numbers: dict[str, int] = {}
    terms: list[int] = []
    counts: list[int] = []
    sizes: list[int] = []
    lengths, languages, vectors = [], [], []
    for words in texts:
        language = words.language if words.language != UNKNOWN else language_of(f"{words.title}\n{words.text}")
        title, text = Counter(tokens(words.title)), Counter(tokens(words.text))
        counted: Counter[str] = Counter()
        for token, n in text.items():
            for form in forms(token, language):
                counted[form] += n
        tfs = {form: min(n, MOST) for form, n in counted.items()}
        for form in {form for token in title for form in forms(token, language)}:
            tfs[form] = tfs.get(form, 0) + TITLE
        for term in found_names(f"{words.title}\n{words.text}", language, names):
            tfs[term] = 1
        tfs.update(dict.fromkeys(words.concepts, TITLE))
        terms += [numbers.setdefault(form, len(numbers)) for form in tfs]
        counts += tfs.values()
        sizes.append(len(tfs))
        lengths.append(title.total() + text.total())
        languages.append(language)
        vectors.append(grams(words.title, words.text) if words.is_root else b"")
    entry = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
    return Counted(list(numbers), entry, np.array(terms, np.int32), np.array(counts, np.int16), lengths, languages, vectors)


def compounding(counted: Counted, which: Sequence[bool] | None = None) -> set[str]:
    """The words of those texts whose language makes compounds (and that `which` says yes to)."""
    wanted = np.array([language in COMPOUNDING for language in counted.languages], bool)
    if which is not None:
        wanted &= np.array(which, bool)
    return (
        {counted.vocabulary[number] for number in np.unique(counted.term[wanted[counted.entry]])} if len(counted.entry) else set()
    )


def found_names(text: str, language: str, names: Names) -> set[str]:
    """Terms of the concepts whose names stand in the text, on word boundaries, in any inflection."""
    if not names.items:
        return set()
    found: set[str] = set()
    for guess in [language] if language in {"sv", "en"} else ["sv", "en"]:
        found.update(term for _end, term in _automaton(names, guess).iter(stemmed(text, guess)) if term)
    return found


@lru_cache(4)
def _automaton(names: Names, language: str) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for tongue, name, term in names.items:
        if tongue == language:
            automaton.add_word(name, term)
    automaton.add_word("\0", "")  # never empty
    automaton.make_automaton()
    return automaton
