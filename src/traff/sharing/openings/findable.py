"""How an opening is found: by its words, by whoever reads it. It is never evidence, reason or interest, and nobody's work."""

from traff.ground.search.findable import EntryDraft
from traff.sharing.openings.models import Opening


def draft_of_opening(opening: Opening) -> EntryDraft | None:
    if not opening.is_standing or opening.withdrawn_at:
        return None
    return EntryDraft(
        kind="opening",
        subject_id=opening.pk,
        title=opening.title,
        text="\n".join(text for name in Opening.WORDS[1:] if (text := getattr(opening, name))),
        language=opening.language,
        audience=opening.audience,
        author_ids=[],
        at=opening.published_at,
        concepts=[("topic", topic.pk) for topic in opening.topics.all()],
        is_evidence=False,
        group_id=opening.group_id,
    )
