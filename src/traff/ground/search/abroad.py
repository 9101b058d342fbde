"""A question put into the other language, word by word.

Whatever one word may mean there is one term, as often found as any of them (Pirkola, SIGIR 1998): so a word of many meanings does
not drown the others. What a word means says our own list; what the list does not know, the names of concepts may have taught.
"""

import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db import connection

from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import may_be_compound, parts_of, possible_parts, stem, words
from traff.ground.search.asking import Question, Term, afforded
from traff.ground.search.documents import Recipe
from traff.ground.search.terms import Corpus, attested, frequencies, term_id
from traff.ground.search.translations import meanings
from traff.ground.search.wordlist import OTHER, meaning, swedish

MEANS, NAMED = " = ", 4  # between a word and what the other language calls it; so many are said
AS_ABROAD = Recipe(k1=5.0, b=1.0)  # words out of a list meet by chance too, the oftener the longer a thread is
ENOUGH = 0.05  # of what was asked for in the other language: below it, a word in common is no likeness
MANY, SPOKEN, AGAIN = 10_000, 0.01, 1800  # entries; a share of them; seconds
Meant = dict[str, tuple[float, tuple[str, ...]]]  # of a word as it was said: how sure its meanings are, and they


def across(asked: Question, title: str, text: str, language: str, *, keep: int, budget: int) -> Question:
    """The same asked in the other language; each term spelt as the asker spelt it. Empty where nothing of it stands there."""
    said = Counter(word for word in words(f"{title}\n{text}") if word not in FUNCTION_WORDS)
    meant = _meant(said, language)
    corpus, dfs = frequencies(term_id(there) for _sureness, theirs in meant.values() for there in theirs)
    if not _is_spoken(OTHER[language], corpus):
        return Question((), corpus, asked.unspoken, OTHER[language])
    found: dict[tuple[str, ...], Term] = {}
    taken: set[str] = set()
    for word, (sureness, theirs) in meant.items():
        standing = tuple(there for there in theirs if there not in taken and dfs.get(term_id(there), 0) > 0)
        if standing:
            taken.update(standing)
            df = corpus.at_most(sum(dfs[term_id(there)] for there in standing))
            weight = sureness * (1 + 0.5 * min(math.log(max(said[word], 1)), 2.0))
            found[standing] = Term(standing[0], term_id(standing[0]), weight, df, corpus.idf(df), word, standing[1:])
    return Question(afforded(found.values(), keep, budget), corpus, asked.unspoken, OTHER[language])


def known_part(asked: Question, there: Question) -> float:
    """How much of what was asked could be said in the other language, 0..1."""
    said = {term.surface for term in there.terms}
    mine = sum(float(weight) for term, weight in zip(asked.terms, asked.telling, strict=True) if term.surface.lower() in said)
    return min(1.0, mine / max(float(asked.telling.sum()), 1e-9))


def gloss(term: Term, text: str, language: str) -> str:
    """The asker's word with the text's own, in this language: “korrosion = corrosion”; alone where it stood within another."""
    there = next((word for word in words(text) if word in term.texts or stem(word, language) in term.texts), term.surface)
    return term.surface if there == term.surface else f"{term.surface}{MEANS}{there}"


def glosses(asked: Question, weights: Mapping[int, float], text: str) -> list[str]:
    """Which words of a text answer a question put into its language: the largest first, without sensitive ones."""
    said = [asked.terms[number] for number in weights if number not in asked.unsaid]
    return [gloss(term, text, asked.language) for term in said[:NAMED]]


def is_listed(word: str, language: str) -> bool:
    """Whether our list knows the word, or both parts of it."""
    return bool(meaning(word, language) or (language == "sv" and parts_of(word, swedish())))


def _is_spoken(language: str, corpus: Corpus) -> bool:
    """Whether enough is written in it to be worth asking: in a large house of one language its words are mere chance."""
    return corpus.entries < MANY or _share_of(language, int(time.time() / AGAIN)) >= SPOKEN


@lru_cache(maxsize=4)
def _share_of(language: str, _when: int) -> float:
    """Of open entries; looked up now and then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT avg((language = %s)::int) FROM search_entry WHERE is_open", [language])
        return float(cursor.fetchone()[0] or 0)


def _meant(said: Mapping[str, int], language: str) -> Meant:
    """By the list; of a compound that it does not know, by the list for its parts; else as it was learnt."""
    found: Meant = {word: (1.0, theirs) for word in said if (theirs := meaning(word, language))}
    left = [word for word in said if word not in found]
    for word, parts in (_compounds(left) if language == "sv" else {}).items():
        known = {part: (1.0, theirs) for part in parts if (theirs := meaning(part, language))}
        found = known | found
        left = left if not known else [other for other in left if other != word]
    learnt = meanings({stem(word, language) for word in left}, language) if left else {}
    for word in left:
        if taught := learnt.get(stem(word, language)):
            found[word] = (taught[0][1], tuple(there for there, _sureness in taught))
    return found


def _compounds(said: Iterable[str]) -> dict[str, tuple[str, ...]]:
    long = [word for word in said if may_be_compound(word)]
    possible = possible_parts(long)
    known = attested(possible) | (possible & swedish())
    return {word: parts for word in long if (parts := parts_of(word, known))}
