"""Which of the words asked for stand in a thread: as written, inflected, within a compound, or as a topic of that name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import forms, language_of, tokens
from traff.ground.search.analysis import TITLE
from traff.ground.search.asking import Postings, Question, Term, question
from traff.ground.search.phrases import Wording
from traff.ground.search.ranking import Floats
from traff.ground.search.terms import beginning_with, frequencies, term_id

BUDGET = 60_000  # postings read for one query: the rarest terms first, two at least
EXPANDED = 10  # words that a beginning may grow into
SHORTEST_BEGINNING = 3  # letters
Name = tuple[str, ...]
Group = NDArray[np.int64]  # places of a question's terms that stand for one of its words


@dataclass(frozen=True)
class Query:
    """A question as somebody typed it."""

    asked: Question
    groups: list[Group]  # for each word, the terms that stand for it
    shown: Question  # what to mark: no words of closed classes, but the names of the topics meant, in either language


def query_of(said: Wording, *, is_typing: bool) -> Query:
    """The last word may be a beginning: while it is typed, and where nobody ever wrote it so."""
    language = language_of(said.text)
    asked = question("", said.text, language=language, budget=BUDGET)
    every, spoken = _spoken(said.text)
    last = every[-1].lower() if every and said.is_unfinished else ""
    grown: list[str] = []
    if last and (is_typing or not any(term.df for term in asked.terms if term.text in forms(last, language))):
        asked, grown = _grown(asked, last)
        spoken = spoken if last in map(str.lower, spoken) or not grown else [*spoken, last]
    means = _means(asked)
    groups = [_group(asked, token, language, means, grown if token.lower() == last else []) for token in spoken]
    return Query(asked, [group for group in groups if len(group)], _shown(asked, groups, means))


def groups_of(asked: Question, text: str) -> list[Group]:
    """For each word of a text that was asked for, the terms that stand for it."""
    language, means = language_of(text), _means(asked)
    groups = (_group(asked, token, language, means, []) for token in _spoken(text)[1])
    return [group for group in groups if len(group)]


def _spoken(text: str) -> tuple[list[str], list[str]]:
    """Every word, and those that say something."""
    every = list(dict.fromkeys(tokens(text)))
    return every, [token for token in every if token.lower() not in FUNCTION_WORDS] or every


def _shown(asked: Question, groups: list[Group], means: dict[str, set[Name]]) -> Question:
    stands = set(np.concatenate(groups).tolist()) if groups else set()
    said = [term for place, term in enumerate(asked.terms) if place in stands or term.surface.lower() not in FUNCTION_WORDS]
    known = {term.text for term in said}
    named = [
        replace(term, text=stem)
        for term in said
        for name in sorted(means.get(term.text, ()))
        for stem in name
        if len(name) == 1 and stem not in known
    ]
    return Question((*said, *named), asked.corpus)


def _grown(asked: Question, beginning: str) -> tuple[Question, list[str]]:
    """With the commonest words that begin so."""
    if len(beginning) < SHORTEST_BEGINNING:
        return asked, []
    known = {term.text for term in asked.terms}
    words = [word for word in beginning_with(beginning, EXPANDED) if word not in known]
    corpus, dfs = frequencies([term_id(word) for word in words])
    added = []
    for word in words:
        df = corpus.at_most(dfs.get(term_id(word), 0))
        added.append(Term(word, term_id(word), 1.0, df, corpus.idf(df), word))
    return replace(asked, terms=(*asked.terms, *added)), words


def _means(asked: Question) -> dict[str, set[Name]]:
    """Concept terms of the question, each with its names as stems."""
    return {text: asked.names_of(text) for text in asked.labels}


def _group(asked: Question, token: str, language: str, names: dict[str, set[Name]], grown: Sequence[str]) -> Group:
    said = set(forms(token, language)) | set(grown)
    means = {text for text, called in names.items() if any(stem in said for name in called for stem in name)}
    return np.array([place for place, term in enumerate(asked.terms) if term.text in said or term.text in means], np.int64)


@dataclass(frozen=True)
class Coverage:
    """Threads with at least one of the words."""

    threads: NDArray[np.int32]  # sorted
    is_whole: NDArray[np.bool_]  # every word asked for stands in it somewhere
    in_title: Floats  # share of the words that stand in its title

    @classmethod
    def of(cls, rows: Postings, asked: Question, groups: Sequence[Group]) -> "Coverage":
        threads, place = np.unique(rows.thread, return_inverse=True)
        is_whole, is_met, in_title = np.ones(len(threads), bool), np.zeros(len(threads), bool), np.zeros(len(threads))
        is_word = np.array([not term.text.startswith("#") for term in asked.terms], bool)  # a topic's tag is no title
        titled = (rows.tf >= TITLE) & (rows.entry == rows.thread) & is_word[rows.term]
        for group in groups:
            mine = np.zeros(len(asked.terms), bool)
            mine[group] = True
            has = mine[rows.term]
            stands = np.bincount(place[has], minlength=len(threads)) > 0
            is_whole, is_met = is_whole & stands, is_met | stands
            in_title += np.bincount(place[has & titled], minlength=len(threads)) > 0
        return cls(threads, is_whole, in_title / max(1, len(groups)))._only(is_met)

    def without(self, roots: Sequence[int]) -> "Coverage":
        return self._only(~np.isin(self.threads, np.array(roots, np.int32)))

    def _only(self, kept: NDArray[np.bool_]) -> "Coverage":
        return Coverage(self.threads[kept], self.is_whole[kept], self.in_title[kept])
