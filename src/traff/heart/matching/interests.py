"""A person's interests as they are asked with and shown: bundles of what they wrote, with what they say of them."""

from dataclasses import replace
from datetime import datetime

from traff.ground.accounts.models import Person
from traff.ground.search.asking import question
from traff.ground.search.models import Entry
from traff.heart.matching.bundles import MOST, Bundle, Piece, bundle_of, bundled, matters_in, pieces_of, profile_of
from traff.heart.matching.interest import WEIGHTS, Lean, Leaning, Said


def written_interests(person: Person, *, before: datetime | None = None) -> list[tuple[Bundle, str]]:
    """Bundles of one's own writing, each with what was said of it: at most five while nothing was, own words being one of them.

    What somebody has said something of stands by itself, so that "not this" takes nothing else along.
    """
    own, pieces = own_interest(person), pieces_of(person, before)
    rows = list(Said.objects.filter(person=person))
    spoken = [(matter, said.lean) for matter in matters_in(pieces) if (said := Said.of(matter, rows))] if rows else []
    apart = {id(piece) for matter, _lean in spoken for piece in matter.pieces}
    asked = sum(lean != Lean.NONE for _matter, lean in spoken) + (own is not None)
    others = bundled([piece for piece in pieces if id(piece) not in apart], most=max(1, MOST - asked))
    found = [*spoken, *((bundle, Lean.AS_IS) for bundle in others)]
    return sorted(found, key=lambda one: -one[0].weight)


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
    wanted = sorted(wanted, key=lambda bundle: -bundle.lean)[: 2 * MOST]  # each asks by itself: what one wants more of first
    own = own_interest(person)
    said = [bundle_of([piece]) for piece in profile_of(person) if piece.asked.terms]
    return [*wanted, *([own] if own else []), *said]


def lean_on(person: Person, entry: Entry) -> float:
    """How much of what one of the person's own pieces is about they want: 1 as it is, 0 not at all."""
    rows = list(Said.objects.filter(person=person))
    said = Said.of(Piece(question(entry.title, entry.text)), rows) if rows else None
    return WEIGHTS[Lean(said.lean)] if said else WEIGHTS[Lean.AS_IS]
