"""Completion while one types: people first, then topics, then the best hits; typos in names forgiven."""

from dataclasses import dataclass, field

from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit, person_hit
from traff.ground.search.models import Concept
from traff.ground.search.names import called
from traff.ground.search.phrases import Wording
from traff.ground.search.searching import search

PEOPLE, TOPICS, HITS = 5, 3, 5
SHORTEST = 2  # letters before anything is completed
ASKED = 12  # topics asked for: not every one may be shown to this reader


@dataclass(frozen=True)
class Completion:
    people: list[Hit] = field(default_factory=list)
    topics: list[Concept] = field(default_factory=list)  # at most ASKED: their owner says which of them this reader meets
    hits: list[Hit] = field(default_factory=list)
    is_guess: bool = False  # nobody is called so; these are called nearly so


def complete(person: Person, prefix: str) -> Completion:
    """What may be meant by what has been typed so far; the last word may be unfinished."""
    said = Wording.of(prefix)
    if len(said.text) < SHORTEST:
        return Completion()
    found = search(person, prefix, is_typing=True, size=HITS + PEOPLE, counts=False)
    named = called(person, said.text, size=PEOPLE, is_typing=True, may_guess=not found.hits)
    known = {entry.pk for entry in named.entries}
    hits = [hit for hit in found.hits if hit.entry.pk not in known and hit.entry.kind != "person"]
    people = [person_hit(entry, found.question) for entry in named.entries]
    return Completion(people, _topics(said.text), hits[:HITS], named.is_guess and bool(people))


def _topics(typed: str) -> list[Concept]:
    """Topics of which a name in either language begins so."""
    beginning = typed.lstrip("#").lower()
    linking = Concept.objects.filter(kind="topic", is_linking=True).only("subject_id", "label", "label_sv", "names")
    found = [concept for concept in linking if any(name.lower().startswith(beginning) for name in concept.names)]
    return sorted(found, key=lambda concept: (len(concept.label), concept.label))[:ASKED] if beginning else []
