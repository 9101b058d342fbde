"""What a search finds in the other language, where one's own has few answers."""

from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from traff.ground.accounts.models import Person
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import language_of, words
from traff.ground.search.abroad import AS_ABROAD, ENOUGH, across, is_listed
from traff.ground.search.asking import Question, postings
from traff.ground.search.documents import threads
from traff.ground.search.hits import Answers
from traff.ground.search.models import Entry
from traff.ground.search.ranking import best
from traff.ground.search.reach import Reach
from traff.ground.search.wordlist import OTHER

MOST = 20  # threads
ASKED, BUDGET = 40, 30_000  # words, and postings read for them
FEW = 3  # who types so few words means all of them


@dataclass(frozen=True)
class Translated:
    """Threads in the other language, best first."""

    ids: list[int] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)  # one, or none

    def only(self, kept: NDArray[np.int32]) -> "Translated":
        return replace(self, ids=[pk for pk, is_kept in zip(self.ids, np.isin(self.ids, kept), strict=True) if is_kept])

    def without(self, whole: NDArray[np.int32]) -> "Translated":
        """What holds all of one's own words is found by these: how it is explained too."""
        own = set(whole.tolist())
        answers = [replace(one, scores={pk: score for pk, score in one.scores.items() if pk not in own}) for one in self.answers]
        return replace(self, answers=answers)

    def among(self, own: list[int], whole: int) -> list[int]:
        """The first `whole` of one's own language, then these and the rest of one's own by turns."""
        first = own[:whole]
        later, rest = [pk for pk in self.ids if pk not in first], [pk for pk in own[whole:] if pk not in self.ids]
        return [*first, *(pk for pair in zip_longest(later, rest) for pk in pair if pk is not None)]


NOTHING = Translated()


def translated(person: Person, text: str, asked: Question, reach: Reach) -> Translated:
    """Those of the person's reach that hold the words as the other language has them: all of a few, a part of many."""
    said = {word for word in words(text) if word not in FUNCTION_WORDS}
    language = language_of(text) if len(said) > FEW else _guess(said)
    there = across(asked, "", text, language, keep=ASKED, budget=BUDGET) if language in OTHER else Question((), asked.corpus)
    are_few = len(said) <= FEW
    if not there.terms or (are_few and not all(any(term.surface in word for term in there.terms) for word in said)):
        return NOTHING
    rows = postings(there, reach)
    ranked = threads(there, rows, reach, AS_ABROAD, keep=300, evidence=False)
    readable = Entry.objects.visible_to(person).filter(language=there.language, pk__any=ranked.ids.tolist())
    covered = ranked.covered >= (1 - 1e-9 if are_few else ENOUGH)
    places = np.flatnonzero(covered & np.isin(ranked.ids, list(readable.values_list("pk", flat=True))))
    places = places[best(ranked.scores[places], ranked.ids[places], MOST)]
    order = np.lexsort((-ranked.ids[places], -ranked.scores[places]))
    ids, scores = ranked.ids[places][order].tolist(), ranked.scores[places][order].tolist()
    return Translated(ids, [Answers(ranked, rows, there, dict(zip(ids, scores, strict=True)))])


def _guess(said: set[str]) -> str:
    """The language of a few words: the one in which the list knows more of them; neither tells, neither is asked."""
    known = {language: sum(is_listed(word, language) for word in said) for language in OTHER}
    return max(known, key=known.__getitem__) if max(known.values()) else ""
