"""What of one's own file the heart gives: what it takes one to be interested in, what one said of that, what one was shown."""

from collections.abc import Iterator
from typing import Any

from traff.ground.accounts.models import Person
from traff.heart.matching.exposure import Exposure
from traff.heart.matching.interest import Leaning, Said
from traff.heart.matching.interest_page import lines_of
from traff.heart.matching.listening import Listening
from traff.heart.matching.models import Apart, Suggestion, Unwanted

OWN = "one's own"


def interests(person: Person) -> Iterator[dict[str, Any]]:
    leaning = Leaning.of(person)
    yield {"distance": leaning.distance, "own_words": leaning.own_words}
    for line in lines_of(person):
        yield {"words": line.words, "lean": line.lean}
    for said in Said.objects.filter(person=person):
        yield {"at": said.at, "said_of": said.words, "lean": said.lean}
    for word in Unwanted.objects.filter(person=person).values_list("word", flat=True):
        yield {"no_reason_for_me": word}


def listening(person: Person) -> Iterator[dict[str, Any]]:
    for row in Listening.objects.of(person).exclude(words=""):
        yield {"words": row.words, "since": row.since, "told_at": row.told_at}


def shown(person: Person) -> Iterator[dict[str, Any]]:
    """By address alone: the words are somebody else's. What may no longer be read is left out."""
    for row in Exposure.objects.visible_to(person).select_related("entry").order_by("pk").iterator():
        yield {"at": row.at, "address": f"/posts/{row.entry.subject_id}/", "place": row.rank, "why_there": row.arm}


def answers(person: Person) -> Iterator[dict[str, Any]]:
    """What one said of suggestions, and of whom one is not to be suggested."""
    given = Suggestion.objects.visible_to(person).exclude(answer="").select_related("entry")
    for row in given.order_by("pk").iterator():
        yield {"at": row.answered_at, "address": f"/posts/{row.entry.subject_id}/", "answer": row.answer}
    for apart in Apart.objects.filter(person=person).select_related("other"):
        yield {"colleague": apart.other.handle, "known": apart.knows, "since": apart.since}
