"""Hits of a search: a thread, what in it answers, and which of its words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.core.time import EPOCH
from traff.ground.search.abroad import glosses
from traff.ground.search.asking import Postings, Question
from traff.ground.search.documents import Ranked, places_of
from traff.ground.search.finding import best_messages
from traff.ground.search.marking import best_sentence, marked
from traff.ground.search.models import Authored, Entry


@dataclass(frozen=True)
class Hit:
    """One thread, person or group, and what in it answers."""

    entry: Entry  # the thread's root
    message: Entry  # the root itself, or what hangs on it and says it best
    score: float
    title: SafeString  # escaped, matches in <mark>
    sentence: SafeString  # likewise
    weights: dict[int, float] = field(default_factory=dict)  # of the question's terms in the score
    means: list[str] = field(default_factory=list)  # of one in the other language: “noise = buller”, what of it was asked for
    authors: Sequence[Person] = ()  # who says it

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(seconds=self.message.at)

    @property
    def kind(self) -> str:
        return self.entry.detail or self.entry.kind


@dataclass(frozen=True)
class Answers:
    """What was found by one question: what to mark in it, and the score of each thread."""

    ranked: Ranked
    rows: Postings
    shown: Question
    scores: dict[int, float]


def hits_of(person: Person, ids: Sequence[int], answers: Sequence[Answers]) -> list[Hit]:
    """These threads, each by the last of the answers that found it, with the message that holds most of what was asked."""
    by = {pk: found for found in answers for pk in ids if pk in found.scores}
    voices: dict[int, int] = {}
    places: dict[int, int] = {}
    for found in answers:
        mine = [pk for pk in by if by[pk] is found]
        voices |= best_messages(mine, found.rows, found.ranked.question)
        places |= places_of(mine, found.ranked)
    entries = {entry.pk: entry for entry in _readable(person, [*ids, *voices.values()])}
    by_whom = _authors(list(entries))  # of what may be read alone
    hits = []
    for pk in ids:
        if pk in entries and pk in places:
            found, message = by[pk], entries.get(voices.get(pk, pk), entries[pk])
            hit = _hit(entries[pk], message, found.shown, found.scores[pk], dict(found.ranked.terms_of(places[pk])))
            hits.append(replace(hit, authors=by_whom[message.pk]))
    return hits


@prepared
def _readable(person: Person, ids: list[int]) -> QuerySet[Entry]:
    found: QuerySet[Entry] = Entry.objects.visible_to(person).filter(pk__any=ids).defer("grams")
    return found


def _authors(ids: list[int]) -> dict[int, list[Person]]:
    people: dict[int, list[Person]] = defaultdict(list)
    for authored in _authored(ids):
        people[authored.entry_id].append(authored.person)
    return people


@prepared
def _authored(ids: list[int]) -> QuerySet[Authored]:
    written = Authored.objects.unrestricted("authors of entries that may be read")
    found: QuerySet[Authored] = written.filter(entry__any=ids).select_related("person").order_by("order")
    return found


def person_hit(entry: Entry, asked: Question) -> Hit:
    """Of somebody found by name."""
    return _hit(entry, entry, asked, 0.0, {})


def _hit(entry: Entry, message: Entry, asked: Question, score: float, weights: dict[int, float]) -> Hit:
    heading, sentence = marked(entry.heading, asked), best_sentence(message.text, asked)
    is_said = not entry.title and message is entry and heading.startswith(sentence)
    means = glosses(asked, weights, f"{message.text}\n{entry.title}\n{entry.text}") if asked.language else []
    return Hit(entry, message, score, heading, marked("", asked) if is_said else sentence, weights, means)
