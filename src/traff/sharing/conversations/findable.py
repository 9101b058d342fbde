"""How messages are found: by who takes part, and never as anything but a hit. Private words are no evidence."""

from traff.ground.core.markup import to_text
from traff.ground.search.findable import EntryDraft
from traff.sharing.conversations.models import Line, Message


def draft_of_message(message: Message) -> EntryDraft | None:
    """Words alone; quiet lines are not to be found, and neither is what was withdrawn."""
    text = to_text(message.body)
    if message.withdrawn_at or not text or message.line not in {Line.WORDS, Line.MEETING}:
        return None
    return EntryDraft(
        kind="message",
        subject_id=message.pk,
        title="",
        text=text,
        language=message.language,
        audience=message.heard_in,
        author_ids=[message.author_id],
        at=message.at,
        is_evidence=False,
    )
