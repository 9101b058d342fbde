"""Reasons and evidence: built from the largest terms of the score itself, so that they can never disagree with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from traff.ground.core.everyday_words import is_everyday
from traff.ground.core.time import EPOCH
from traff.ground.search import concepts
from traff.ground.search.abroad import MEANS, gloss
from traff.ground.search.asking import Question
from traff.ground.search.concepts import touches
from traff.ground.search.marking import best_sentence
from traff.ground.search.models import Entry

NAMED = 4  # words of a reason
EVERYWHERE = 0.2  # a word in more of all entries than this says nothing about anybody
FEW = 200  # entries below which that cannot be told


@dataclass(frozen=True)
class Evidence:
    """One piece: a thread, the message in it that speaks, and the sentence that matched."""

    entry: Entry  # the thread's root
    message: Entry  # the root itself or what hangs on it
    asked: Question
    deed: str | Promise = ""  # what its author did there, in words

    @cached_property
    def sentence(self) -> SafeString:
        """Escaped, matches in <mark>; looked for when it is shown, since most of what is ranked is not."""
        return best_sentence(self.message.text or self.message.title, self.asked.by_every_name)

    @property
    def title(self) -> str:
        return self.entry.heading

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(seconds=self.message.at)

    @property
    def path(self) -> str:
        """What it is: kind and subject of the thread, e.g. post/12."""
        return f"{self.entry.kind}/{self.entry.subject_id}"


def evidence_of(thread: Entry, message: Entry | None, asked: Question, deed: str | Promise = "") -> Evidence:
    speaking = message if message is not None and message.thread_id == thread.pk else thread
    return Evidence(thread, speaking, asked, deed)


def words_of(
    asked: Question, weights: Mapping[int, float], evidence: Evidence | None = None, count: int = NAMED, *, is_asked: bool = True
) -> list[str]:
    """The question's own words for the largest terms; the forms of one word, and a concept's names, are one reason.

    Words that tell nothing are said only where somebody asked (`is_asked`) with nothing else.
    Of a question put into the other language each is said with the evidence's own word: “korrosion = corrosion”.
    """
    summed: dict[str, float] = defaultdict(float)
    called: dict[str, set[str]] = {}  # the concepts said, with the words of their names
    labels = asked.labels
    may_say_all = is_asked and not asked.language and not any(term.tells for term in asked.terms)
    for number, weight in weights.items():
        term = asked.terms[number]
        if asked.corpus.entries > FEW and term.df > EVERYWHERE * asked.corpus.entries:
            continue
        if not (asked.tells(term) or may_say_all):
            continue
        concept = labels.get(term.text) or asked.called.get(term.text)
        name = str(concept) if concept else term.surface
        is_named = term.text in labels or not term.text.startswith("#")
        if not is_named or not _says_something(name) or touches(asked.unspoken, name) or number in asked.unsaid:
            continue
        summed[name.lower()] += weight
        if concept:
            called[name.lower()] = {word for known in concept.names for word in known.split()}
    largest = sorted(summed, key=lambda name: (-summed[name], name))
    within = {word for words in called.values() for word in words}
    largest = [name for name in largest if name in called or not any(_is_of(name, word) for word in within)]
    told = (name for number, name in enumerate(largest) if not any(_same(name, other) for other in largest[:number]))
    best = list(islice(told, count))
    return _said_there(asked, best, evidence) if evidence and asked.language else best


def _said_there(asked: Question, names: list[str], evidence: Evidence) -> list[str]:
    text = f"{evidence.message.text}\n{evidence.entry.title}\n{evidence.entry.text}"
    terms = {term.surface: term for term in asked.terms}
    said = [gloss(terms[name], text, asked.language) if name in terms else name for name in names]
    return [name for name in said if not is_everyday(name.partition(MEANS)[2])]


def named_in(asked: Question, reasons: Iterable[str]) -> frozenset[str]:
    """The concepts among these reasons: they say more than a word does."""
    names = {str(concept).lower() for concept in asked.labels.values()}
    return frozenset(name for name in reasons if name in names)


def spoken(reasons: Iterable[str]) -> list[str]:
    """What may still be said of reasons kept earlier: a matter may have become sensitive since."""
    unspoken = concepts.held().unspoken
    return [name for name in reasons if not any(touches(unspoken, word) for word in name.split(MEANS))]


def _says_something(name: str) -> bool:
    """Numbers, dates, addresses and names of files match, but are no reason to meet."""
    return sum(letter.isalpha() for letter in name) > len(name) / 2 and not any(sign in name for sign in "/_.")


def _is_of(word: str, name: str) -> bool:
    """A word that is said with a concept's name already: a form or a part of it, as *växlare* of *värmeväxlare*."""
    return len(word) <= len(name) + 3 and _same(word, name)


def _same(one: str, other: str) -> bool:
    """Inflections of one word, or a compound and its part, as far as letters tell."""
    short, long = sorted((one, other), key=len)
    if len(short) <= 3:
        return False
    stem = short[: max(4, len(short) - 2)]
    return short in long or (long.startswith(stem) and len(long) - len(short) < 4)
