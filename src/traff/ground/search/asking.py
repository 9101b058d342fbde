"""A question to the index: weighted terms of a text, and the postings of them that the asker may see."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from traff.ground.access.reading import once
from traff.ground.core.everyday_words import is_everyday, tells
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import (
    COMPOUNDING,
    addressed,
    forms,
    language_of,
    may_be_compound,
    parts_of,
    possible_parts,
    stem,
    stemmed,
    tokens,
)
from traff.ground.search import concepts
from traff.ground.search.analysis import TITLE, found_names
from traff.ground.search.binary import copy_out
from traff.ground.search.models import Concept
from traff.ground.search.reach import Reach
from traff.ground.search.terms import Corpus, attested, frequencies, term_id

TITLE_WEIGHT = 3.0  # of a word of the question's title
UNINFLECTED = 1.5  # a word that is its own stem says as much as form and stem of another nearly do
KEPT = 40  # terms asked for
BUDGET = 120_000  # postings read for one question: the rarest terms first


@dataclass(frozen=True)
class Term:
    text: str
    id: int
    weight: float  # how much the question is about it
    df: int  # open entries that have it
    idf: float
    surface: str  # how the question spelled it: the name of a reason
    others: tuple[str, ...] = ()  # terms that count as this one: of a word said in another language, its further meanings
    is_part: bool = False  # of a compound that the question spelled

    @property
    def texts(self) -> tuple[str, ...]:
        return self.text, *self.others

    @property
    def tells(self) -> bool:
        """Whether it says what a text is about: a concept, or a word fit to be said as a reason."""
        return self.text.startswith("#") or tells(self.surface, is_part=self.is_part)


@dataclass(frozen=True)
class Question:
    terms: tuple[Term, ...]  # heaviest first
    corpus: Corpus
    unspoken: frozenset[str] = frozenset()  # stems never said as a reason: names of sensitive matters, and of @colleagues
    language: str = ""  # which it was put into, where that is not the asker's own (`abroad`)
    is_marked: dict[str, bool] = field(default_factory=dict, compare=False, init=False)  # words looked at (`marking`)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        return np.array([term.weight * term.idf for term in self.terms])

    @cached_property
    def telling(self) -> NDArray[np.float64]:
        """The weights, but nothing for what is not fit to be said, as the words of everyday: what a text is about."""
        said = np.array([term.tells for term in self.terms], bool)
        return np.where(said, self.weights, 0.0) if said.any() else self.weights

    def tells(self, term: Term) -> bool:
        """Of a translated word, whether a meaning of it does too: *god* is no reason because *good* is rare in a small house."""
        return term.tells and not (self.language and all(is_everyday(text) for text in term.texts))

    @cached_property
    def unsaid(self) -> frozenset[int]:
        """Places of translated words that name a sensitive matter in either language."""
        said = enumerate(self.terms if self.language and self.unspoken else ())
        return frozenset(
            n for n, term in said if any(concepts.touches(self.unspoken, word) for word in (term.surface, *term.texts))
        )

    @cached_property
    def about(self) -> float:
        """The weight of all but the words of everyday: what may be covered. Words not fit to be said have their share in it."""
        said = [value for term, value in zip(self.terms, self.weights.tolist(), strict=True) if not is_everyday(term.surface)]
        return max(sum(said or self.weights.tolist()), 1e-9)

    @cached_property
    def labels(self) -> dict[str, Concept]:
        """The concepts among its terms: asked for once, however many answers are explained by them."""
        return concepts.labels_of(term.text for term in self.terms)

    @cached_property
    def called(self) -> dict[str, Concept]:
        """Its concepts by their names of one word, as stems."""
        return {name[0]: concept for text, concept in self.labels.items() for name in self.names_of(text) if len(name) == 1}

    def names_of(self, concept: str) -> set[tuple[str, ...]]:
        """Every name of one of its concepts, as stems of either language."""
        return {tuple(stemmed(name, guess).split()) for name in self.labels[concept].names for guess in ("sv", "en")}

    @cached_property
    def by_every_name(self) -> "Question":
        """What to mark in a text that answers it: its words, and its concepts by each of their names of one word."""
        said = [term for term in self.terms if term.surface.lower() not in FUNCTION_WORDS] or list(self.terms)
        known = {term.text for term in said}
        names = [
            replace(term, text=name[0])
            for term in said
            if term.text in self.labels
            for name in sorted(self.names_of(term.text))
            if len(name) == 1 and name[0] not in known
        ]
        return replace(self, terms=(*said, *names))


@dataclass(frozen=True)
class Postings:
    """Rows of what may be read: `term` counts into the question's terms; one row a term and entry."""

    term: NDArray[np.int32]
    entry: NDArray[np.int32]
    thread: NDArray[np.int32]
    tf: NDArray[np.int16]

    def weighted_tf(self, title_weight: float, cap: int) -> NDArray[np.float64]:
        """Times in the text, capped, and so much for the title."""
        return np.minimum(self.tf % TITLE, cap) + title_weight * (self.tf >= TITLE)

    def only(self, kept: NDArray[np.bool_]) -> "Postings":
        return Postings(self.term[kept], self.entry[kept], self.thread[kept], self.tf[kept])


def question(title: str, text: str = "", *, language: str = "", keep: int = KEPT, budget: int = BUDGET) -> Question:
    """The heaviest terms of a title and a text, by weight · idf over open content; words of closed classes if nothing else."""
    said = title, text, language or language_of(f"{title}\n{text}")
    return once(("question", *said, keep, budget), lambda: _question(*said, keep, budget))


def _question(title: str, text: str, language: str, keep: int, budget: int) -> Question:
    weights: dict[str, float] = {}
    surfaces: dict[str, str] = {}
    spelled: set[str] = set()  # and not met in a part of a compound alone
    spoken = [(token, 1 + 0.5 * min(math.log(n), 2.0)) for token, n in Counter(tokens(text)).items()]
    spoken += [(token, TITLE_WEIGHT) for token in dict.fromkeys(tokens(title))]
    spoken = [said for said in spoken if said[0].lower() not in FUNCTION_WORDS] or spoken
    parts = _parts({token.lower() for token, _ in spoken}, language)
    for token, weight in spoken:
        said = [(form, token) for form in forms(token, language)]
        said += [(form, part) for part in parts.get(token.lower(), ()) for form in forms(part, language or "sv")]
        for form, surface in said:
            plain = form.isalpha() and form == surface.lower() == stem(form, language or "en")
            weights[form] = weights.get(form, 0.0) + weight * (UNINFLECTED if plain else 1.0)
            surfaces.setdefault(form, surface)
            if surface == token:
                spelled.add(form)
    names, unspoken = concepts.held()
    for term in found_names(f"{title}\n{text}", language, names):
        weights[term] = weights.get(term, 0.0) + (TITLE_WEIGHT if title else 1.0)
    asked = _weighed(weights, surfaces, keep, budget)
    terms = tuple(
        term if term.text in spelled or term.text.startswith("#") else replace(term, is_part=True) for term in asked.terms
    )
    return replace(asked, terms=terms, unspoken=concepts.hushed_in(unspoken, f"{title}\n{text}") | addressed(text))


def plainly(words: Iterable[str]) -> Question:
    """A question that only says which words to mark, all alike: not the "in" of "working in the cold"."""
    said = ((word, token) for word in words for token in tokens(word) if token.lower() not in FUNCTION_WORDS)
    found = {form: word for word, token in said for form in forms(token, "")}
    return Question(tuple(Term(form, term_id(form), 1.0, 0, 1.0, word) for form, word in found.items()), Corpus(0, 0, 0))


def _parts(words: set[str], language: str) -> dict[str, tuple[str, ...]]:
    if language not in COMPOUNDING:
        return {}
    long = {word for word in words if may_be_compound(word)}
    known = attested(possible_parts(long))
    return {word: parts for word in long if (parts := parts_of(word, known))}


def _weighed(weights: dict[str, float], surfaces: dict[str, str], keep: int, budget: int) -> Question:
    ids = {text: term_id(text) for text in weights}
    corpus, dfs = frequencies(ids.values())
    terms = []
    for text, weight in weights.items():
        df = corpus.at_most(dfs.get(ids[text], 0))
        terms.append(Term(text, ids[text], weight, df, corpus.idf(df), surfaces.get(text, text)))
    return Question(afforded(terms, keep, budget), corpus)


def afforded(terms: Iterable[Term], keep: int, budget: int) -> tuple[Term, ...]:
    """The heaviest of them, heaviest first; without the commonest where there are too many postings to read."""
    heaviest = sorted(terms, key=lambda term: (-term.weight * term.idf, term.text))[:keep]
    kept, spent = set(), 0
    for number, term in enumerate(sorted(heaviest, key=lambda term: (term.df, term.text))):
        if number < 2 or spent + term.df <= budget:
            kept.add(term.text)
            spent += term.df
    return tuple(term for term in heaviest if term.text in kept)


def postings(asked: Question, reach: Reach) -> Postings:
    """What may be seen of the question's terms, in an order that nothing outside the reach can move."""
    if not asked.terms or reach.is_empty:
        nothing = np.zeros(0, np.int32)
        return Postings(nothing, nothing, nothing, nothing.astype(np.int16))
    return once(("postings", asked.terms, *reach.key), lambda: _postings(asked, reach))


def _postings(asked: Question, reach: Reach) -> Postings:
    ids = [(term_id(text), place) for place, term in enumerate(asked.terms) for text in term.texts]
    query = (
        f"SELECT term_id, entry_id, thread_id, tf FROM search_posting WHERE term_id = ANY(%(terms)s::int[]) AND {reach.clause}"  # noqa: S608
    )
    known, first = np.unique(np.array([number for number, _place in ids]), return_index=True)
    term, entry, thread, tf = copy_out(query, {"terms": known.tolist(), **reach.parameters}, "i4 i4 i4 i2")
    rank = np.array([place for _number, place in ids])[first][np.searchsorted(known, term)]
    order = np.lexsort((entry, rank))
    return Postings(rank[order].astype(np.int32), entry[order], thread[order], tf[order])
