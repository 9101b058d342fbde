"""Which of the words asked for stand in a thread: as written, inflected, within a compound, or as a topic of that name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import forms, language_of, stemmed, tokens
from traff.ground.search import concepts
from traff.ground.search.analysis import TITLE
from traff.ground.search.asking import TITLE_WEIGHT, Postings, Question, Term, question
from traff.ground.search.phrases import Wording
from traff.ground.search.ranking import Floats
from traff.ground.search.terms import beginning_with, frequencies, term_id

EXPANDED = 20  # words that a beginning may grow into
SHORTEST_BEGINNING = 2  # letters
Group = NDArray[np.int64]  # places of a question's terms that stand for one of its words


def asked_by(said: Wording, *, is_typing: bool) -> tuple[Question, list[Group]]:
    """The question, and its terms by the word they stand for.

    The last word may be a beginning: while it is typed, and where nobody ever wrote it so.
    """
    language = language_of(said.text)
    asked = question(said.text, language=language)
    spoken = [token for token in dict.fromkeys(tokens(said.text)) if token.lower() not in FUNCTION_WORDS] or tokens(said.text)
    last = spoken[-1].lower() if spoken and said.is_unfinished else ""
    grown: list[str] = []
    if last and (is_typing or not any(term.df for term in asked.terms if term.text in forms(last, language))):
        asked, grown = _grown(asked, last)
    meanings = _meanings(asked)
    groups = [_group(asked, token, language, meanings, grown if token.lower() == last else []) for token in spoken]
    return asked, [group for group in groups if len(group)]


def _grown(asked: Question, beginning: str) -> tuple[Question, list[str]]:
    """With the commonest words that begin so."""
    if len(beginning) < SHORTEST_BEGINNING:
        return asked, []
    known = {term.text for term in asked.terms}
    words = [word for word in beginning_with(beginning, EXPANDED) if word not in known]
    corpus, dfs = frequencies([term_id(word) for word in words])
    n, added = max(corpus.entries, 1), []
    for word in words:
        df = min(max(dfs.get(term_id(word), 0), 0), n)
        added.append(Term(word, term_id(word), TITLE_WEIGHT, df, math.log(1 + (n - df + 0.5) / (df + 0.5)), word))
    return Question((*asked.terms, *added), asked.corpus), words


def _meanings(asked: Question) -> dict[str, set[str]]:
    """Concept terms of the question, each with the stems of its names."""
    found = concepts.labels_of([term.text for term in asked.terms if term.text.startswith("#")])
    return {
        text: {stem for name in concept.names for guess in ("sv", "en") for stem in stemmed(name, guess).split()}
        for text, concept in found.items()
    }


def _group(asked: Question, token: str, language: str, meanings: dict[str, set[str]], grown: Sequence[str]) -> Group:
    said = set(forms(token, language)) | set(grown)
    means = {text for text, stems in meanings.items() if said & stems}
    return np.array([place for place, term in enumerate(asked.terms) if term.text in said or term.text in means], np.int64)


@dataclass(frozen=True)
class Coverage:
    threads: NDArray[np.int32]  # sorted
    is_whole: NDArray[np.bool_]  # every word asked for stands in it somewhere
    in_title: Floats  # share of the words that stand in its title

    @classmethod
    def of(cls, rows: Postings, asked: Question, groups: Sequence[Group]) -> "Coverage":
        threads, place = np.unique(rows.thread, return_inverse=True)
        is_whole, in_title = np.ones(len(threads), bool), np.zeros(len(threads))
        titled = (rows.tf >= TITLE) & (rows.entry == rows.thread)
        for group in groups:
            mine = np.zeros(len(asked.terms), bool)
            mine[group] = True
            has = mine[rows.term]
            is_whole &= np.bincount(place[has], minlength=len(threads)) > 0
            in_title += np.bincount(place[has & titled], minlength=len(threads)) > 0
        return cls(threads, is_whole, in_title / max(1, len(groups)))

    def without(self, roots: Sequence[int]) -> "Coverage":
        kept = ~np.isin(self.threads, np.array(roots, np.int32))
        return Coverage(self.threads[kept], self.is_whole[kept], self.in_title[kept])
