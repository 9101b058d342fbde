"""A misspelt word that finds nothing: the nearest word of open content is asked for instead, and said to be.

Words of closed circles are never proposed, to their members either: the vocabulary counts open content alone.
"""

from dataclasses import dataclass

from traff.ground.accounts.models import Person
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import forms, language_of, tokens
from traff.ground.search.facets import Filters
from traff.ground.search.searching import Results, search
from traff.ground.search.terms import alike, attested

SHORTEST = 4  # letters of a word that may be misspelt
LONG = 7  # letters from which two slips are forgiven
MOST = 3  # words looked up for one query


@dataclass(frozen=True)
class Spelled:
    """What was found, and by which words: `query` is not what was typed when that found nothing and this does."""

    results: Results
    query: str


def search_spelled(person: Person, typed: str, *, filters: Filters, page: int = 1, as_typed: bool = False) -> Spelled:
    """What is found by what was typed; by its nearest words when that is nothing, unless it is to be taken `as_typed`."""
    found = search(person, typed, filters=filters, page=page)
    if as_typed or filters or found.hits or (found.people and not found.is_guess):
        return Spelled(found, typed)
    if (instead := corrected(typed)) != typed:
        better = search(person, instead, filters=filters, page=page)
        if better.hits:
            return Spelled(better, instead)
    return Spelled(found, typed)


def corrected(typed: str) -> str:
    """With the nearest word of open content for each word that nobody has written there."""
    language = language_of(typed)
    words = [word for word in dict.fromkeys(tokens(typed)) if word.isalpha() and len(word) >= SHORTEST]
    said = {word: forms(word, language) for word in words if word.lower() not in FUNCTION_WORDS}
    known = attested({form for some in said.values() for form in some})
    for word in [word for word, some in said.items() if not known.intersection(some)][:MOST]:
        if near := nearest(word.lower()):
            typed = typed.replace(word, near)
    return typed


def nearest(word: str) -> str:
    """The word of open content with the fewest slips between, the commonest of these; "" when none is near enough."""
    allowed = 2 if len(word) >= LONG else 1
    slips = {text: (slips_between(word, text), -df, text) for text, df in alike(word).items() if len(text) >= SHORTEST}
    near = min(slips, key=slips.__getitem__, default="")
    return near if near and slips[near][0] <= allowed else ""


def slips_between(one: str, other: str) -> int:
    """Letters left out, put in, mistaken, or two in each other's place."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
