from traff.ground.accounts.models import Person
from traff.heart.matching.management.commands._as_person import Answer, AsPerson, path_of, piece_of
from traff.heart.matching.similar import similar


class Command(AsPerson):
    help = "Who has been here before: threads like TEXT, with what makes them so."

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        return [
            Answer(
                id=related.entry.subject_id,
                title=related.evidence.title,
                path=path_of(related.entry),
                score=related.score,
                reasons=related.reasons,
                evidence=[piece_of(related.evidence)],
                kind=related.entry.detail or related.entry.kind,
            )
            for related in similar(person, text, limit=limit)
            if related.reasons
        ]
