"""A person's interests as they are asked with and shown: bundles of what they wrote, with what they say of them."""

from dataclasses import replace
from datetime import datetime

from traff.ground.accounts.models import Person
from traff.ground.search.asking import question
from traff.ground.search.models import Entry
from traff.heart.matching.bundles import MOST, Bundle, Piece, bundle_of, bundled, pieces_of, profile_of
from traff.heart.matching.interest import WEIGHTS, Lean, Leaning, Said


def written_interests(person: Person, *, before: datetime | None = None) -> list[tuple[Bundle, str]]:
    """At most five bundles of one's own writing, each with what was said of it; own words are one of the five."""
    own = own_interest(person)
    rows = list(Said.objects.filter(person=person))
    bundles = bundled(pieces_of(person, before), most=MOST - (own is not None))
    return [(bundle, said.lean if (said := Said.of(bundle, rows)) else Lean.AS_IS) for bundle in bundles]


def own_interest(person: Person) -> Bundle | None:
    """The words a person added of their own."""
    words = Leaning.of(person).own_words
    asked = question(words, "") if words else None
    return bundle_of([Piece(asked)]) if asked is not None and asked.terms else None


def interests_of(person: Person, *, before: datetime | None = None) -> list[Bundle]:
    """What is asked with, what one wants more of with more weight; what one does not want is not asked with."""
    wanted = [
        replace(bundle, lean=WEIGHTS[Lean(lean)])
        for bundle, lean in written_interests(person, before=before)
        if lean != Lean.NONE
    ]
    own = own_interest(person)
    said = [bundle_of([piece]) for piece in profile_of(person) if piece.asked.terms]
    return [*wanted, *([own] if own else []), *said]


def lean_on(person: Person, entry: Entry) -> float:
    """How much of what one of the person's own pieces is about they want: 1 as it is, 0 not at all."""
    rows = list(Said.objects.filter(person=person))
    said = Said.of(Piece(question(entry.title, entry.text)), rows) if rows else None
    return WEIGHTS[Lean(said.lean)] if said else WEIGHTS[Lean.AS_IS]
