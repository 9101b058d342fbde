from traff.ground.accounts.models import Person
from traff.heart.matching.management.commands._as_person import Answer, AsPerson, piece_of
from traff.heart.matching.who import who


class Command(AsPerson):
    help = "Who knows about TEXT, with the evidence for it. For asking them, never for choosing among them."

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        return [
            Answer(
                id=knower.person.pk,
                title=knower.person.name,
                path=knower.person.get_absolute_url(),
                score=knower.score,
                reasons=knower.reasons,
                evidence=[piece_of(evidence) for evidence in knower.evidence],
                kind="person",
            )
            for knower in who(person, text, limit=min(limit, 10))
        ]
