from traff.ground.accounts.models import Person
from traff.heart.matching.management.commands._as_person import Answer, AsPerson, Piece, unmarked
from traff.heart.matching.suggest import suggest_for


class Command(AsPerson):
    help = "What Träff would show this person now, with the reason for each."
    option = "--for"
    takes_text = False

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        return [
            Answer(
                id=meeting.face.id,
                title=meeting.face.name,
                path=meeting.post["url"],
                score=meeting.score,
                reasons=meeting.reasons,
                evidence=[Piece(meeting.post["title"], meeting.post["url"], meeting.date, unmarked(meeting.sentence))],
                kind=meeting.post["kind"],
            )
            for meeting in suggest_for(person)
        ]
