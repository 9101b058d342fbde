from datetime import timedelta

from traff.ground.accounts.models import Person
from traff.ground.core.time import EPOCH
from traff.ground.search.asking import question
from traff.ground.search.marking import best_sentence
from traff.ground.search.models import Entry
from traff.heart.matching.management.commands._as_person import Answer, AsPerson, Piece, path_of, unmarked, when
from traff.heart.matching.models import Suggestion
from traff.heart.matching.suggest import look_for, standing


class Command(AsPerson):
    help = "What Träff offers this person: earlier work for their own open questions, and strangers' posts."
    option = "--for"
    takes_text = False

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        """Looked for as home does; not marked as shown, since the person has seen nothing."""
        look_for(person)
        return [_answer(suggestion) for suggestion in standing(person)[:limit]]


def _answer(suggestion: Suggestion) -> Answer:
    theirs: Entry = suggestion.entry
    about: Entry | None = suggestion.about
    return Answer(
        id=theirs.subject_id,
        title=theirs.heading,
        path=path_of(theirs),
        score=suggestion.score,
        reasons=list(suggestion.reasons),
        evidence=[_piece(entry, suggestion.reasons) for entry in (theirs, about) if entry is not None],
        kind=theirs.detail or theirs.kind,
        moment=suggestion.moment,
    )


def _piece(entry: Entry, reasons: list[str]) -> Piece:
    """The sentence that the reasons stand in."""
    sentence = best_sentence(entry.text or entry.title, question(" ".join(reasons)))
    return Piece(entry.heading, path_of(entry), when(EPOCH + timedelta(seconds=entry.at)), unmarked(sentence))
