from traff.ground.accounts.models import Person
from traff.ground.search.asking import Question
from traff.ground.search.hits import Hit
from traff.ground.search.searching import search
from traff.heart.matching.management.commands._as_person import Answer, AsPerson, Piece, path_of, unmarked, when
from traff.heart.matching.reasons import words_of


class Command(AsPerson):
    help = "What is found for TEXT: threads, people and groups, with the sentence that answers."

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        found = search(person, text, size=limit)
        return [_answer(hit, found.question) for hit in [*found.people, *found.hits]]


def _answer(hit: Hit, asked: Question) -> Answer:
    title = unmarked(hit.title)
    said = Piece(title, path_of(hit.message, hit.entry), when(hit.at), unmarked(hit.sentence or hit.title))
    return Answer(
        id=hit.entry.subject_id,
        title=title,
        path=path_of(hit.entry),
        score=hit.score,
        reasons=hit.means or words_of(asked, hit.weights) or [term.surface for term in asked.terms[:1]],
        evidence=[said],
        kind=hit.kind,
    )
