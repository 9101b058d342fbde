"""Hits of a search: a thread, what in it answers, and which of its words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from traff.ground.accounts.models import Person
from traff.ground.core.time import EPOCH
from traff.ground.search.abroad import glosses
from traff.ground.search.asking import Postings, Question
from traff.ground.search.documents import Ranked, places_of
from traff.ground.search.finding import best_messages
from traff.ground.search.marking import best_sentence, marked
from traff.ground.search.models import Entry


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

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(seconds=self.message.at)

    @property
    def kind(self) -> str:
        return self.entry.detail or self.entry.kind

    @property
    def authors(self) -> list[Person]:
        """Who says it; loaded with the page's hits."""
        loaded = getattr(self.message, "_prefetched_objects_cache", {}).get("authored", ())
        return [authored.person for authored in loaded]


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
    entries: dict[int, Entry] = Entry.objects.visible_to(person).with_people().defer("grams").in_bulk([*ids, *voices.values()])
    hits = []
    for pk in ids:
        if pk in entries and pk in places:
            found, message = by[pk], entries.get(voices.get(pk, pk), entries[pk])
            hits.append(_hit(entries[pk], message, found.shown, found.scores[pk], dict(found.ranked.terms_of(places[pk]))))
    return hits


def person_hit(entry: Entry, asked: Question) -> Hit:
    """Of somebody found by name."""
    return _hit(entry, entry, asked, 0.0, {})


def _hit(entry: Entry, message: Entry, asked: Question, score: float, weights: dict[int, float]) -> Hit:
    heading, sentence = marked(entry.heading, asked), best_sentence(message.text, asked)
    is_said = not entry.title and message is entry and heading.startswith(sentence)
    means = glosses(asked, weights, f"{message.text}\n{entry.title}\n{entry.text}") if asked.language else []
    return Hit(entry, message, score, heading, marked("", asked) if is_said else sentence, weights, means)
